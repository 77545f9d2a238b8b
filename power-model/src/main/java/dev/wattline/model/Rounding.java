package dev.wattline.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as text with no more digits than their interval carries. All that is printed for a person beside an interval
 * goes through here.
 */
public final class Rounding {
    private static final int DIGITS_OF_WIDTH = 2;
    private static final int DIGITS_WITHOUT_WIDTH = 4;
    private static final int MOST_DIGITS = 6; // behind the point, or behind the zeros after it

    private Rounding() {}

    /**
     * The value with as many digits as leave two of the half-width, such as {@code 1501.2} for 1501.234 ± 2.7 and {@code
     * 25430} for 25431.7 ± 250; with four digits where the half-width is unknown. Never with an exponent, and zero has no
     * sign; {@code unknown} for what is no finite number.
     *
     * @param value the number
     * @param halfWidth half the width of its interval, in the same unit; NaN if unknown
     */
    public static String within(double value, double halfWidth) {
        if (!Double.isFinite(value)) {
            return "unknown";
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal rounded;
        if (halfWidth > 0 && Double.isFinite(halfWidth)) {
            int decimals = DIGITS_OF_WIDTH - 1 - (int) Math.floor(Math.log10(halfWidth));
            int zeros = Math.max(0, exact.scale() - exact.precision());
            rounded = exact.setScale(Math.min(MOST_DIGITS + zeros, decimals), RoundingMode.HALF_EVEN);
        } else {
            rounded = exact.round(new MathContext(DIGITS_WITHOUT_WIDTH, RoundingMode.HALF_EVEN));
        }
        return rounded.signum() == 0 && rounded.scale() < 0 ? "0" : rounded.toPlainString();
    }
}
