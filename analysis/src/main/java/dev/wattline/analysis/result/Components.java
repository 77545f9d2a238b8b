package dev.wattline.analysis.result;

/**
 * The parts of a 95 % half-width, each in percent of the mean power.
 *
 * @param coveragePct unseen time between the windows
 * @param edgePct the ends of the interval
 * @param floorPct structure inside a window
 * @param quantPct rounding of the readings
 * @param lagPct uncertainty of the clock's lag at the steps beside the interval
 * @param gainPct gain of the card
 * @param offsetPct offset of the card
 */
public record Components(
        double coveragePct,
        double edgePct,
        double floorPct,
        double quantPct,
        double lagPct,
        double gainPct,
        double offsetPct) {
    /** No components: no interval could be given. */
    public static final Components NONE =
            new Components(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
