package dev.wattline.analysis.calibration;

/**
 * How a model did on the part of its session that it had not seen.
 *
 * @param seconds the part's length
 * @param errorPct mean of predicted less measured, in percent of measured
 * @param halfWidthPct half of the 95 % interval of that without what differs between days, in percent
 * @param why why the model is refused; empty where it holds
 */
public record HoldOut(double seconds, double errorPct, double halfWidthPct, String why) {
    /** Whether the model holds. */
    public boolean passed() {
        return why.isEmpty();
    }
}
