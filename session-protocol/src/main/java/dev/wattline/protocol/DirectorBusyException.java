package dev.wattline.protocol;

/** Another client's session is open and the director does not let this one wait; trying again later may succeed. */
public final class DirectorBusyException extends RequestRejectedException {
    /**
     * How a busy director answers a client's magic, or its {@code new}: {@code Error: busy, serving <address> since <UTC>},
     * or {@code closing the session of} in the place of {@code serving}.
     */
    public static final String REPLY_PREFIX = "Error: busy";

    public DirectorBusyException(HostPort director, String request, String reply) {
        super(
                "director " + director + " is busy: it answered " + OneLine.quoted(reply) + " to "
                        + (request.equals(ControlProtocol.CLIENT_MAGIC) ? "the handshake" : "'" + request + "'"),
                "Wait until that session has ended, or start the runner with --wait.",
                request,
                reply);
    }
}
