package dev.wattline.compliance.python;

import dev.wattline.model.PlainDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Python's numbers: integers of any size, floats, and {@code bool}, which is an integer too. */
public final class PyNumbers {
    private static final int MAX_DIGITS = 4300; // of an integer in text, Python's own limit

    private PyNumbers() {}

    /** Whether arithmetic works on the value. */
    public static boolean isNumber(Object value) {
        return value instanceof Double || isInteger(value);
    }

    private static boolean isInteger(Object value) {
        return value instanceof Long || value instanceof BigInteger || value instanceof Boolean;
    }

    private static BigInteger integer(Object value) {
        if (value instanceof BigInteger big) {
            return big;
        }
        if (value instanceof Boolean truth) {
            return truth ? BigInteger.ONE : BigInteger.ZERO;
        }
        return BigInteger.valueOf((Long) value);
    }

    /** {@code float(value)} of a number. */
    public static double toFloat(Object value) {
        if (value instanceof Double number) {
            return number;
        }
        if (isInteger(value)) {
            double number = integer(value).doubleValue();
            if (Double.isInfinite(number)) {
                throw new PyError("number-bad", "the integer is too large for a float");
            }
            return number;
        }
        throw notANumber(value);
    }

    private static PyError notANumber(Object value) {
        return new PyError("field-type", "a number was expected, but there is " + PyValues.kind(value));
    }

    /** {@code abs(a - b)}, an integer of two integers. */
    public static Object distance(Object a, Object b) {
        if (isInteger(a) && isInteger(b)) {
            return integer(a).subtract(integer(b)).abs();
        }
        return Math.abs(toFloat(a) - toFloat(b));
    }

    /** {@code a * factor}. */
    public static Object times(Object a, long factor) {
        return isInteger(a) ? integer(a).multiply(BigInteger.valueOf(factor)) : (Object) (toFloat(a) * factor);
    }

    /** {@code a < b}; integers and floats compare by their exact values. */
    public static boolean less(Object a, Object b) {
        if (!isNumber(a) || !isNumber(b)) {
            throw notANumber(isNumber(a) ? b : a);
        }
        return !isNan(a) && !isNan(b) && compare(a, b) < 0;
    }

    static boolean equal(Object a, Object b) {
        return !isNan(a) && !isNan(b) && compare(a, b) == 0;
    }

    private static boolean isNan(Object value) {
        return value instanceof Double number && number.isNaN();
    }

    private static int compare(Object a, Object b) {
        if (a instanceof Double left && b instanceof Double right) {
            return left < right ? -1 : left > right ? 1 : 0;
        }
        if (a instanceof Double left && left.isInfinite()) {
            return left > 0 ? 1 : -1;
        }
        if (b instanceof Double right && right.isInfinite()) {
            return right > 0 ? -1 : 1;
        }
        return exact(a).compareTo(exact(b));
    }

    private static BigDecimal exact(Object value) {
        return value instanceof Double number ? new BigDecimal(number) : new BigDecimal(integer(value));
    }

    /** {@code round(value, digits)}: to the nearest, of the number's exact value, ties to even. */
    public static double round(double value, int digits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        double rounded =
                new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
        return rounded == 0 ? Math.copySign(0.0, value) : rounded;
    }

    /** {@code float(text)}. */
    public static double parseFloat(String text) {
        double plain = PlainDecimal.parse(text, 0, text.length());
        if (!Double.isNaN(plain)) {
            return plain;
        }
        String number = decimal(text);
        String unsigned = number.startsWith("+") || number.startsWith("-") ? number.substring(1) : number;
        double sign = number.startsWith("-") ? -1 : 1;
        String lower = unsigned.toLowerCase(java.util.Locale.ROOT);
        if (lower.equals("nan")) {
            return Double.NaN;
        }
        if (lower.equals("inf") || lower.equals("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        if (!FloatShape.PATTERN.matcher(unsigned).matches()) {
            throw new PyError("number-bad", "'" + text + "' is no number");
        }
        return sign * Double.parseDouble(unsigned.replace("_", ""));
    }

    /** Blanks stripped and digits of other scripts made ASCII, as {@code float} and {@code int} do before they parse. */
    private static String decimal(String text) {
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (!ascii && c < 0x10000 && PySpace.isSpace((char) c)) {
                out.append(' ');
            } else if (c < 0x80) {
                out.appendCodePoint(c);
            } else {
                int digit = Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER ? Character.digit(c, 10) : -1;
                out.append(digit < 0 ? "?" : Integer.toString(digit));
            }
        });
        int from = 0;
        int to = out.length();
        while (from < to && isCSpace(out.charAt(from))) {
            from++;
        }
        while (to > from && isCSpace(out.charAt(to - 1))) {
            to--;
        }
        return out.substring(from, to);
    }

    private static boolean isCSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** {@code int(text, base)} for base 10 or 16. */
    public static BigInteger parseInt(String text, int base) {
        String number = decimal(text);
        boolean negative = number.startsWith("-");
        String digits = negative || number.startsWith("+") ? number.substring(1) : number;
        if (base == 16 && digits.regionMatches(true, 0, "0x", 0, 2)) {
            digits = digits.substring(2);
            digits = digits.startsWith("_") ? digits.substring(1) : digits;
        }
        boolean wellFormed = !digits.isEmpty()
                && !digits.startsWith("_")
                && !digits.endsWith("_")
                && !digits.contains("__")
                && digits.chars().allMatch(c -> c == '_' || (c < 0x80 && Character.digit(c, base) >= 0));
        if (!wellFormed) {
            throw new PyError("number-bad", "'" + text + "' is no integer");
        }
        digits = digits.replace("_", "");
        if (base == 10 && digits.length() > MAX_DIGITS) {
            throw new PyError("number-bad", "the integer has more than " + MAX_DIGITS + " digits");
        }
        BigInteger value = new BigInteger(digits, base);
        return negative ? value.negate() : value;
    }

    /** {@code int(value)} of any value. */
    public static BigInteger toInt(Object value) {
        if (value instanceof String text) {
            return parseInt(text, 10);
        }
        if (value instanceof Double number) {
            if (number.isNaN() || number.isInfinite()) {
                throw new PyError("number-bad", "the number is no finite one");
            }
            return new BigDecimal(number).toBigInteger();
        }
        if (isInteger(value)) {
            return integer(value);
        }
        throw notANumber(value);
    }

    /** The form of {@code float}'s argument, a single underscore allowed between digits; apart, so that few load it. */
    private static final class FloatShape {
        static final String DIGITS = "[0-9](?:_?[0-9])*";
        static final Pattern PATTERN = Pattern.compile(
                "(?:" + DIGITS + "(?:\\.(?:" + DIGITS + ")?)?|\\." + DIGITS + ")(?:[eE][-+]?" + DIGITS + ")?");
    }
}
