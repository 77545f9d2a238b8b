package dev.wattline.model;

import java.time.Duration;

/** When a difference between wall time and monotonic time counts as a step of the wall clock. */
public final class ClockStep {
    /** The largest difference that is none: what NTP slews, at 500 ppm, in less than two minutes. */
    public static final Duration LIMIT = Duration.ofMillis(50);

    private ClockStep() {}

    /** Whether the wall clock was stepped, if more, or less, wall time than monotonic time has passed by this much. */
    public static boolean isStep(Duration difference) {
        return difference.abs().compareTo(LIMIT) > 0;
    }

    /** The same with the difference in s. */
    public static boolean isStep(double differenceSeconds) {
        return Math.abs(differenceSeconds) > LIMIT.toMillis() / 1e3;
    }
}
