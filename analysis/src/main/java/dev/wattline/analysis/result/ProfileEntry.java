package dev.wattline.analysis.result;

/**
 * A line of the power profile.
 *
 * @param quantity what it is, such as {@code idle wall power}
 * @param value its value; NaN where it could not be given
 * @param bounds its bounds
 * @param unit its unit
 * @param confidence {@code High}, {@code Medium} or {@code Low}
 * @param source where it comes from
 */
public record ProfileEntry(
        String quantity, double value, Interval bounds, String unit, String confidence, String source) {}
