package dev.wattline.compliance.run;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Checks many sessions on several threads and hands the reports on in the order of the sessions. */
public final class TreeChecker {
    private final SessionChecker checker;
    private final int threads;

    /**
     * @param threads how many sessions to check at a time, 1 or more
     */
    public TreeChecker(SessionChecker checker, int threads) {
        this.checker = checker;
        this.threads = threads;
    }

    /**
     * Checks the sessions; reports come on the calling thread.
     *
     * @throws InterruptedException if the calling thread is interrupted; no further session is begun then
     */
    public void check(List<Path> sessions, Consumer<SessionReport> reports) throws InterruptedException {
        OrderedWork.run(sessions, threads, checker::check, reports);
    }
}
