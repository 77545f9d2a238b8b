package dev.wattline.agent.job;

import dev.wattline.agent.AgentException;
import java.util.List;

/** A setting cannot be restored, and no job can be taken before it is. */
public final class NotRestoredException extends AgentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> suspicions;

    /** Creates one. */
    public NotRestoredException(String message, String remedy) {
        this(message, remedy, List.of());
    }

    private NotRestoredException(String message, String remedy, List<String> suspicions) {
        super(message, remedy, null);
        this.suspicions = List.copyOf(suspicions);
    }

    /** The same, at the end of a measurement that is suspect for these reasons. */
    NotRestoredException after(List<String> reasons) {
        return new NotRestoredException(String.valueOf(getMessage()), remedy().orElse(""), reasons);
    }

    /** Why the measurement that has just ended is suspect; empty if it is not. */
    public List<String> suspicions() {
        return suspicions;
    }
}
