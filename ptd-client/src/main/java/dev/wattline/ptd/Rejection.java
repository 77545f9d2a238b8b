package dev.wattline.ptd;

import java.util.Optional;

/**
 * The ways in which PTDaemon refuses a command, told apart by the words of its reply. Which command leads to which
 * refusal is not documented; the texts are those that clients of PTDaemon are known to test for.
 */
public enum Rejection {
    /** {@code Invalid number of parameter...}: among others to {@code RL,*,*} on a single-channel analyzer. */
    INVALID_PARAMETERS("Invalid number of parameter", "The analyzer does not support this form of the command."),
    /** {@code Invalid channel} and the like. */
    INVALID("Invalid", "Check the command's arguments."),
    /** {@code Unknown command}. */
    UNKNOWN_COMMAND("Unknown", "This PTDaemon, or the mode it runs in, does not have the command."),
    /** {@code Null channel}. */
    NULL_CHANNEL("Null channel", "Name a channel that the analyzer has."),
    /** {@code Channel number out of range}. */
    CHANNEL_OUT_OF_RANGE("Channel number out", "Name a channel that the analyzer has."),
    /** {@code Meter busy}: a measurement is running. */
    METER_BUSY("Meter busy", "Stop the running measurement first."),
    /** {@code No unread ...}: nothing was measured since the last reading. */
    NO_UNREAD_SAMPLES("No unread", "Wait for the next sample."),
    /** {@code Insufficient unread ...}: less was measured since the last reading than was asked for. */
    INSUFFICIENT_UNREAD_SAMPLES("Insufficient unread", "Ask for fewer samples, or wait."),
    /** Any other reply with the word {@code Error}, such as {@code Error: no measurement to stop}. */
    ERROR("Error", "See PTDaemon's output for the analyzer's answer.");

    private final String words;
    private final String remedy;

    Rejection(String words, String remedy) {
        this.words = words;
        this.remedy = remedy;
    }

    /** What the user can do, as one sentence. */
    public String remedy() {
        return remedy;
    }

    /** The refusal that a reply line is; empty if it is none. The first constant whose words it contains decides. */
    static Optional<Rejection> of(String line) {
        for (Rejection rejection : values()) {
            if (line.contains(rejection.words)) {
                return Optional.of(rejection);
            }
        }
        return Optional.empty();
    }
}
