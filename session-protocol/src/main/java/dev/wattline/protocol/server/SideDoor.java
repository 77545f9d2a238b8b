package dev.wattline.protocol.server;

import java.util.Optional;

/**
 * A second protocol on the same ports, told apart by the first line, and a say in who gets the {@linkplain Place place}.
 * Its methods are called on the network thread, but for {@link #refusal}, and must not block.
 */
public interface SideDoor {
    /** What becomes of a connection that greeted in this protocol. */
    sealed interface Greeting {
        /** Its lines, which may have so many bytes, go to the handler. */
        record Served(String reply, SideHandler handler, int longestLine) implements Greeting {}

        /** Protocol v3 follows, and whoever speaks it comes for this job. */
        record Ticket(String reply, String job) implements Greeting {}

        /** It is hung up on. */
        record Refused(String reply) implements Greeting {}
    }

    /** Takes what was registered for {@link #refusal} having changed; called once, before anybody can connect. */
    void listening(Runnable reconsider);

    /** Whether this first line is one of its own. */
    boolean knows(String firstLine);

    /** Somebody greeted with such a line. */
    Greeting greeted(String firstLine, SideConnection connection);

    /**
     * Why a client may not have the place now; empty if it may. Any thread; it must not block.
     *
     * @param job what its ticket is for; empty if it has none
     */
    Optional<String> refusal(Optional<String> job);

    /** A client with a ticket is gone. */
    void ticketGone(String job);
}
