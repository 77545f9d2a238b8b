package dev.wattline.analysis.clock;

import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.series.WallSeries;
import java.util.Arrays;

/**
 * The analyzer's seconds beside what the GPUs reported during the same time.
 */
public final class WallPairs {
    private final double[] wallW;
    private final double[] gpuW;
    private final int[] index;

    /** The arrays are kept, not copied: none of them may change any more. */
    public WallPairs(double[] wallW, double[] gpuW, int[] index) {
        this.wallW = wallW;
        this.gpuW = gpuW;
        this.index = index;
    }

    /** Analyzer's values in W. */
    public double[] wallW() {
        return wallW;
    }

    /** GPUs' mean in W over the same time. */
    public double[] gpuW() {
        return gpuW;
    }

    /** Position of each value in the analyzer's log. */
    public int[] index() {
        return index;
    }

    /**
     * Pairs all seconds that lie in no hole of either log.
     *
     * @param gpus the GPUs' sum, in the time of the moved stamps
     * @param leadMs how much later than UTC that time is
     */
    public static WallPairs of(WallSeries wall, Polyline gpus, double leadMs) {
        return of(wall, gpus, leadMs, null);
    }

    /** The same for some of the analyzer's values only; null for all. */
    static WallPairs of(WallSeries wall, Polyline gpus, double leadMs, int @org.jspecify.annotations.Nullable [] only) {
        int candidates = only == null ? wall.size() : only.length;
        double[] y = new double[candidates];
        double[] x = new double[candidates];
        int[] index = new int[candidates];
        int n = 0;
        for (int k = 0; k < candidates; k++) {
            int i = only == null ? k : only[k];
            double from = wall.startMs(i) + leadMs;
            double to = wall.endMs(i) + leadMs;
            if (wall.isSingle(i) && gpus.isCovered(from, to)) {
                y[n] = wall.watts(i);
                x[n] = gpus.mean(from, to);
                index[n++] = i;
            }
        }
        return new WallPairs(Arrays.copyOf(y, n), Arrays.copyOf(x, n), Arrays.copyOf(index, n));
    }

    public int size() {
        return wallW.length;
    }
}
