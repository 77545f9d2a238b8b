package dev.wattline.protocol.server;

import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.live.Feature;
import dev.wattline.protocol.live.PushedLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The client that is served, as the handler sees it. Safe for use by several threads. */
public interface ControlClient {
    /** The client's address and port. */
    HostPort address();

    /** Whether it is on this machine, which some requests require. */
    boolean isLoopback();

    /** Since when it is served. */
    Instant servedSince();

    /** All exchanges whose reply went out so far, from the handshake on, for the summary. */
    List<ExchangedMessage> messages();

    /** What the client opted in to; empty for every client but a Wattline runner. */
    Set<Feature> features();

    /** Sends an unasked line if the client opted in to its kind; tells whether it did. */
    boolean push(PushedLine line);

    /**
     * Says what the request now being handled does, and how long the request will take in all; zero if unknown. A client
     * that opted in hears it at once and every 3 s until the reply.
     */
    void progress(String step, Duration expected);

    /** Whether the idle deadline applies; a director turns it off while a phase runs, when a client is rightly silent. */
    void idleDeadline(boolean applies);

    /** Completes when the connection is gone; for a handler that waits for something else meanwhile. */
    CompletableFuture<LostCause> lost();

    /** Why the connection is gone; empty as long as it is not. */
    default Optional<LostCause> lostCause() {
        return Optional.ofNullable(lost().getNow(null));
    }

    /**
     * Hangs up, after its reply if a request is being worked on; the reason goes into the log and to the handler.
     */
    void close(String reason);
}
