package dev.wattline.report.page;

import dev.wattline.analysis.result.Interval;
import dev.wattline.model.Rounding;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as the report prints them: a stated number of digits, a true minus sign, a dash where there is no number. */
public final class Numbers {
    /** What stands where there is no number. */
    public static final String NONE = "–";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.S", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int UNKNOWN_DIGITS = 4;
    private static final double LEAST_PERCENT = 0.005;
    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;

    private Numbers() {}

    /** With this many digits that count, never with an exponent. */
    public static String digits(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? NONE : value > 0 ? "∞" : "−∞";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int decimals = Math.max(0, digits - 1 - (rounded.precision() - rounded.scale() - 1));
        return minus(rounded.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString());
    }

    /** With the digits of {@link Rounding}. */
    public static String within(double value, double halfWidth) {
        return Double.isFinite(value) ? minus(Rounding.within(value, halfWidth)) : digits(value, 1);
    }

    /** With the digits that an interval of it can bear. */
    public static String within(double value, Interval interval) {
        return within(value, interval.halfWidth());
    }

    /** Both ends with the digits that the interval itself can bear; {@code at least} or {@code at most} where it has one. */
    public static String ends(Interval interval, String unit) {
        if (!interval.isKnown()) {
            return NONE;
        }
        String text = Double.isInfinite(interval.high())
                ? "at least " + within(interval.low(), Double.NaN)
                : Double.isInfinite(interval.low())
                        ? "at most " + within(interval.high(), Double.NaN)
                        : within(interval.low(), interval) + " … " + within(interval.high(), interval);
        return unit.isEmpty() ? text : text + " " + unit;
    }

    /** With four digits at most, and none that says nothing, as {@code 100} or {@code 16.67}: for what a maker states. */
    public static String nominal(double value) {
        String text = digits(value, UNKNOWN_DIGITS);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    /** With this many decimals. */
    public static String fixed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return digits(value, 1);
        }
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return minus(text.matches("-0\\.?0*") ? text.substring(1) : text);
    }

    /** A number with its unit, without unit where there is no number. */
    public static String with(String number, String unit) {
        return number.equals(NONE) ? NONE : number + " " + unit;
    }

    /** In W, with four digits. */
    public static String watts(double value) {
        return watts(value, Interval.NONE);
    }

    /** In W, with the digits that its interval can bear; four where there is none. */
    public static String watts(double value, Interval interval) {
        return with(within(value, interval), "W");
    }

    /** In J, kJ or MJ, with the digits that its interval can bear; four where there is none. */
    public static String joules(double value, Interval interval) {
        double scale = scale(value);
        return with(within(value / scale, interval.halfWidth() / scale), unit(scale));
    }

    /** Both ends in J, kJ or MJ, with the digits that the interval itself can bear. */
    public static String joules(Interval interval) {
        double scale = scale(Math.max(Math.abs(interval.low()), Math.abs(interval.high())));
        return ends(interval.times(1 / scale), unit(scale));
    }

    private static double scale(double joules) {
        double size = Math.abs(joules);
        return size >= MEGA ? MEGA : size >= 10 * KILO ? KILO : 1;
    }

    private static String unit(double scale) {
        return scale == MEGA ? "MJ" : scale == KILO ? "kJ" : "J";
    }

    /** With a decimal, two below 1 %; never a zero that is none. */
    public static String percent(double value) {
        if (value != 0 && Math.abs(value) < LEAST_PERCENT) {
            return "< 0.01 %";
        }
        return with(fixed(value, Math.abs(value) < 1 ? 2 : 1), "%");
    }

    /** A half-width in percent: two digits, never a zero that is none. */
    public static String halfWidthPercent(double value) {
        return value > 0 && value < LEAST_PERCENT ? "< 0.01 %" : with(within(value, value), "%");
    }

    /** As {@link #percent}, with a sign always. */
    public static String signedPercent(double value) {
        return value >= LEAST_PERCENT ? "+" + percent(value) : percent(value);
    }

    /** In percent with a sign always, and the digits that its interval can bear. */
    public static String signedPercent(double value, Interval interval) {
        String text = within(value, interval);
        return with(value > 0 && text.matches(".*[1-9].*") ? "+" + text : text, "%");
    }

    public static String seconds(double value) {
        return with(fixed(value, 1), "s");
    }

    /** As {@code 1 h 02 min}, {@code 12 min 05 s} or {@code 41.2 s}. */
    public static String duration(double seconds) {
        if (Double.isNaN(seconds)) {
            return NONE;
        }
        if (seconds < 120) {
            return seconds(seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    /** Both ends in percent, signed. */
    public static String signedInterval(Interval interval) {
        if (!interval.isKnown()) {
            return NONE;
        }
        return signedPercent(interval.low(), interval).replace(" %", "") + " … "
                + signedPercent(interval.high(), interval);
    }

    /** Date and time of day. */
    public static String stamp(Instant instant, String zone) {
        return STAMP.format(instant) + " " + zone;
    }

    public static String clock(Instant instant) {
        return CLOCK.format(instant);
    }

    private static String minus(String number) {
        return number.replace('-', '−');
    }
}
