package dev.wattline.analysis.clock;

import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.series.WallSeries;
import dev.wattline.analysis.stats.HuberLine;
import dev.wattline.analysis.stats.Stats;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Squared residuals of the line between wall and GPUs at the lags within two seconds of one, the same of the analyzer's
 * values at each of them. Immutable.
 */
final class LagProfile {
    private static final double STEP_S = 0.05;
    private static final int HALF = 40;
    private static final int LAGS = 2 * HALF + 1;
    private static final double BLOCK_S = 20;
    private static final int DRAWS = 400;

    private final double centreS;
    private final int block; // values of a block of 20 s
    private final double[][] cumulated; // by lag, then up to each value
    private final int size;

    private LagProfile(double centreS, int block, double[][] cumulated, int size) {
        this.centreS = centreS;
        this.block = block;
        this.cumulated = cumulated;
        this.size = size;
    }

    /**
     * @param subset the analyzer's values to use; null for all
     * @param counts weights by the analyzer's values; null where all count alike
     */
    static LagProfile around(
            WallSeries wall, Polyline gpus, double centreS, int @Nullable [] subset, double @Nullable [] counts) {
        int[] common = common(wall, gpus, centreS, subset);
        double[] weights = Arrays.stream(common)
                .mapToDouble(i -> counts == null ? 1 : counts[i])
                .toArray();
        double[][] cumulated = new double[LAGS][common.length + 1];
        for (int k = 0; k < LAGS; k++) {
            double lag = centreS + (k - HALF) * STEP_S;
            WallPairs pairs = WallPairs.of(wall, gpus, lag * 1e3, common);
            double[] residuals =
                    HuberLine.fit(pairs.gpuW(), pairs.wallW(), weights).residuals(pairs.gpuW(), pairs.wallW());
            for (int i = 0; i < common.length; i++) {
                cumulated[k][i + 1] = cumulated[k][i] + weights[i] * residuals[i] * residuals[i];
            }
        }
        int block = (int) Math.max(1, Math.round(BLOCK_S * 1e3 / wall.medianMs()));
        return new LagProfile(centreS, block, cumulated, common.length);
    }

    /** Values that lie in no hole of either log at every lag of the profile, so that all lags see the same pairs. */
    private static int[] common(WallSeries wall, Polyline gpus, double centreS, int @Nullable [] subset) {
        double earliest = (centreS - HALF * STEP_S) * 1e3;
        double latest = (centreS + HALF * STEP_S) * 1e3;
        IntStream values = subset == null ? IntStream.range(0, wall.size()) : Arrays.stream(subset);
        return values.filter(
                        i -> wall.isSingle(i) && gpus.isCovered(wall.startMs(i) + earliest, wall.endMs(i) + latest))
                .toArray();
    }

    /** Whether it holds enough values for draws of blocks. */
    boolean isLongEnough() {
        return size >= 2 * block;
    }

    private double[] totals() {
        return Arrays.stream(cumulated).mapToDouble(sums -> sums[size]).toArray();
    }

    /** The lag of the least sum in s; the middle of the profile if no value is left. */
    double best() {
        return size == 0 ? centreS : centreS + minimum(totals());
    }

    /** Whether there is another valley in which the sum is below the least one times a factor. */
    boolean hasRivals(double factor) {
        double[] sums = totals();
        int lowest = lowest(sums);
        return IntStream.range(1, LAGS - 1)
                .anyMatch(k -> k != lowest
                        && sums[k] < sums[k - 1]
                        && sums[k] <= sums[k + 1]
                        && sums[k] <= factor * sums[lowest]);
    }

    /** Whether the least sum is the first or the last one, so that a lesser one may lie beyond. */
    boolean endsLow() {
        int lowest = size == 0 ? HALF : lowest(totals());
        return lowest == 0 || lowest == LAGS - 1;
    }

    /** SD of the best lag over draws of blocks of 20 s, in s; NaN for fewer than two blocks. */
    double spread(long seed) {
        if (!isLongEnough()) {
            return Double.NaN;
        }
        SplittableRandom random = new SplittableRandom(seed);
        int blocks = (size + block - 1) / block;
        double[] draws = new double[DRAWS];
        double[] sums = new double[LAGS];
        for (int draw = 0; draw < DRAWS; draw++) {
            Arrays.fill(sums, 0);
            for (int b = 0; b < blocks; b++) {
                int from = random.nextInt(size - block + 1);
                for (int k = 0; k < LAGS; k++) {
                    sums[k] += cumulated[k][from + block] - cumulated[k][from];
                }
            }
            draws[draw] = minimum(sums);
        }
        return Stats.sd(draws);
    }

    private static int lowest(double[] sums) {
        int best = 0;
        for (int k = 1; k < LAGS; k++) {
            best = sums[k] < sums[best] ? k : best;
        }
        return best;
    }

    /** Where the least sum lies from the centre in s, between lags by a parabola. */
    private static double minimum(double[] sums) {
        int best = lowest(sums);
        double shift = 0;
        if (best > 0 && best < LAGS - 1) {
            double curvature = sums[best - 1] - 2 * sums[best] + sums[best + 1];
            shift = curvature == 0 ? 0 : 0.5 * (sums[best - 1] - sums[best + 1]) / curvature;
        }
        return (best - HALF + shift) * STEP_S;
    }
}
