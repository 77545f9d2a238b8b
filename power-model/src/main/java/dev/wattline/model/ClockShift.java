package dev.wattline.model;

import java.util.Locale;

/**
 * By how much one clock is ahead of another, in words that tell a time zone or daylight saving time from a clock that is
 * wrong.
 */
public final class ClockShift {
    private static final long HOUR = 3600; // s
    private static final long QUARTER = 900; // s; time zones differ by multiples of it
    private static final long MOST = 26 * HOUR; // between UTC-12 and UTC+14

    private ClockShift() {}

    /**
     * A shift with its direction and, where that is what it looks like, its kind: {@code 7 h behind the director's clock to
     * within 2.0 s, as another time zone is}.
     *
     * @param aheadSeconds the one clock minus the other
     * @param uncertaintySeconds how far that can be wrong
     * @param other whose clock the other one is, such as {@code the director's clock}
     */
    public static String describe(double aheadSeconds, double uncertaintySeconds, String other) {
        String direction = (aheadSeconds < 0 ? " behind " : " ahead of ") + other;
        long whole = Math.round(Math.abs(aheadSeconds) / QUARTER) * QUARTER;
        boolean exact = Math.abs(Math.abs(aheadSeconds) - whole) <= uncertaintySeconds;
        if (whole == 0 || whole > MOST || !exact || uncertaintySeconds >= QUARTER / 10.0) {
            return String.format(
                    Locale.ROOT,
                    "%.1f s%s (uncertainty %.1f s)",
                    Math.abs(aheadSeconds),
                    direction,
                    uncertaintySeconds);
        }
        String kind = whole == HOUR ? "daylight saving time or the next time zone is" : "another time zone is";
        return String.format(
                Locale.ROOT, "%s%s to within %.1f s, as %s", hours(whole), direction, uncertaintySeconds, kind);
    }

    private static String hours(long seconds) {
        long minutes = seconds % HOUR / 60;
        return seconds / HOUR + " h" + (minutes == 0 ? "" : " " + minutes + " min");
    }
}
