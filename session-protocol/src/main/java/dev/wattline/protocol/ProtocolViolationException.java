package dev.wattline.protocol;

import org.jspecify.annotations.Nullable;

/** The peer said something that protocol v3 does not allow; the connection was closed. */
public final class ProtocolViolationException extends ProtocolException {
    public ProtocolViolationException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
