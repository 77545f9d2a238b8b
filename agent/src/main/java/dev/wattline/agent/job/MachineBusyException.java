package dev.wattline.agent.job;

import dev.wattline.agent.AgentException;

/** Another job has the machine; it may be free later. */
public final class MachineBusyException extends AgentException {
    private static final long serialVersionUID = 1L;

    private final boolean looped;

    /** Creates one. */
    public MachineBusyException(String message, String remedy) {
        this(message, remedy, false);
    }

    /** @param looped whether a loop waits for the job's end, which goes on with it then */
    MachineBusyException(String message, String remedy, boolean looped) {
        super(message, remedy, null);
        this.looped = looped;
    }

    /** Whether a loop waits for the job's end, and needs the journal then. */
    public boolean isLooped() {
        return looped;
    }
}
