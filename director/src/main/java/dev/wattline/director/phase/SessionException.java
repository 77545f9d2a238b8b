package dev.wattline.director.phase;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** A phase or a session that could not be done; the message is what the client is told. */
public final class SessionException extends WattlineException {
    public SessionException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
