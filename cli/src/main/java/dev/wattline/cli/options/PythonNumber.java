package dev.wattline.cli.options;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers on a command line as Python's {@code int()} and {@code float()} read them. */
public final class PythonNumber {
    private static final Pattern SPECIAL = Pattern.compile("[+-]?(nan|inf|infinity)");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(\\d+(_\\d+)*(\\.(\\d+(_\\d+)*)?)?|\\.\\d+(_\\d+)*)([eE][+-]?\\d+(_\\d+)*)?");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+(_\\d+)*");

    private PythonNumber() {}

    /** A text is no such number. */
    public static final class NoNumberException extends TypeConversionException {
        private static final long serialVersionUID = 1;

        private final String expected;

        NoNumberException(String expected, String text) {
            super("expected " + expected + ", got '" + text + "'");
            this.expected = expected;
        }

        /** What was expected instead. */
        public String expected() {
            return expected;
        }
    }

    /** {@code int(text)} within the range of a Java int. */
    static final class Whole implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            String stripped = text.strip();
            if (WHOLE.matcher(stripped).matches()) {
                try {
                    return Integer.valueOf(stripped.replace("_", ""));
                } catch (NumberFormatException e) {
                    throw new NoNumberException("a smaller number", text);
                }
            }
            throw new NoNumberException("a whole number", text);
        }
    }

    /** {@code float(text)}. */
    public static final class Decimal implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            String stripped = text.strip();
            String lower = stripped.toLowerCase(Locale.ROOT);
            if (SPECIAL.matcher(lower).matches()) {
                double magnitude = lower.endsWith("nan") ? Double.NaN : Double.POSITIVE_INFINITY;
                return lower.startsWith("-") ? -magnitude : magnitude;
            }
            if (DECIMAL.matcher(stripped).matches()) {
                return Double.valueOf(stripped.replace("_", ""));
            }
            throw new NoNumberException("a number", text);
        }
    }
}
