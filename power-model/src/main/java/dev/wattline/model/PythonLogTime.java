package dev.wattline.model;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Time stamps as Python's {@code logging} prints them, which both of the reference's logs bear: {@code YYYY-MM-DD
 * hh:mm:ss,mmm}, local time, cut to the millisecond. Digit by digit, since the runner writes some beside the workload,
 * where a {@code DateTimeFormatter} takes ten times the processor time.
 */
public final class PythonLogTime {
    private static final int LENGTH = 23;

    private PythonLogTime() {}

    /** The time stamp of an instant in this zone. */
    public static String format(Instant at, ZoneId zone) {
        LocalDateTime t = LocalDateTime.ofInstant(at, zone);
        StringBuilder out = new StringBuilder(LENGTH);
        Digits.pad(out, t.getYear(), 4).append('-');
        Digits.pad(out, t.getMonthValue(), 2).append('-');
        Digits.pad(out, t.getDayOfMonth(), 2).append(' ');
        Digits.pad(out, t.getHour(), 2).append(':');
        Digits.pad(out, t.getMinute(), 2).append(':');
        Digits.pad(out, t.getSecond(), 2).append(',');
        return Digits.pad(out, t.getNano() / 1_000_000, 3).toString();
    }
}
