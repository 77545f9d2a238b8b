package dev.wattline.analysis.source;

import dev.wattline.analysis.result.Interval;

/**
 * Energy of one device over an interval, as one source saw it.
 *
 * @param source such as {@code rapl}
 * @param entity the device
 * @param scope what is inside
 * @param energyJ estimate in J; NaN where there is none
 * @param sigmaJ its standard uncertainty in J; NaN where there is none
 * @param why why there is no figure; empty where there is one
 */
public record IntervalEnergy(String source, String entity, String scope, double energyJ, double sigmaJ, String why) {
    /** Times the standard uncertainty: half of a 95 % interval. */
    public static final double K95 = 1.96;

    /**
     * The 95 % interval in J. Nothing uses less than nothing: the lower end is cut at 0, unless the estimate itself, as
     * a difference of two, is below that and so says that one of them is wrong.
     */
    public static Interval interval95(double joules, double halfWidthJ) {
        Interval whole = Interval.around(joules, halfWidthJ);
        return joules < 0 ? whole : new Interval(Math.max(0, whole.low()), whole.high());
    }

    static IntervalEnergy known(Track track, double energyJ, double sigmaJ) {
        return new IntervalEnergy(
                track.source(), track.series().entity(), track.series().scope(), energyJ, sigmaJ, "");
    }

    static IntervalEnergy unknown(Track track, String why) {
        return new IntervalEnergy(
                track.source(), track.series().entity(), track.series().scope(), Double.NaN, Double.NaN, why);
    }

    /** Whether there is a figure. */
    public boolean isKnown() {
        return why.isEmpty();
    }

    /** Half of the 95 % interval in J. */
    public double halfWidthJ() {
        return K95 * sigmaJ;
    }
}
