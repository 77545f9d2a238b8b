package dev.wattline.lab;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** The lab's files cannot be used, or a request cannot be fulfilled. */
public final class LabException extends WattlineException {
    /** Creates one. */
    public LabException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
