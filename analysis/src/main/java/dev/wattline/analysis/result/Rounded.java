package dev.wattline.analysis.result;

import dev.wattline.model.Rounding;

/** Numbers and their intervals as text for a terminal, with the digits of {@link Rounding}. */
public final class Rounded {
    private Rounded() {}

    /** A value beside its interval; {@code -} where the value is none. */
    public static String value(double value, Interval interval) {
        return text(value, interval.halfWidth());
    }

    /** The same with its sign, also a plus; zero has none. */
    public static String signed(double value, Interval interval) {
        String text = value(value, interval);
        return value > 0 && text.matches(".*[1-9].*") ? "+" + text : text;
    }

    /** Both ends, such as {@code 730.1 to 730.9}; {@code not known} where there is no interval. */
    public static String ends(Interval interval) {
        return interval.isKnown()
                ? value(interval.low(), interval) + " to " + value(interval.high(), interval)
                : "not known";
    }

    /** Both ends with their signs. */
    public static String signedEnds(Interval interval) {
        return interval.isKnown()
                ? signed(interval.low(), interval) + " to " + signed(interval.high(), interval)
                : "not known";
    }

    /** A half-width alone, with two digits that count. */
    public static String width(double halfWidth) {
        return text(halfWidth, halfWidth);
    }

    private static String text(double value, double halfWidth) {
        return Double.isFinite(value) ? Rounding.within(value, halfWidth) : "-";
    }
}
