package dev.wattline.director.restore;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** A record of ranges to be restored cannot be used. */
public final class RestoreException extends WattlineException {
    RestoreException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
