package dev.wattline.sut;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** A failure on the measured machine's side: its subclasses say what the caller can still do. */
public class SutException extends WattlineException {
    public SutException(String message, @Nullable String remedy) {
        super(message, remedy, null);
    }

    public SutException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
