package dev.wattline.protocol.lab;

import dev.wattline.model.WattlineException;

/** A line of {@code lab/1} is no message, or lacks what it must have. */
public final class LabMessageException extends WattlineException {
    /** @param message what was expected and found */
    public LabMessageException(String message) {
        super(message, null, null);
    }
}
