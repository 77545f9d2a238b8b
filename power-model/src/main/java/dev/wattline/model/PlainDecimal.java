package dev.wattline.model;

/**
 * Numbers as PTDaemon prints them, such as {@code -37.480000}, read without an object each: a session has thousands of
 * rows with up to sixteen numbers. The result is the same, to the last bit, as that of {@link Double#parseDouble}.
 */
public final class PlainDecimal {
    /** Digits that a double holds exactly, and so does the power of ten that they are divided by. */
    private static final int MAX_DIGITS = 15;

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private PlainDecimal() {}

    /**
     * The number that stands between two offsets of a text: a minus sign or none, digits, at most one point with digits on
     * either side or both. NaN for every other form and for more than 15 digits: parse those in the general way.
     */
    public static double parse(String text, int from, int to) {
        boolean negative = from < to && text.charAt(from) == '-';
        long mantissa = 0;
        int digits = 0;
        int decimals = -1; // none before the point
        for (int i = negative ? from + 1 : from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                mantissa = mantissa * 10 + (c - '0');
                digits++;
                decimals = decimals < 0 ? decimals : decimals + 1;
                if (digits > MAX_DIGITS) {
                    return Double.NaN;
                }
            } else if (c == '.' && decimals < 0) {
                decimals = 0;
            } else {
                return Double.NaN;
            }
        }
        if (digits == 0) {
            return Double.NaN;
        }
        // Both are exact, so the quotient is rounded once, as the standard asks of a conversion.
        double value = mantissa / POWERS[Math.max(decimals, 0)];
        return negative ? -value : value;
    }
}
