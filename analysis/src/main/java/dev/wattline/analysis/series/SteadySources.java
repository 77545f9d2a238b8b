package dev.wattline.analysis.series;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells which GPUs' readings follow their load over all of a log. One that begins late, ends early or stands still while
 * the others move would put steps into a sum that no load made.
 */
public final class SteadySources {
    private static final double LATE_MS = 10_000;
    private static final double STILL_MS = 20_000;
    private static final int STILL_POLLS = 20;
    private static final double OTHERS_MOVE = 0.1; // of their lowest power in that time

    private SteadySources() {}

    /** Positions of those GPUs, in their order; of all of them where none is left. */
    public static List<Integer> of(List<PowerSeries> gpus) {
        double first = gpus.stream().mapToDouble(PowerSeries::firstMs).min().orElse(Double.NaN);
        double last = gpus.stream().mapToDouble(PowerSeries::lastMs).max().orElse(Double.NaN);
        List<Integer> kept = new ArrayList<>();
        for (int g = 0; g < gpus.size(); g++) {
            PowerSeries gpu = gpus.get(g);
            boolean whole = gpu.firstMs() <= first + LATE_MS && gpu.lastMs() >= last - LATE_MS;
            if (whole && !standsStill(g, gpus)) {
                kept.add(g);
            }
        }
        if (kept.isEmpty()) {
            for (int g = 0; g < gpus.size(); g++) {
                kept.add(g);
            }
        }
        return kept;
    }

    private static boolean standsStill(int g, List<PowerSeries> gpus) {
        PowerSeries gpu = gpus.get(g);
        int from = 0;
        for (int i = 1; i <= gpu.size(); i++) {
            if (i < gpu.size() && gpu.milliwatts(i) == gpu.milliwatts(from)) {
                continue;
            }
            double begin = gpu.timeMs(from);
            double end = gpu.timeMs(i - 1);
            if (i - from >= STILL_POLLS && end - begin >= STILL_MS && othersMove(g, gpus, begin, end)) {
                return true;
            }
            from = i;
        }
        return false;
    }

    /** Whether another one's readings move by a tenth between two times in ms. */
    public static boolean othersMove(int g, List<PowerSeries> gpus, double fromMs, double toMs) {
        for (int other = 0; other < gpus.size(); other++) {
            PowerSeries series = gpus.get(other);
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = other == g ? series.size() : series.indexAtOrAfter(fromMs);
                    i < series.size() && series.timeMs(i) <= toMs;
                    i++) {
                low = Math.min(low, series.watts(i));
                high = Math.max(high, series.watts(i));
            }
            if (high - low > OTHERS_MOVE * Math.abs(low)) {
                return true;
            }
        }
        return false;
    }
}
