package dev.wattline.protocol;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** Root of what can go wrong between a runner and a director; the subtypes differ by what the caller can do. */
public abstract class ProtocolException extends WattlineException {
    protected ProtocolException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
