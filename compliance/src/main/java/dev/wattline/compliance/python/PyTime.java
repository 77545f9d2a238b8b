package dev.wattline.compliance.python;

import dev.wattline.model.PtdTime;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as the official checker reads them: {@code strptime} with {@code %m-%d-%Y %H:%M:%S.%f}, taken as UTC. They are
 * microseconds since the epoch here and float seconds where Python has a float.
 */
public final class PyTime {
    private static final int LENGTH = PtdTime.LENGTH; // of the form that PTDaemon and LoadGen write
    private static final long MICROS = 1_000_000;
    private static final long EXACT = 1L << 53;
    private static final long YEAR_1 = -62_135_596_800L;
    private static final long YEAR_10000 = 253_402_300_800L;

    /** strptime's own expression for the format; digits and blanks may be of any script. */
    private static final class Lenient {
        private static final String DIGIT = "\\p{Nd}";
        private static final String SPACE =
                "[\\s\\x1c-\\x1f\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
        static final Pattern FORM = Pattern.compile("(1[0-2]|0[1-9]|[1-9])-(3[0-1]|[1-2]" + DIGIT
                + "|0[1-9]|[1-9]| [1-9])-(" + DIGIT + "{4})" + SPACE + "+(2[0-3]|[0-1]" + DIGIT + "|" + DIGIT
                + "):([0-5]" + DIGIT + "|" + DIGIT + "):(6[0-1]|[0-5]" + DIGIT + "|" + DIGIT + ")\\.([0-9]{1,6})");
    }

    private PyTime() {}

    /**
     * The microseconds since the epoch that a text stands for.
     *
     * @throws PyError if it is no time in this format
     */
    public static long parse(String text) {
        return parse(text, 0, text.length());
    }

    /**
     * The microseconds since the epoch that a part of a text stands for.
     *
     * @throws PyError if it is no time in this format
     */
    public static long parse(String text, int from, int to) {
        long millis = to - from == LENGTH ? usual(text, from) : PtdTime.NONE;
        return millis == PtdTime.NONE ? unusual(text.substring(from, to)) : millis * 1000;
    }

    private static long usual(String text, int at) {
        try {
            long millis = PtdTime.epochMillisIfAny(text, at);
            if (millis != PtdTime.NONE && text.startsWith("0000", at + 6)) {
                throw noTime(text.substring(at, at + LENGTH)); // Python's calendar begins with year 1
            }
            return millis;
        } catch (IllegalArgumentException e) {
            throw noTime(text.substring(at, at + LENGTH));
        }
    }

    private static long unusual(String text) {
        Matcher form = Lenient.FORM.matcher(text);
        if (!form.lookingAt() || form.end() != text.length()) {
            throw noTime(text);
        }
        String fraction = (form.group(7) + "00000").substring(0, 6);
        return micros(
                text,
                digits(form.group(3)),
                digits(form.group(1)),
                digits(PySpace.strip(form.group(2))),
                digits(form.group(4)),
                digits(form.group(5)),
                digits(form.group(6)),
                digits(fraction));
    }

    private static int digits(String text) {
        int value = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            value = value * 10 + Character.digit(c, 10);
        }
        return value;
    }

    private static long micros(
            String text, int year, int month, int day, int hour, int minute, int second, int microsecond) {
        try {
            if (year < 1) {
                throw noTime(text);
            }
            return LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC) * MICROS
                    + microsecond;
        } catch (DateTimeException e) {
            throw noTime(text);
        }
    }

    private static PyError noTime(String text) {
        return new PyError("time-bad", "'" + text + "' is no time of the form MM-DD-YYYY hh:mm:ss.ffffff");
    }

    /** The float seconds of an instant, the quotient rounded once. */
    public static double seconds(long micros) {
        if (Math.abs(micros) < EXACT) {
            return (double) micros / MICROS;
        }
        return BigDecimal.valueOf(micros, 6).doubleValue();
    }

    /**
     * The instant of float seconds, to the nearest microsecond, ties to even.
     *
     * @throws PyError if Python's calendar does not reach there
     */
    public static long micros(double seconds) {
        double whole = seconds < 0 ? Math.ceil(seconds) : Math.floor(seconds);
        double fraction = Math.rint((seconds - whole) * MICROS);
        if (!(whole >= YEAR_1 && whole < YEAR_10000)) {
            throw new PyError("time-bad", "the time lies outside the years 1 to 9999");
        }
        return ((long) whole) * MICROS + (long) fraction;
    }
}
