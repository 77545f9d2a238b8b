package dev.wattline.protocol;

import org.jspecify.annotations.Nullable;

/** The peer did not answer in time. The connection stays usable unless the message says otherwise. */
public final class ControlTimeoutException extends ProtocolException {
    public ControlTimeoutException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
