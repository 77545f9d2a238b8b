package dev.wattline.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Root of every failure that Wattline expects and can explain. The message says what was attempted, on what, and what
 * came back; the remedy says what the user can do. Anything else that reaches the user is a defect of ours.
 */
public abstract class WattlineException extends RuntimeException {
    private final @Nullable String remedy;

    protected WattlineException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    /** What the user can do about it, as one sentence. */
    public Optional<String> remedy() {
        return Optional.ofNullable(remedy);
    }
}
