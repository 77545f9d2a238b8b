package dev.wattline.analysis.result;

/**
 * The sensor model that was used for one GPU and power field.
 *
 * @param periodMs update period T in ms, NaN where unknown
 * @param windowMs averaging window W in ms, NaN where unknown
 * @param coverage share of the time that is seen, min(1, W/D), D the larger of T and the poll interval; NaN where unknown
 * @param source {@code detected}, {@code table} or {@code user}; {@code unknown} where only bounds could be used
 * @param r concentration of the change times on multiples of T, 0...1; NaN where none was computed
 * @param identifiable whether T follows from the samples alone
 * @param detectedPeriodMs T as the samples gave it, even where polls are too slow to rely on it; NaN where they show none
 * @param periodSigmaMs standard uncertainty of it in ms, NaN where not given
 * @param changes how often the reading changed
 * @param reason why something is not identifiable, and what was taken instead
 */
public record SensorResult(
        double periodMs,
        double windowMs,
        double coverage,
        String source,
        double r,
        boolean identifiable,
        double detectedPeriodMs,
        double periodSigmaMs,
        int changes,
        String reason) {}
