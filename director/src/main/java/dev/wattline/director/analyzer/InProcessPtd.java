package dev.wattline.director.analyzer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What stands in for a PTDaemon within this process: a mock in a benchmark or a test. As safe for use by several threads
 * as what it is given.
 */
public final class InProcessPtd implements RunningPtd {
    private final CompletableFuture<Integer> given;
    private final CompletableFuture<Integer> ended;
    private final Runnable end;

    /**
     * @param ended completes with an exit status when it has ended, or exceptionally with what it failed for
     * @param end ends it and waits until it is gone
     */
    public InProcessPtd(CompletableFuture<Integer> ended, Runnable end) {
        this.given = ended;
        this.ended = ended.exceptionally(failure -> 1); // as a process that fails
        this.end = end;
    }

    @Override
    public CompletableFuture<Integer> ended() {
        return ended;
    }

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
        return given.<String>handle((status, failure) ->
                        failure == null ? "it ended with exit status " + status : "it failed: " + failure.getMessage())
                .getNow("it runs within the director's process");
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
