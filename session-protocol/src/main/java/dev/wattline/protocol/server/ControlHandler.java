package dev.wattline.protocol.server;

import dev.wattline.protocol.ControlAnswer;
import dev.wattline.protocol.ControlRequest;

/**
 * The director behind a {@link ControlServer}. Its methods are called on the server's one session thread and may block,
 * but for {@link #lost} and what is {@linkplain #isInstant answered at once}: one client's story is told from top to
 * bottom, never by two threads at a time, and the next client is served after {@link #disconnected} returned.
 */
public interface ControlHandler {
    /** A client is served from now on; its greeting is answered. */
    default void connected(ControlClient client) {}

    /**
     * Answers a request. Requests that are no such thing arrive too, with the reply that is due to them; those of the
     * Wattline extension's opt-in do not. An exception is logged and answered {@code Error: exception}.
     */
    ControlAnswer handle(ControlClient client, ReceivedRequest request);

    /**
     * Whether this request is answered without waiting for anything. If nothing else is being worked on {@link #handle}
     * is then called on the network thread, which saves the answer the way through two threads.
     */
    default boolean isInstant(ControlRequest request) {
        return false;
    }

    /**
     * The client's connection is gone. Called at once, on the network thread, even while {@link #handle} works on one of
     * its requests: it must not block.
     */
    default void lost(ControlClient client, LostCause cause) {}

    /** The client is gone and its last request handled: time to end what it left open. */
    default void disconnected(ControlClient client, LostCause cause) {}
}
