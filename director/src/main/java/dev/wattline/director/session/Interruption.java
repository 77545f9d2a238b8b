package dev.wattline.director.session;

import dev.wattline.director.phase.SessionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What makes waiting pointless: a lost analyzer, a lost client, the director's end. A wait that one of them ends throws
 * its reason. Safe for use by several threads.
 */
final class Interruption {
    private final CompletableFuture<String> reason = new CompletableFuture<>();

    /** Ends the wait that is on, and every later one; the first reason stays. */
    void raise(String cause) {
        reason.complete(cause);
    }

    boolean isRaised() {
        return reason.isDone();
    }

    /**
     * Waits this long.
     *
     * @throws SessionException if there is a reason not to
     */
    void pause(Duration duration) throws InterruptedException {
        try {
            String cause = reason.get(Math.max(0, duration.toNanos()), TimeUnit.NANOSECONDS);
            throw new SessionException(cause, null, null);
        } catch (TimeoutException e) {
            return; // nothing happened, which is what was hoped for
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reason is never an exception", e);
        }
    }
}
