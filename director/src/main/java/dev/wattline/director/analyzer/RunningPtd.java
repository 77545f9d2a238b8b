package dev.wattline.director.analyzer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A PTDaemon that was started. Safe for use by several threads. */
public interface RunningPtd {

    /** Its process id. */
    long pid();

    /** When it was started, in ms since the epoch, as the system says it; with the pid it tells one process from another. */
    long startedAtMillis();

    /** Completes with the exit status when it has ended, by itself or not. */
    CompletableFuture<Integer> ended();

    /** The end of what it printed, for messages. */
    String lastWords();

    /** Kills it, without waiting for its end. */
    void kill();

    /**
     * Ends it and waits until it is gone.
     *
     * @param grace how long it may take when it is asked to; then it is killed
     */
    void close(Duration grace);
}
