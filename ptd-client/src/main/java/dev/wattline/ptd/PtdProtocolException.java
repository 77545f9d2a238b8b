package dev.wattline.ptd;

import org.jspecify.annotations.Nullable;

/**
 * What came is no reply to the command in flight, or breaks a limit. What follows on the wire cannot be trusted any more,
 * so the connection is closed: connect anew.
 */
public final class PtdProtocolException extends PtdException {
    private PtdProtocolException(
            PtdEndpoint endpoint, @Nullable String command, String message, @Nullable Throwable cause) {
        super(
                endpoint,
                command,
                message,
                "Check that it is PTDaemon that listens at " + endpoint
                        + " and that no other program writes to it; restart PTDaemon.",
                cause);
    }

    static PtdProtocolException notAReply(PtdEndpoint endpoint, String command, String line, String problem) {
        return new PtdProtocolException(
                endpoint,
                command,
                "PTDaemon at " + endpoint + " answered '" + command + "' with " + Excerpt.of(line) + ": "
                        + Excerpt.clause(problem),
                null);
    }

    static PtdProtocolException brokenLimit(
            PtdEndpoint endpoint, @Nullable String command, String problem, @Nullable Throwable cause) {
        String where = command == null ? "" : " in the reply to '" + command + "'";
        return new PtdProtocolException(
                endpoint, command, "PTDaemon at " + endpoint + " broke the protocol" + where + ": " + problem, cause);
    }
}
