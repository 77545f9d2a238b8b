package dev.wattline.analysis.series;

import java.util.Arrays;
import java.util.List;

/**
 * The GPUs' power added up, each linear between its readings, over the time that all of them cover. The sum knows where one of
 * them has a hole.
 */
public final class GpuSum {
    /** Above this many readings the sum is kept on a grid instead of at every stamp. */
    private static final int EXACT_LIMIT = 2_000_000;

    private static final int GRID_LIMIT = 2_000_000;
    private static final double FINEST_STEP_MS = 10;

    private GpuSum() {}

    /** Whether there is a time at which each GPU has begun and none has ended. */
    public static boolean haveCommonTime(List<PowerSeries> gpus, double[] movesMs) {
        double from = Double.NEGATIVE_INFINITY;
        double to = Double.POSITIVE_INFINITY;
        for (int i = 0; i < gpus.size(); i++) {
            from = Math.max(from, gpus.get(i).firstMs() + movesMs[i]);
            to = Math.min(to, gpus.get(i).lastMs() + movesMs[i]);
        }
        return from < to;
    }

    /**
     * @param movesMs how far each GPU's stamps are moved, in ms
     * @throws IllegalArgumentException if the GPUs have no time in common
     */
    public static Polyline of(List<PowerSeries> gpus, double[] movesMs) {
        double from = Double.NEGATIVE_INFINITY;
        double to = Double.POSITIVE_INFINITY;
        long total = 0;
        for (int i = 0; i < gpus.size(); i++) {
            from = Math.max(from, gpus.get(i).firstMs() + movesMs[i]);
            to = Math.min(to, gpus.get(i).lastMs() + movesMs[i]);
            total += gpus.get(i).size();
        }
        if (!(from < to)) {
            throw new IllegalArgumentException("the GPUs' readings have no time in common");
        }
        double[] times = total <= EXACT_LIMIT ? union(gpus, movesMs, from, to, (int) total) : grid(from, to);
        double[] sum = new double[times.length];
        for (int i = 0; i < gpus.size(); i++) {
            double move = movesMs[i];
            double[] own = Arrays.stream(times).map(t -> t - move).toArray();
            double[] power = total <= EXACT_LIMIT ? gpus.get(i).powerAt(own) : means(gpus.get(i), own);
            for (int k = 0; k < sum.length; k++) {
                sum[k] += power[k];
            }
        }
        return new Polyline(times, sum, Holes.of(gpus, movesMs));
    }

    private static double[] union(List<PowerSeries> gpus, double[] movesMs, double from, double to, int total) {
        double[] all = new double[total + 2];
        int n = 0;
        all[n++] = from;
        all[n++] = to;
        for (int i = 0; i < gpus.size(); i++) {
            PowerSeries gpu = gpus.get(i);
            for (int k = 0; k < gpu.size(); k++) {
                double t = gpu.timeMs(k) + movesMs[i];
                if (t > from && t < to) {
                    all[n++] = t;
                }
            }
        }
        Arrays.sort(all, 0, n);
        int kept = 1;
        for (int k = 1; k < n; k++) {
            if (all[k] > all[kept - 1]) {
                all[kept++] = all[k];
            }
        }
        return Arrays.copyOf(all, kept);
    }

    private static double[] grid(double from, double to) {
        double step = Math.max(FINEST_STEP_MS, (to - from) / GRID_LIMIT);
        double[] times = new double[(int) ((to - from) / step) + 1];
        for (int k = 0; k < times.length; k++) {
            times[k] = from + k * step;
        }
        return times;
    }

    /** Mean power over the grid step around each time, so that the grid loses no energy. */
    private static double[] means(PowerSeries gpu, double[] times) {
        int n = times.length;
        double[] edges = new double[n + 1];
        edges[0] = times[0];
        for (int k = 1; k < n; k++) {
            edges[k] = (times[k - 1] + times[k]) / 2;
        }
        edges[n] = times[n - 1];
        double[] energy = gpu.energyAt(edges);
        double[] power = new double[n];
        for (int k = 0; k < n; k++) {
            power[k] = (energy[k + 1] - energy[k]) / (edges[k + 1] - edges[k]) * 1e3;
        }
        return power;
    }
}
