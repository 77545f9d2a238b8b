package dev.wattline.analysis.sensor;

import dev.wattline.model.SensorTable;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The boxcar model of a sensor as the error budget needs it. Where the window is not known, the budget takes the worst of
 * the plausible ones for each purpose.
 *
 * @param periodMs update period T in ms
 * @param windowMs window W in ms, by which readings are moved to the middle of what they saw
 * @param coverageWindowMs the smallest plausible window in ms, for the share of time seen
 * @param trimWindowMs the largest plausible window in ms, for what lies wholly inside an interval
 * @param delayMs delay d in ms
 * @param lagSigmaS what not knowing W adds to the uncertainty of the lag, in s
 * @param source {@code user}, {@code detected}, {@code table}, {@code counter} or {@code unknown}
 * @param period what the samples say of T
 * @param reason what is not known, and what was taken instead
 */
public record SensorModel(
        double periodMs,
        double windowMs,
        double coverageWindowMs,
        double trimWindowMs,
        double delayMs,
        double lagSigmaS,
        String source,
        UpdatePeriod period,
        String reason) {
    private static final double SHORTEST_WINDOW_MS = 25;
    private static final double LONGEST_WINDOW_MS = 1000;
    private static final double COMMON_PERIOD_MS = 100;

    /**
     * An energy counter, of which a reading is the mean power since the one before: it sees all of the time, and is off by
     * when the counter was updated last.
     */
    public static SensorModel counter(UpdatePeriod period, double pollMs) {
        double update = Math.min(COMMON_PERIOD_MS, pollMs);
        return new SensorModel(
                update,
                pollMs,
                pollMs,
                pollMs + update,
                0,
                update / 2e3 / 1.96,
                "counter",
                period,
                "an energy counter: each reading is the mean since the one before");
    }

    /** Whether the window is known at all. */
    public boolean isKnown() {
        return !source.equals("unknown");
    }

    /** The effective step D in ms for polls of this interval. */
    public double stepMs(double pollMs) {
        return Math.max(periodMs, pollMs);
    }

    /** The share of time that polls of this interval see. */
    public double coverage(double pollMs) {
        return Math.min(1, coverageWindowMs / stepMs(pollMs));
    }

    /** How far a reading lies behind the middle of what it saw, its age unknown, in ms. */
    public double centreShiftMs() {
        return windowMs / 2 + delayMs + periodMs / 2;
    }

    /**
     * Settles the model: what the user gave, else the period that the samples show with the table's window, else bounds.
     */
    public static SensorModel resolve(
            CardCalibrations.@Nullable Entry user,
            UpdatePeriod period,
            Optional<SensorTable.Entry> table,
            String field) {
        if (user != null) {
            double w = user.windowMs();
            return new SensorModel(user.periodMs(), w, w, w, user.delayMs(), 0, "user", period, note(period));
        }
        boolean known = table.isPresent() && !Double.isNaN(table.get().windowMs());
        if (known) {
            double w = table.get().windowMs();
            double t = period.isUsable() ? period.periodMs() : table.get().periodMs();
            return new SensorModel(
                    t,
                    w,
                    w,
                    w,
                    0,
                    0,
                    period.isUsable() ? "detected" : "table",
                    period,
                    "window from the table (" + table.get().generation() + "). " + note(period));
        }
        double t = period.isUsable() ? period.periodMs() : COMMON_PERIOD_MS;
        boolean rc = table.isPresent() && table.get().lowPass();
        boolean instant = field.endsWith(".instant");
        double shortest = Math.min(SHORTEST_WINDOW_MS, t / 2);
        double longest = instant ? Math.max(t, COMMON_PERIOD_MS) : LONGEST_WINDOW_MS;
        String why = rc
                ? "this card's sensor is no moving average (" + table.get().generation() + ")"
                : table.isPresent()
                        ? "nobody has measured the window of this field's sensor ("
                                + table.get().generation() + ")"
                        : "the window is not known: neither the card's name nor a calibration tells";
        return new SensorModel(
                t,
                instant ? shortest : longest, // current drivers average power.draw over 1 s on most cards
                shortest,
                longest,
                0,
                (longest - shortest) / 2e3 / 1.96,
                "unknown",
                period,
                String.format(
                        Locale.ROOT,
                        "%s; the worst of %.0f to %.0f ms is assumed for each purpose. %s",
                        why,
                        shortest,
                        longest,
                        note(period)));
    }

    private static String note(UpdatePeriod period) {
        return period.reason().isEmpty() ? "" : "Period: " + period.reason() + ".";
    }
}
