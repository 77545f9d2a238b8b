package dev.wattline.director;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** The director cannot start, or could not end in order. */
public final class DirectorException extends WattlineException {
    DirectorException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
