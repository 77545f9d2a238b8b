package dev.wattline.mock.ptd;

/**
 * PTDaemon's error replies. Recorded ones are {@link #PARAMETERS} and {@link #NOT_RUNNING}; of the others only the first
 * words are known, from other clients, or nothing at all.
 */
final class Errors {
    static final String UNKNOWN_COMMAND = "Unknown command";
    static final String PARAMETERS = "Invalid number of parameters";
    static final String PARAMETER = "Error in parameter";
    static final String CHANNEL = "Channel number out of range";
    static final String BUSY = "Meter busy";
    static final String RUNNING = "Error: measurement already running";
    static final String NOT_RUNNING = "Error: no measurement to stop";
    static final String NO_UNREAD = "No unread samples";
    static final String TOO_FEW_UNREAD = "Insufficient unread samples";

    private Errors() {}
}
