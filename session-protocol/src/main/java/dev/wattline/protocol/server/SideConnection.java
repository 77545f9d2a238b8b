package dev.wattline.protocol.server;

import dev.wattline.protocol.HostPort;
import java.util.Optional;

/** A connection that speaks the protocol of a {@link SideDoor}. Safe for use by several threads. */
public interface SideConnection {
    /** The other end's address and port. */
    HostPort address();

    /** Whether the other end is on this machine. */
    boolean isLoopback();

    /** Whether it came by TLS. */
    boolean isEncrypted();

    /** The common name in its certificate; empty without TLS, or where the certificate has none. */
    Optional<String> certificateName();

    /** Whether it has not been lost yet. */
    boolean isOpen();

    /** Lifts the deadline for greetings: the other end has said who it is. */
    void admitted();

    /** Sends a line; hangs up on who takes none of what was sent. */
    void send(String line);

    /** Hangs up after what was sent. */
    void hangUp(String reason);
}
