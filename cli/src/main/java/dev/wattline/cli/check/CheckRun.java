package dev.wattline.cli.check;

import dev.wattline.cli.terminal.StatusLine;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.compliance.run.TreeChecker;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Checks sessions and shows what comes out, with a line of progress where there are many. */
final class CheckRun {
    private static final int MANY = 10;
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);
    private static final Duration QUIET_AT_FIRST = Duration.ofSeconds(1); // what is done by then needs no progress

    private final CheckOptions options;
    private final int threads;
    private final CheckOutput output;
    private int done;
    private int worst;

    CheckRun(CheckOptions options, int threads, CheckOutput output) {
        this.options = options;
        this.threads = threads;
        this.output = output;
    }

    /** The exit status: that of the worst session. */
    int run(List<Path> sessions) throws IOException, InterruptedException {
        TreeChecker checker = new TreeChecker(new SessionChecker(options), Math.min(threads, sessions.size()));
        try {
            if (sessions.size() < MANY) {
                checker.check(sessions, this::add);
            } else {
                withProgress(checker, sessions);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return worst;
    }

    private void withProgress(TreeChecker checker, List<Path> sessions) throws InterruptedException {
        TimeSource time = TimeSource.system();
        long from = time.nanoTime() + QUIET_AT_FIRST.toNanos();
        try (StatusLine status = StatusLine.onStderr(PLAIN_INTERVAL, time)) {
            checker.check(sessions, report -> {
                status.clear();
                add(report);
                if (time.nanoTime() - from >= 0) {
                    status.show("checked " + done + " of " + sessions.size() + " sessions");
                }
            });
        }
    }

    private void add(SessionReport report) {
        done++;
        worst = Math.max(worst, report.exitCode());
        try {
            output.add(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
