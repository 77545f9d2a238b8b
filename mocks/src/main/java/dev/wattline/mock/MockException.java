package dev.wattline.mock;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** A mock cannot do what it was told to: its options are wrong, or a file or a port is not available. */
public class MockException extends WattlineException {
    public MockException(String message, @Nullable String remedy) {
        this(message, remedy, null);
    }

    public MockException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
