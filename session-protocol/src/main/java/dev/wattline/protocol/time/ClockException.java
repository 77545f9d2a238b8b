package dev.wattline.protocol.time;

import dev.wattline.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/** A clock is off by more than a measurement allows, or could not be set. */
public final class ClockException extends ProtocolException {
    ClockException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
