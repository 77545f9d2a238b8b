package dev.wattline.cli.logging;

import dev.wattline.model.WattlineException;

/** The director's own log cannot be written. */
public final class DirectorLogException extends WattlineException {
    DirectorLogException(String message, String remedy, Throwable cause) {
        super(message, remedy, cause);
    }
}
