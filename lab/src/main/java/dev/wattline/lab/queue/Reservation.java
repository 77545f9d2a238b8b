package dev.wattline.lab.queue;

import java.time.Duration;
import java.time.Instant;

/**
 * Somebody has the analyzers for a while.
 *
 * @param holder who
 * @param note why, told to whoever is refused
 * @param until when it ends by the wall clock
 * @param length how long it was given for, from when it was written
 */
public record Reservation(String holder, String note, Instant until, Duration length) {
    /** What is told to others. */
    public String describe() {
        return "reserved by " + holder + " until " + until + (note.isEmpty() ? "" : " (" + note + ")");
    }
}
