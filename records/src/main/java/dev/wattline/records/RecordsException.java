package dev.wattline.records;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** The index cannot be read or written, or a question about it cannot be answered. */
public final class RecordsException extends WattlineException {
    /** Creates one. */
    public RecordsException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
