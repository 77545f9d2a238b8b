package dev.wattline.ptd;

import java.time.Duration;

/**
 * A command was not answered in time, or not in full. The connection is closed, so that a late reply cannot be taken
 * for that of the next command: connect anew.
 */
public final class PtdTimeoutException extends PtdException {
    private final Duration deadline;

    PtdTimeoutException(PtdEndpoint endpoint, String command, Duration deadline, String soFar) {
        super(
                endpoint,
                command,
                "PTDaemon at " + endpoint + " did not answer '" + command + "' within " + DurationText.text(deadline)
                        + soFar,
                "PTDaemon serves one client at a time and may wait for its analyzer: close other clients, check the"
                        + " analyzer's cable, or restart PTDaemon.",
                null);
        this.deadline = deadline;
    }

    /** How long was waited from the moment the command was sent, or from the header of a reply with rows. */
    public Duration deadline() {
        return deadline;
    }
}
