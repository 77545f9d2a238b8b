package dev.wattline.fleet;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** What was asked for or given cannot be worked with. */
public final class FleetException extends WattlineException {
    FleetException(String message, String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
