package dev.wattline.analysis.sensor;

import dev.wattline.analysis.result.Interval;

/**
 * Window, delay, gain and offset of a sensor, fitted against a faster meter.
 *
 * @param windowMs W in ms
 * @param windowCiMs profile interval of W at 95 % on the search grid, in ms
 * @param delayMs d in ms, against the middles between polls
 * @param gain g
 * @param gainSigma standard uncertainty of it, from the regression
 * @param offsetW o in W
 * @param offsetSigmaW standard uncertainty of it in W
 * @param r2 share of the variance explained
 * @param rmseW residual RMS in W
 * @param updates updates used
 * @param accepted whether the sensor follows the model at all
 * @param windowIdentifiable whether W is known to better than 40 %
 * @param reason why not accepted or not identifiable
 */
public record WindowFit(
        double windowMs,
        Interval windowCiMs,
        double delayMs,
        double gain,
        double gainSigma,
        double offsetW,
        double offsetSigmaW,
        double r2,
        double rmseW,
        int updates,
        boolean accepted,
        boolean windowIdentifiable,
        String reason) {

    static WindowFit none(String reason) {
        double nan = Double.NaN;
        return new WindowFit(nan, Interval.NONE, nan, nan, nan, nan, nan, nan, nan, 0, false, false, reason);
    }
}
