package dev.wattline.ptd;

/** PTDaemon understood that it was asked something and said no. The connection is as good as before. */
public final class PtdCommandRejectedException extends PtdException {
    private final String reply;
    private final Rejection rejection;

    PtdCommandRejectedException(PtdEndpoint endpoint, String command, String reply, Rejection rejection) {
        super(
                endpoint,
                command,
                "PTDaemon at " + endpoint + " rejected '" + command + "': " + Excerpt.of(reply),
                rejection.remedy(),
                null);
        this.reply = reply;
        this.rejection = rejection;
    }

    /** The reply line. */
    public String reply() {
        return reply;
    }

    /** What kind of refusal the reply is. */
    public Rejection rejection() {
        return rejection;
    }
}
