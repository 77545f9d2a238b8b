package dev.wattline.files;

import java.time.Duration;
import java.time.Instant;

/** The part of a run that LoadGen measures: from {@code power_begin} to {@code power_end}, UTC. */
public record PowerWindow(Instant begin, Instant end) {

    /** Whether a sample with this stamp counts for the metric: both ends are exclusive, as in the official checker. */
    public boolean contains(Instant at) {
        return at.isAfter(begin) && at.isBefore(end);
    }

    /** How long it is; negative if the log is wrong. */
    public Duration duration() {
        return Duration.between(begin, end);
    }
}
