package dev.wattline.analysis.sensor;

import dev.wattline.analysis.series.PowerSeries;
import java.util.Arrays;

/**
 * The changes of a reading: each seen between the last poll with the old value and the first with the new one, so that
 * the middle of the two is the best guess of when. Immutable.
 */
final class Changes {
    private final double[] timesMs;
    private final double[] seenMs;
    private final double[] watts;

    /** The arrays are kept, not copied: none of them may change any more. */
    private Changes(double[] timesMs, double[] seenMs, double[] watts) {
        this.timesMs = timesMs;
        this.seenMs = seenMs;
        this.watts = watts;
    }

    /** Middles, in ms since the epoch. */
    double[] timesMs() {
        return timesMs;
    }

    /** The first polls with the new values, in ms since the epoch. */
    double[] seenMs() {
        return seenMs;
    }

    /**
     * The updates that brought the new values, by a lattice. Where more than a period passed between the two polls there
     * were several, and the value is that of the last one.
     */
    double[] updatesMs(UpdatePeriod period) {
        double[] updates = new double[timesMs.length];
        for (int i = 0; i < updates.length; i++) {
            boolean several = 2 * (seenMs[i] - timesMs[i]) > period.periodMs();
            updates[i] = several ? period.updateAtOrBefore(seenMs[i]) : period.nearestUpdate(timesMs[i]);
        }
        return updates;
    }

    /** The new values in W. */
    double[] watts() {
        return watts;
    }

    static Changes of(PowerSeries series, int limit) {
        double[] times = new double[256];
        double[] seen = new double[256];
        double[] watts = new double[256];
        int n = 0;
        for (int i = 1; i < series.size() && n < limit; i++) {
            if (series.milliwatts(i) == series.milliwatts(i - 1)) {
                continue;
            }
            if (n == times.length) {
                times = Arrays.copyOf(times, 2 * n);
                seen = Arrays.copyOf(seen, 2 * n);
                watts = Arrays.copyOf(watts, 2 * n);
            }
            times[n] = (series.timeMs(i - 1) + series.timeMs(i)) / 2.0;
            seen[n] = series.timeMs(i);
            watts[n++] = series.watts(i);
        }
        return new Changes(Arrays.copyOf(times, n), Arrays.copyOf(seen, n), Arrays.copyOf(watts, n));
    }

    int size() {
        return timesMs.length;
    }

    /** The longest row of changes, by their number, with no pause between two of them longer than this many ms. */
    Changes longestWithoutPause(double pauseMs) {
        int from = 0;
        int bestFrom = 0;
        int bestTo = 0;
        for (int i = 1; i <= timesMs.length; i++) {
            if (i == timesMs.length || timesMs[i] - timesMs[i - 1] > pauseMs) {
                if (i - from > bestTo - bestFrom) {
                    bestFrom = from;
                    bestTo = i;
                }
                from = i;
            }
        }
        return bestTo - bestFrom == timesMs.length
                ? this
                : new Changes(
                        Arrays.copyOfRange(timesMs, bestFrom, bestTo),
                        Arrays.copyOfRange(seenMs, bestFrom, bestTo),
                        Arrays.copyOfRange(watts, bestFrom, bestTo));
    }

    double[] intervals() {
        double[] intervals = new double[Math.max(0, timesMs.length - 1)];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = timesMs[i + 1] - timesMs[i];
        }
        return intervals;
    }
}
