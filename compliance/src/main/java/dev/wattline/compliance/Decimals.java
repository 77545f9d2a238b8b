package dev.wattline.compliance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers for messages, with a point and without grouping. {@code String.format} does the same, but loading what it needs
 * takes longer than a whole check.
 */
public final class Decimals {
    private Decimals() {}

    /** A number with so many decimals, such as {@code 0.350}; {@code unknown} for what is no finite number. */
    public static String fixed(double value, int decimals) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "unknown";
        }
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** A share as a percentage with so many decimals, such as {@code 0.350 %}. */
    public static String percent(double share, int decimals) {
        return fixed(share * 100, decimals) + " %";
    }

    /** A number with so many significant digits, such as {@code 1844.48}. */
    public static String significant(double value, int digits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "unknown";
        }
        return new BigDecimal(value)
                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .toPlainString();
    }
}
