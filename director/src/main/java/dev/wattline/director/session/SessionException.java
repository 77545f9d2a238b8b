package dev.wattline.director.session;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** A phase or a session that could not be done; the message is what the client is told. */
final class SessionException extends WattlineException {
    SessionException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
