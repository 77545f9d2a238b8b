package dev.wattline.ptd;

import java.time.Duration;

/** Durations as messages show them. */
final class DurationText {
    private DurationText() {}

    /** Such as {@code 250 ms}, {@code 5 s}, {@code 1.5 s}. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis / 1e3 + " s";
    }
}
