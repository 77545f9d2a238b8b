package dev.wattline.agent.job;

import dev.wattline.agent.AgentException;

/** Somebody asked for a name that the configuration does not have, or for a value that it does not allow. */
public final class WrongRequestException extends AgentException {
    /** Creates one. */
    public WrongRequestException(String message, String remedy) {
        super(message, remedy, null);
    }
}
