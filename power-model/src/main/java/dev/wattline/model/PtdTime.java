package dev.wattline.model;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import java.time.ZoneOffset;

/**
 * PTDaemon's time stamps, {@code MM-dd-yyyy HH:mm:ss.SSS}, always 23 characters, read as UTC: Wattline starts PTDaemon
 * with {@code TZ=UTC}, as the reference does since round v1.1.
 */
public final class PtdTime {
    /** Length of a time stamp in characters. */
    public static final int LENGTH = 23;

    /** Stands for the time of a text that has none. */
    public static final long NONE = Long.MIN_VALUE;

    private static final int ALWAYS_A_DAY = 28; // any month has it

    private static final String SEPARATOR = ": "; // between a stamp and the message of a line on PTDaemon's output

    private PtdTime() {}

    /** Whether a time stamp stands at this offset of the text, by its shape alone. */
    public static boolean isAt(CharSequence text, int offset) {
        return separated(text, offset)
                && (number(text, offset, 2)
                                | number(text, offset + 3, 2)
                                | number(text, offset + 6, 4)
                                | number(text, offset + 11, 2)
                                | number(text, offset + 14, 2)
                                | number(text, offset + 17, 2)
                                | number(text, offset + 20, 3))
                        >= 0;
    }

    private static boolean separated(CharSequence text, int offset) {
        return text.length() - offset >= LENGTH
                && text.charAt(offset + 2) == '-'
                && text.charAt(offset + 5) == '-'
                && text.charAt(offset + 10) == ' '
                && text.charAt(offset + 13) == ':'
                && text.charAt(offset + 16) == ':'
                && text.charAt(offset + 19) == '.';
    }

    /** What a line on PTDaemon's output says behind its time stamp; the whole line if it has none. */
    public static String message(String line) {
        return isAt(line, 0) && line.startsWith(SEPARATOR, LENGTH) ? line.substring(LENGTH + SEPARATOR.length()) : line;
    }

    /**
     * The instant of the time stamp at this offset.
     *
     * @throws IllegalArgumentException if none stands there, or if it is no date
     */
    public static Instant parse(CharSequence text, int offset) {
        return Instant.ofEpochMilli(epochMillis(text, offset));
    }

    /**
     * The milliseconds since the epoch of the time stamp at this offset.
     *
     * @throws IllegalArgumentException if none stands there, or if it is no date
     */
    public static long epochMillis(CharSequence text, int offset) {
        long millis = epochMillisIfAny(text, offset);
        if (millis == NONE) {
            throw new IllegalArgumentException("expected a time stamp MM-DD-YYYY hh:mm:ss.mmm at offset " + offset);
        }
        return millis;
    }

    /**
     * The milliseconds since the epoch of the time stamp at this offset, {@link #NONE} if none stands there.
     *
     * @throws IllegalArgumentException if one does that is no date
     */
    public static long epochMillisIfAny(CharSequence text, int offset) {
        if (!separated(text, offset)) {
            return NONE;
        }
        int month = number(text, offset, 2);
        int day = number(text, offset + 3, 2);
        int year = number(text, offset + 6, 4);
        int hour = number(text, offset + 11, 2);
        int minute = number(text, offset + 14, 2);
        int second = number(text, offset + 17, 2);
        int milli = number(text, offset + 20, 3);
        if ((month | day | year | hour | minute | second | milli) < 0) {
            return NONE;
        }
        if (!isDay(year, month, day) || hour > 23 || minute > 59 || second > 59) {
            throw new IllegalArgumentException("not a date: " + text.subSequence(offset, offset + LENGTH));
        }
        long seconds = epochDay(year, month, day) * 86_400 + hour * 3_600L + minute * 60L + second;
        return seconds * 1_000 + milli;
    }

    private static boolean isDay(int year, int month, int day) {
        return day >= 1
                && month >= 1
                && month <= 12
                && (day <= ALWAYS_A_DAY || day <= Month.of(month).length(Year.isLeap(year)));
    }

    /** Days since the epoch in the Gregorian calendar; {@code LocalDate} would cost an object for each of many rows. */
    private static long epochDay(int year, int month, int day) {
        int fromMarch = month <= 2 ? year - 1 : year; // a year from March has its leap day at its end
        int dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        long century = Math.floorDiv(fromMarch, 100);
        long leapDays = Math.floorDiv(fromMarch, 4) - century + Math.floorDiv(century, 4);
        return fromMarch * 365L + leapDays + dayOfYear - 719_468;
    }

    /** The time stamp of an instant, cut (not rounded) to the millisecond. */
    public static String format(Instant at) {
        LocalDateTime t = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        StringBuilder out = new StringBuilder(LENGTH);
        Digits.pad(out, t.getMonthValue(), 2).append('-');
        Digits.pad(out, t.getDayOfMonth(), 2).append('-');
        Digits.pad(out, t.getYear(), 4).append(' ');
        Digits.pad(out, t.getHour(), 2).append(':');
        Digits.pad(out, t.getMinute(), 2).append(':');
        Digits.pad(out, t.getSecond(), 2).append('.');
        Digits.pad(out, t.getNano() / 1_000_000, 3);
        return out.toString();
    }

    /** The number of so many digits; negative if one of them is none. */
    private static int number(CharSequence text, int from, int digits) {
        int value = 0;
        int others = 0; // negative as soon as a character is no digit
        for (int i = from; i < from + digits; i++) {
            int digit = text.charAt(i) - '0';
            others |= digit | (9 - digit);
            value = value * 10 + digit;
        }
        return others < 0 ? -1 : value;
    }
}
