package dev.wattline.agent.lab;

import dev.wattline.agent.AgentException;
import dev.wattline.protocol.lab.JobReport.End;
import org.jspecify.annotations.Nullable;

/** The director does not want a job handed over, or cannot be asked. */
final class NotHandedOverException extends AgentException {
    private final End end;

    NotHandedOverException(End end, String message, @Nullable Throwable cause) {
        super(message, null, cause);
        this.end = end;
    }

    /** What the job came to by this. */
    End end() {
        return end;
    }
}
