package dev.wattline.analysis.powerlog;

import java.util.Arrays;

/** Means by whole second of a quantity of which only the rough course matters, such as utilisation in percent. */
public final class SecondMeans {
    private static final int LIMIT = 40 * 86_400;

    private float[] sums = new float[256];
    private int[] counts = new int[256];
    private long baseSecond = Long.MIN_VALUE;
    private int used;
    private long shiftMs;

    SecondMeans() {}

    /** Adds a value at this time. */
    public void add(long epochMs, double value) {
        long second = Math.floorDiv(epochMs, 1_000L);
        if (baseSecond == Long.MIN_VALUE) {
            baseSecond = second;
        }
        long index = second - baseSecond;
        if (index < 0 || index >= LIMIT) {
            return; // only a row far out of order comes here, and a mean by second can do without it
        }
        int i = (int) index;
        if (i >= sums.length) {
            sums = Arrays.copyOf(sums, Math.max(2 * sums.length, i + 1));
            counts = Arrays.copyOf(counts, sums.length);
        }
        sums[i] += (float) value;
        counts[i]++;
        used = Math.max(used, i + 1);
    }

    /** Moves all of it in time. */
    void shift(long ms) {
        shiftMs += ms;
    }

    public boolean isEmpty() {
        return used == 0;
    }

    /** Mean over the seconds between two times in ms since the epoch; NaN if there is no value between them. */
    public double mean(double fromMs, double toMs) {
        double sum = 0;
        long count = 0;
        for (int i = index(fromMs); i < Math.min(used, index(toMs) + 1); i++) {
            sum += sums[i];
            count += counts[i];
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /** The lowest mean of a second between two times in ms since the epoch; infinite if there is none. */
    public double lowest(double fromMs, double toMs) {
        double low = Double.POSITIVE_INFINITY;
        for (int i = index(fromMs); i < Math.min(used, index(toMs) + 1); i++) {
            low = counts[i] > 0 ? Math.min(low, sums[i] / counts[i]) : low;
        }
        return low;
    }

    /** The highest mean of a second between two times in ms since the epoch; minus infinite if there is none. */
    public double highest(double fromMs, double toMs) {
        double high = Double.NEGATIVE_INFINITY;
        for (int i = index(fromMs); i < Math.min(used, index(toMs) + 1); i++) {
            high = counts[i] > 0 ? Math.max(high, sums[i] / counts[i]) : high;
        }
        return high;
    }

    /** Difference between the largest and the smallest mean of a second; 0 if there are none. */
    public double range() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < used; i++) {
            if (counts[i] > 0) {
                low = Math.min(low, sums[i] / counts[i]);
                high = Math.max(high, sums[i] / counts[i]);
            }
        }
        return high >= low ? high - low : 0;
    }

    private int index(double epochMs) {
        return (int) Math.max(0, Math.min(used, Math.floor((epochMs - shiftMs) / 1e3) - baseSecond));
    }
}
