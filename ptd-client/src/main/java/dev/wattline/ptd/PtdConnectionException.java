package dev.wattline.ptd;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** There is no connection, or there is none any more: connect anew, after a look at the PTDaemon process. */
public final class PtdConnectionException extends PtdException {
    private PtdConnectionException(
            PtdEndpoint endpoint, @Nullable String command, String message, String remedy, @Nullable Throwable cause) {
        super(endpoint, command, message, remedy, cause);
    }

    static PtdConnectionException notReached(PtdEndpoint endpoint, Duration within, Throwable cause) {
        return new PtdConnectionException(
                endpoint,
                null,
                "connecting to PTDaemon at " + endpoint + " failed, tried for " + DurationText.text(within) + ": "
                        + reason(cause),
                "Check that PTDaemon runs, that it was started with '-p " + endpoint.port()
                        + "', and that nothing filters the port; its start takes up to 20 s.",
                cause);
    }

    static PtdConnectionException lost(PtdEndpoint endpoint, @Nullable Throwable cause) {
        return new PtdConnectionException(
                endpoint,
                null,
                "the connection to PTDaemon at " + endpoint + " was lost: "
                        + (cause == null ? "PTDaemon closed it" : reason(cause)),
                "Look at the last lines of PTDaemon's output; start it again if it has ended.",
                cause);
    }

    static PtdConnectionException unanswered(PtdEndpoint endpoint, String command, PtdClosure closure) {
        return new PtdConnectionException(
                endpoint,
                command,
                "'" + command + "' to PTDaemon at " + endpoint + " got no answer: " + closure.description(),
                "Whether PTDaemon carried it out is unknown: connect anew and ask, or restart PTDaemon.",
                closure.cause().orElse(null));
    }

    static PtdConnectionException unsent(PtdEndpoint endpoint, String command, PtdClosure closure) {
        return new PtdConnectionException(
                endpoint,
                command,
                "'" + command + "' was not sent to PTDaemon at " + endpoint + ": " + closure.description(),
                "Connect anew.",
                closure.cause().orElse(null));
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        // The transport adds the address, which the message around this names already.
        return message == null ? cause.getClass().getSimpleName() : message.replaceFirst(": [^ ]*/[^ ]+$", "");
    }
}
