package dev.wattline.mock;

import org.jspecify.annotations.Nullable;

/** An option or argument of a mock is wrong; nothing was started. */
public final class InvalidOptionException extends MockException {
    public InvalidOptionException(String message, @Nullable String remedy) {
        super(message, remedy);
    }
}
