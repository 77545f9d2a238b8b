package dev.wattline.protocol;

import org.jspecify.annotations.Nullable;

/** The connection could not be made, or it is gone: nothing more can be said over it. */
public final class ControlConnectionException extends ProtocolException {
    public ControlConnectionException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
