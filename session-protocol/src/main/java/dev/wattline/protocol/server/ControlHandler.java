package dev.wattline.protocol.server;

import dev.wattline.protocol.ControlAnswer;
import dev.wattline.protocol.ControlRequest;

/**
 * The director behind a {@link ControlServer}. Each client's calls come on a thread of that client's and may block, but for
 * {@link #lost} and what is {@linkplain #isInstant answered at once}: one client's story is told from top to bottom, never
 * by two threads at a time; several clients' are told beside each other. There is one place at the analyzers: what
 * {@linkplain #needsPlace needs} it is handled only while no other client {@linkplain #holdsPlace holds} it.
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

    /** Whether this request can only be handled for the client that has the place; others are told that the director is busy. */
    default boolean needsPlace(ControlRequest request) {
        return false;
    }

    /**
     * Whether the client keeps the place, as long as it is connected; asked on its thread when one of its requests is
     * handled. It loses the place otherwise, and at the latest after {@link #disconnected} returned.
     */
    default boolean holdsPlace(ControlClient client) {
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
