package dev.wattline.ptd;

import dev.wattline.model.WattlineException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Root of what can go wrong between Wattline and a PTDaemon; the subtypes differ by what the caller can do. The message
 * names the command, the endpoint and what came back.
 */
public abstract sealed class PtdException extends WattlineException
        permits PtdConnectionException, PtdTimeoutException, PtdCommandRejectedException, PtdProtocolException {
    private final PtdEndpoint endpoint;
    private final @Nullable String command;

    PtdException(
            PtdEndpoint endpoint, @Nullable String command, String message, String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
        this.endpoint = endpoint;
        this.command = command;
    }

    /** The PTDaemon that was spoken to. */
    public PtdEndpoint endpoint() {
        return endpoint;
    }

    /** The command line that failed; empty if it was the connection as such. */
    public Optional<String> command() {
        return Optional.ofNullable(command);
    }
}
