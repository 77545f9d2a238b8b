package dev.wattline.agent.job;

import dev.wattline.agent.AgentException;

/** Another job has the machine; it may be free later. */
public final class MachineBusyException extends AgentException {
    private static final long serialVersionUID = 1L;

    private final Until until;

    /** Until when the machine is somebody else's. */
    public enum Until {
        /** The end of what another process does. */
        ITS_END,
        /** The end of a job for which a loop waits, which goes on with it then. */
        LOOP_IS_DONE,
        /** Somebody ends the other process, which has come to stay. */
        TOLD_TO_END
    }

    /** Creates one. */
    public MachineBusyException(String message, String remedy) {
        this(message, remedy, Until.ITS_END);
    }

    /** Creates one. */
    public MachineBusyException(String message, String remedy, Until until) {
        super(message, remedy, null);
        this.until = until;
    }

    /** Whether a loop waits for the job's end, and needs the journal then. */
    public boolean isLooped() {
        return until == Until.LOOP_IS_DONE;
    }

    /** Whether waiting is in vain, for the other process ends only when somebody ends it. */
    public boolean isEndless() {
        return until == Until.TOLD_TO_END;
    }
}
