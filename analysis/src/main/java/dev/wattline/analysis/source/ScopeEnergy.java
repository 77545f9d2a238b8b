package dev.wattline.analysis.source;

/**
 * The energy of all devices of one scope as one source saw it.
 *
 * @param scope what is inside
 * @param source such as {@code rapl}
 * @param kind {@code counter} or {@code sampled}
 * @param devices how many devices were added up
 * @param energyJ estimate in J; NaN where a device's is not known
 * @param sigmaJ its standard uncertainty in J
 * @param why why there is no figure; empty where there is one
 */
public record ScopeEnergy(
        String scope, String source, String kind, int devices, double energyJ, double sigmaJ, String why) {
    /** Whether there is a figure. */
    public boolean isKnown() {
        return why.isEmpty();
    }

    /** Half of the 95 % interval in J. */
    public double halfWidthJ() {
        return IntervalEnergy.K95 * sigmaJ;
    }
}
