package dev.wattline.analysis.clock;

import dev.wattline.analysis.result.Curve;
import dev.wattline.analysis.result.Interval;

/**
 * The lag between the clocks.
 *
 * @param seconds tau in s, positive where the SUT's clock is ahead; NaN where refused
 * @param sigma standard uncertainty in s; NaN where refused
 * @param sseRatio second optimum over the best; NaN where none was tried
 * @param slope W of wall per W reported at the best lag
 * @param accepted whether it may be used
 * @param overlapS seconds both logs cover
 * @param reason why not
 * @param profile mean squared residual over the lag
 */
public record Lag(
        double seconds,
        double sigma,
        double sseRatio,
        double slope,
        boolean accepted,
        double overlapS,
        String reason,
        Curve profile) {

    /** No lag, and why. */
    public static Lag refused(double overlapS, String reason) {
        double nan = Double.NaN;
        return new Lag(nan, nan, nan, nan, false, overlapS, reason, Curve.empty("lag [s]", "mean square [W²]"));
    }

    /** The same lag against a clock that is this many seconds further behind. */
    public Lag plus(double more) {
        double[] lags = new double[profile.size()];
        double[] squares = new double[lags.length];
        for (int i = 0; i < lags.length; i++) {
            lags[i] = profile.x(i) + more;
            squares[i] = profile.y(i);
        }
        Curve moved = new Curve(profile.xLabel(), profile.yLabel(), lags, squares);
        return new Lag(seconds + more, sigma, sseRatio, slope, accepted, overlapS, reason, moved);
    }

    /** The lag to correct by: 0 where there is none. */
    public double correctionS() {
        return accepted ? seconds : 0;
    }

    /** 95 % interval. */
    public Interval interval() {
        return accepted ? Interval.around(seconds, 1.96 * sigma) : Interval.NONE;
    }
}
