package dev.wattline.director.analyzer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What stands in for a PTDaemon within this process: a mock in a benchmark or a test. As safe for use by several threads
 * as what it is given.
 *
 * @param ended completes with an exit status when it has ended
 * @param end ends it and waits until it is gone
 */
public record InProcessPtd(CompletableFuture<Integer> ended, Runnable end) implements RunningPtd {

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public long startedAtMillis() {
        return 0; // with this pid it is no process that a later director would take for an orphan
    }

    @Override
    public String lastWords() {
        return "it runs within the director's process";
    }

    @Override
    public void kill() {
        end.run();
    }

    @Override
    public void close(Duration grace) {
        end.run();
    }
}
