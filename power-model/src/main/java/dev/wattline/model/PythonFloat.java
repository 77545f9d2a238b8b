package dev.wattline.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating point numbers as Python prints them with {@code str}: the shortest digits that read back as the same number,
 * plain between 1e-4 and 1e16, else with an exponent of at least two digits. The reference's replies, commands and
 * summaries hold numbers in this form, and the official checker compares some of them as text. (The JDK's own
 * {@code Double.toString} differs in form, and before JDK 19 it is not always the shortest.)
 */
public final class PythonFloat {
    private PythonFloat() {}

    /** The number as Python's {@code repr} and {@code str} give it, such as {@code 0.33085800000000004} or {@code 1e-05}. */
    public static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= 16) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
            return sign + digits.charAt(0) + fraction + "e" + power;
        }
        String plain = shortest.toPlainString();
        return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }

    private static BigDecimal shortest(double positive) {
        BigDecimal exact = new BigDecimal(positive);
        // Any decimal of at most 15 digits survives the way through a normal double, so a shorter one shows up among
        // them; subnormal numbers have fewer digits to begin with.
        for (int precision = positive < Double.MIN_NORMAL ? 1 : 15; precision < 17; precision++) {
            BigDecimal rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == positive) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }
}
