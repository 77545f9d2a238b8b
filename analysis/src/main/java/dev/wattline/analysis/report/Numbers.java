package dev.wattline.analysis.report;

import dev.wattline.analysis.result.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as the report prints them: a stated number of digits, a true minus sign, a dash where there is no number. */
final class Numbers {
    /** What stands where there is no number. */
    static final String NONE = "–";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.S", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final double LEAST_PERCENT = 0.005;
    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;

    private Numbers() {}

    /** With this many digits that count, never with an exponent. */
    static String digits(double value, int digits) {
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

    /** With this many decimals. */
    static String fixed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return digits(value, 1);
        }
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return minus(text.matches("-0\\.?0*") ? text.substring(1) : text);
    }

    /** A number with its unit, without unit where there is no number. */
    static String with(String number, String unit) {
        return number.equals(NONE) ? NONE : number + " " + unit;
    }

    static String watts(double value) {
        return with(digits(value, 5), "W");
    }

    /** In J, kJ or MJ. */
    static String joules(double value) {
        double size = Math.abs(value);
        return size >= MEGA
                ? with(digits(value / MEGA, 5), "MJ")
                : size >= 10 * KILO ? with(digits(value / KILO, 5), "kJ") : with(digits(value, 5), "J");
    }

    /** With a decimal, two below 1 %; never a zero that is none. */
    static String percent(double value) {
        if (value != 0 && Math.abs(value) < LEAST_PERCENT) {
            return "< 0.01 %";
        }
        return with(fixed(value, Math.abs(value) < 1 ? 2 : 1), "%");
    }

    /** The same with a sign always. */
    static String signedPercent(double value) {
        return value >= LEAST_PERCENT ? "+" + percent(value) : percent(value);
    }

    static String seconds(double value) {
        return with(fixed(value, 1), "s");
    }

    /** As {@code 1 h 02 min}, {@code 12 min 05 s} or {@code 41.2 s}. */
    static String duration(double seconds) {
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

    /** Both ends with this many digits. */
    static String interval(Interval interval, int digits, String unit) {
        return interval.isKnown()
                ? digits(interval.low(), digits) + " … " + digits(interval.high(), digits)
                        + (unit.isEmpty() ? "" : " " + unit)
                : NONE;
    }

    /** Both ends in percent, signed. */
    static String signedInterval(Interval interval) {
        if (!interval.isKnown()) {
            return NONE;
        }
        return signedPercent(interval.low()).replace(" %", "") + " … " + signedPercent(interval.high());
    }

    /** Date and time of day. */
    static String stamp(Instant instant, String zone) {
        return STAMP.format(instant) + " " + zone;
    }

    static String clock(Instant instant) {
        return CLOCK.format(instant);
    }

    private static String minus(String number) {
        return number.replace('-', '−');
    }
}
