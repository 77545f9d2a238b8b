package dev.wattline.analysis.wall;

import dev.wattline.analysis.clock.WallPairs;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.stats.HuberLine;
import dev.wattline.analysis.stats.Stats;
import java.util.Arrays;

/**
 * Wall power as base + slope x the GPUs' reported sum, robust against the seconds in which something else happened. The
 * slope's interval allows for autocorrelated residuals (fixed-b HAC, Bartlett, b = 0.2), for levels of which there are
 * few pairs, and for the analyzer's own error.
 *
 * @param slope W of wall power per W reported
 * @param slopeCi its interval at 95 %
 * @param intercept wall power at 0 W reported, in W
 * @param r2 share of variance explained
 * @param rms residual RMS in W
 * @param durbinWatson Durbin-Watson statistic
 * @param lag1 lag-1 autocorrelation of the residuals
 * @param maxCook largest Cook's distance
 * @param blockSeconds analyzer's values averaged into one pair
 * @param pairs number of pairs
 */
public record WallRegression(
        double slope,
        Interval slopeCi,
        double intercept,
        double r2,
        double rms,
        double durbinWatson,
        double lag1,
        double maxCook,
        int blockSeconds,
        int pairs) {
    /** Pairs below which no line is fitted. */
    public static final int MIN_PAIRS = 10;

    /** Where 1 s regressors see only part of the time they attenuate the slope; blocks this long do so little. */
    public static final int BLOCK = 10;

    private static final double ANALYZER_SHARE =
            0.001; // of its reading, at 95 %: also of a slope, which no second evens out
    private static final double MOST_LEVERAGE = 0.9;
    private static final double BANDWIDTH = 0.2;
    // Two-sided 5 % critical value of the fixed-b distribution for Bartlett's kernel (Kiefer and Vogelsang 2005):
    // 1.96 + 2.9694 b + 0.4160 b² - 0.5324 b³ at b = 0.2.
    private static final double FIXED_B_CRITICAL = 2.566;

    /**
     * Fits the line.
     *
     * @param pairs wall power beside the GPUs', second by second
     * @param block values averaged into one pair: 1 where the sensors see all of the time, else {@link #BLOCK}
     */
    public static WallRegression fit(WallPairs pairs, int block) {
        double[] x = blocks(pairs.gpuW(), pairs.index(), block);
        double[] y = blocks(pairs.wallW(), pairs.index(), block);
        HuberLine line = HuberLine.fit(x, y);
        double[] residuals = line.residuals(x, y);
        double se = slopeError(x, residuals, line.scale());
        double square = 0;
        double difference = 0;
        for (int i = 0; i < residuals.length; i++) {
            square += residuals[i] * residuals[i];
            difference += i == 0 ? 0 : Math.pow(residuals[i] - residuals[i - 1], 2);
        }
        int n = x.length;
        return new WallRegression(
                line.slope(),
                Interval.around(line.slope(), Math.hypot(FIXED_B_CRITICAL * se, ANALYZER_SHARE * line.slope())),
                line.intercept(),
                1 - square / (Stats.variance(y) * (n - 1)),
                Math.sqrt(square / n),
                square == 0 ? Double.NaN : difference / square,
                Stats.lag1(residuals),
                maxCook(x, residuals, square),
                block,
                n);
    }

    /** Residual of each pair, not averaged. */
    public double[] residuals(WallPairs pairs) {
        return new HuberLine(intercept, slope, 0).residuals(pairs.gpuW(), pairs.wallW());
    }

    /** Means of runs of values that follow each other without a hole. */
    private static double[] blocks(double[] values, int[] index, int block) {
        double[] means = new double[values.length / block + 1];
        int n = 0;
        int from = 0;
        for (int i = 0; i < values.length; i++) {
            if (i > from && index[i] != index[i - 1] + 1) {
                from = i;
            }
            if (i - from + 1 == block) {
                means[n++] = Stats.mean(Arrays.copyOfRange(values, from, i + 1));
                from = i + 1;
            }
        }
        return Arrays.copyOf(means, n);
    }

    /** Sandwich error of the slope: the scores' long-run variance between the inverses of the weighted design. */
    private static double slopeError(double[] x, double[] residuals, double scale) {
        int n = x.length;
        double s = scale > 0 ? scale : 1;
        double[] psi = new double[n];
        boolean[] inlier = new boolean[n];
        double inliers = 0;
        double centre = 0;
        for (int i = 0; i < n; i++) {
            double limit = HuberLine.K * s;
            psi[i] = Math.max(-limit, Math.min(limit, residuals[i]));
            inlier[i] = Math.abs(residuals[i]) <= limit;
            inliers += inlier[i] ? 1 : 0;
            centre += inlier[i] ? x[i] : 0;
        }
        centre /= Math.max(1, inliers);
        double[] scores = new double[n];
        double bread = 0;
        for (int i = 0; i < n; i++) {
            bread += inlier[i] ? (x[i] - centre) * (x[i] - centre) : 0;
        }
        for (int i = 0; i < n; i++) {
            // The few blocks of a level that is rare draw the line to themselves: their residuals are taken as large as
            // they were without that.
            double leverage = 1 / Math.max(1, inliers) + (x[i] - centre) * (x[i] - centre) / bread;
            scores[i] = psi[i] * (x[i] - centre) / (1 - Math.min(MOST_LEVERAGE, leverage));
        }
        int lag = Math.max(1, (int) Math.round(BANDWIDTH * n) - 1);
        return Math.sqrt(n * Math.max(0, Stats.bartlett(scores, scores, lag))) / bread;
    }

    private static double maxCook(double[] x, double[] residuals, double square) {
        int n = x.length;
        double mean = Stats.mean(x);
        double sxx = Stats.variance(x) * (n - 1);
        double s2 = square / Math.max(1, n - 2);
        double largest = 0;
        for (int i = 0; i < n && s2 > 0; i++) {
            double leverage = 1.0 / n + (x[i] - mean) * (x[i] - mean) / sxx;
            largest = Math.max(largest, residuals[i] * residuals[i] * leverage / (2 * s2 * Math.pow(1 - leverage, 2)));
        }
        return largest;
    }
}
