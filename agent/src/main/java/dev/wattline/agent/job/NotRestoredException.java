package dev.wattline.agent.job;

import dev.wattline.agent.AgentException;

/** A setting cannot be restored, and no job can be taken before it is. */
public final class NotRestoredException extends AgentException {
    /** Creates one. */
    public NotRestoredException(String message, String remedy) {
        super(message, remedy, null);
    }
}
