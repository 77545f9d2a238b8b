package dev.wattline.compliance.pack;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** A session could not be packed; nothing was left behind. */
public final class PackException extends WattlineException {
    private static final long serialVersionUID = 1;

    PackException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
