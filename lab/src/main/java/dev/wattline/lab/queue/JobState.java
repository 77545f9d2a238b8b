package dev.wattline.lab.queue;

import java.util.Locale;

/** Where a job stands. */
public enum JobState {
    /** It waits. */
    QUEUED,
    /** Its agent has it and prepares the machine, or runs a plain job. */
    PREPARING,
    /** Its runner is about to come. */
    HANDED_OVER,
    /** Its session is open. */
    MEASURING,
    /** Its session is over; what it came to is to be told by its agent. */
    FINISHING,
    /** It has come to its end. */
    ENDED;

    /** Whether it has the machine. */
    public boolean isActive() {
        return this != QUEUED && this != ENDED;
    }

    /** The word for people and on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
