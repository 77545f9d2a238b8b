package dev.wattline.model;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * PTDaemon's time stamps, {@code MM-dd-yyyy HH:mm:ss.SSS}, always 23 characters, read as UTC: Wattline starts PTDaemon
 * with {@code TZ=UTC}, as the reference does since round v1.1.
 */
public final class PtdTime {
    /** Length of a time stamp in characters. */
    public static final int LENGTH = 23;

    private static final String SHAPE = "dd-dd-dddd dd:dd:dd.ddd";

    private PtdTime() {}

    /** Whether a time stamp stands at this offset of the text, by its shape alone. */
    public static boolean isAt(CharSequence text, int offset) {
        if (text.length() - offset < LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char expected = SHAPE.charAt(i);
            char c = text.charAt(offset + i);
            if (expected == 'd' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        return true;
    }

    /**
     * The instant of the time stamp at this offset.
     *
     * @throws IllegalArgumentException if none stands there, or if it is no date
     */
    public static Instant parse(CharSequence text, int offset) {
        if (!isAt(text, offset)) {
            throw new IllegalArgumentException("expected a time stamp MM-DD-YYYY hh:mm:ss.mmm at offset " + offset);
        }
        try {
            return LocalDateTime.of(
                            number(text, offset + 6, 4),
                            number(text, offset, 2),
                            number(text, offset + 3, 2),
                            number(text, offset + 11, 2),
                            number(text, offset + 14, 2),
                            number(text, offset + 17, 2),
                            number(text, offset + 20, 3) * 1_000_000)
                    .toInstant(ZoneOffset.UTC);
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("not a date: " + text.subSequence(offset, offset + LENGTH), e);
        }
    }

    /** The time stamp of an instant, cut (not rounded) to the millisecond. */
    public static String format(Instant at) {
        LocalDateTime t = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        StringBuilder out = new StringBuilder(LENGTH);
        pad(out, t.getMonthValue(), 2).append('-');
        pad(out, t.getDayOfMonth(), 2).append('-');
        pad(out, t.getYear(), 4).append(' ');
        pad(out, t.getHour(), 2).append(':');
        pad(out, t.getMinute(), 2).append(':');
        pad(out, t.getSecond(), 2).append('.');
        pad(out, t.getNano() / 1_000_000, 3);
        return out.toString();
    }

    private static int number(CharSequence text, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    private static StringBuilder pad(StringBuilder out, int value, int width) {
        String digits = Integer.toString(value);
        for (int i = digits.length(); i < width; i++) {
            out.append('0');
        }
        return out.append(digits);
    }
}
