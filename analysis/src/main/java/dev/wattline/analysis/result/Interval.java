package dev.wattline.analysis.result;

/**
 * A closed interval; in JSON the array {@code [low, high]}.
 *
 * @param low lower end, NaN where no interval can be given
 * @param high upper end, NaN where no interval can be given
 */
public record Interval(double low, double high) {
    /** No interval: the method gives none here. */
    public static final Interval NONE = new Interval(Double.NaN, Double.NaN);

    /** The interval that reaches this half-width to both sides of the centre. */
    public static Interval around(double centre, double halfWidth) {
        return new Interval(centre - halfWidth, centre + halfWidth);
    }

    /** Whether there is an interval at all. */
    public boolean isKnown() {
        return !Double.isNaN(low) && !Double.isNaN(high);
    }

    /** Whether the value lies inside, ends included; never for {@link #NONE}. */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    /** The middle, NaN for {@link #NONE}. */
    public double centre() {
        return (low + high) / 2;
    }

    /** Half of the width, NaN for {@link #NONE}. */
    public double halfWidth() {
        return (high - low) / 2;
    }

    /** The interval with both ends times a factor; a negative factor swaps them. */
    public Interval times(double factor) {
        return factor < 0 ? new Interval(high * factor, low * factor) : new Interval(low * factor, high * factor);
    }
}
