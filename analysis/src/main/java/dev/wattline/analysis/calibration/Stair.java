package dev.wattline.analysis.calibration;

/**
 * A stretch of a calibration in which the load was of one kind.
 *
 * @param beginS begin in s since the grid's begin
 * @param endS end
 * @param gpu share of the GPUs' full load, 0 to 1; NaN where not known
 * @param cpu share of the processors' full load, 0 to 1; NaN where not known
 * @param holdOut whether it is kept back to test the model
 */
public record Stair(double beginS, double endS, double gpu, double cpu, boolean holdOut) {
    double seconds() {
        return endS - beginS;
    }

    boolean holds(double second) {
        return second >= beginS && second < endS;
    }
}
