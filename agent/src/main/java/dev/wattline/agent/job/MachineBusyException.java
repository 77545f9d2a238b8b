package dev.wattline.agent.job;

import dev.wattline.agent.AgentException;

/** Another job has the machine; it may be free later. */
public final class MachineBusyException extends AgentException {
    /** Creates one. */
    public MachineBusyException(String message, String remedy) {
        super(message, remedy, null);
    }
}
