package dev.wattline.agent;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** A job cannot be prepared or ended as it should. */
public class AgentException extends WattlineException {
    /** Creates one. */
    public AgentException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
