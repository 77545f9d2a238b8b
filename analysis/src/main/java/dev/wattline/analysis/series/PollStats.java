package dev.wattline.analysis.series;

import java.util.Arrays;
import java.util.Collection;

/**
 * The intervals between polls of one or several GPUs.
 *
 * @param medianMs median in ms; NaN of fewer than two polls
 * @param p99Ms 99th percentile in ms
 * @param maxMs the longest in ms
 * @param gaps intervals longer than 2.5 times the median
 * @param gapSeconds their length in s
 */
public record PollStats(double medianMs, double p99Ms, double maxMs, long gaps, double gapSeconds) {
    private static final int BINS = 1 << 16;
    private static final double GAP = 2.5;

    /** Statistics of one series. */
    public static PollStats of(PowerSeries series) {
        return of(java.util.List.of(series));
    }

    /** Statistics of several series, their intervals taken together. */
    public static PollStats of(Collection<PowerSeries> all) {
        long[] counts = new long[BINS];
        double max = Double.NaN;
        long total = 0;
        for (PowerSeries series : all) {
            for (int i = 1; i < series.size(); i++) {
                long interval = series.timeMs(i) - series.timeMs(i - 1);
                counts[(int) Math.min(BINS - 1, interval)]++;
                max = Double.isNaN(max) ? interval : Math.max(max, (double) interval);
                total++;
            }
        }
        if (total == 0) {
            return new PollStats(Double.NaN, Double.NaN, Double.NaN, 0, 0);
        }
        double median = (at(counts, (total - 1) / 2) + at(counts, total / 2)) / 2.0;
        long gaps = 0;
        double gapMs = 0;
        for (PowerSeries series : all) {
            for (int i = 1; i < series.size(); i++) {
                long interval = series.timeMs(i) - series.timeMs(i - 1);
                if (interval > GAP * median) {
                    gaps++;
                    gapMs += interval;
                }
            }
        }
        return new PollStats(median, at(counts, (long) Math.ceil(0.99 * total) - 1), max, gaps, gapMs / 1e3);
    }

    private static int at(long[] counts, long rank) {
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen > rank) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "rank " + rank + " of " + Arrays.stream(counts).sum());
    }
}
