package dev.wattline.protocol;

/** The director serves another client and does not let this one wait; trying again later may succeed. */
public final class DirectorBusyException extends RequestRejectedException {
    /** How a busy director answers a client's magic: {@code Error: busy, serving <address> since <UTC>}. */
    public static final String REPLY_PREFIX = "Error: busy";

    public DirectorBusyException(HostPort director, String reply) {
        super(
                "director " + director + " is busy: it answered " + OneLine.quoted(reply) + " to the handshake",
                "Wait until that session has ended, or start the runner with --wait.",
                ControlProtocol.CLIENT_MAGIC,
                reply);
    }
}
