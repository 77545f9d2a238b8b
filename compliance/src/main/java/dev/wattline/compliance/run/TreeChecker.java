package dev.wattline.compliance.run;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * Checks many sessions on several threads and hands the reports on in the order of the sessions. Only as many reports
 * wait as keep the threads busy, so that the number of sessions does not matter to memory.
 */
public final class TreeChecker {
    private static final int AHEAD = 8; // reports a thread may be in front of the slowest

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
        if (sessions.size() == 1) {
            // A pool for one session is what a cold start would notice.
            FutureTask<SessionReport> only = new FutureTask<>(() -> checker.check(sessions.get(0)));
            new Thread(null, only, "check", Stack.BYTES).start();
            reports.accept(result(only));
            return;
        }
        ExecutorService pool =
                Executors.newFixedThreadPool(threads, work -> new Thread(null, work, "check", Stack.BYTES));
        try {
            Queue<Future<SessionReport>> pending = new ArrayDeque<>();
            for (Path session : sessions) {
                if (pending.size() >= threads * AHEAD) {
                    reports.accept(result(pending.remove()));
                }
                pending.add(pool.submit(() -> checker.check(session)));
            }
            while (!pending.isEmpty()) {
                reports.accept(result(pending.remove()));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static SessionReport result(Future<SessionReport> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check ended in an exception", e.getCause());
        }
    }

    /** The values of a summary nest up to a thousand levels, and comparing and printing them takes a frame each. */
    static final class Stack {
        static final long BYTES = 4L << 20;

        private Stack() {}
    }
}
