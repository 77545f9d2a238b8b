package dev.wattline.report.trace;

import dev.wattline.analysis.result.TimeSeries;
import java.util.Arrays;

/**
 * Leaves out points that a screen cannot show: of each stretch it keeps the lowest and the highest value and, where there
 * are holes, one of them, all at their own times. For drawing only; no figure is computed from what is left.
 */
public final class Decimator {
    private static final int KEPT_IN_A_STRETCH = 3;
    private static final int ENDS = 2;

    private Decimator() {}

    /**
     * The series with at most this many points; the series itself if it has no more.
     *
     * @param limit at least 5
     */
    public static TimeSeries decimate(TimeSeries series, int limit) {
        if (limit < KEPT_IN_A_STRETCH + ENDS) {
            throw new IllegalArgumentException("limit " + limit + " is too small");
        }
        if (series.size() <= limit) {
            return series;
        }
        int[] kept = kept(series, (limit - ENDS) / KEPT_IN_A_STRETCH);
        long[] times = new long[kept.length];
        double[] values = new double[kept.length];
        for (int k = 0; k < kept.length; k++) {
            times[k] = series.epochMs(kept[k]);
            values[k] = series.value(kept[k]);
        }
        return new TimeSeries(times, values);
    }

    private static int[] kept(TimeSeries series, int stretches) {
        int size = series.size();
        int[] kept = new int[KEPT_IN_A_STRETCH * stretches + ENDS];
        int n = 0;
        kept[n++] = 0;
        for (int s = 0; s < stretches; s++) {
            int from = (int) ((long) size * s / stretches);
            int to = (int) ((long) size * (s + 1) / stretches);
            int lowest = -1;
            int highest = -1;
            int hole = -1;
            for (int i = from; i < to; i++) {
                double value = series.value(i);
                if (Double.isNaN(value)) {
                    hole = i;
                    continue;
                }
                lowest = lowest < 0 || value < series.value(lowest) ? i : lowest;
                highest = highest < 0 || value > series.value(highest) ? i : highest;
            }
            for (int index : new int[] {lowest, highest, hole}) {
                if (index >= 0) {
                    kept[n++] = index;
                }
            }
        }
        kept[n++] = size - 1;
        return Arrays.stream(kept, 0, n).sorted().distinct().toArray();
    }
}
