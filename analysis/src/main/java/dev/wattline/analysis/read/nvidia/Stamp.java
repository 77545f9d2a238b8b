package dev.wattline.analysis.read.nvidia;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Time stamps {@code 2023/07/08 19:28:27.236}, local and without zone. All but seconds are cached, since millions of rows
 * share them.
 */
final class Stamp {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MINUTE_LENGTH = 17;
    private static final long BROKEN = Long.MIN_VALUE;

    private long first = 0; // the bytes of the cached minute: 0 is no text
    private long second = 0;
    private long minuteMs;

    /** Local time in ms since the epoch as if it were UTC; {@link #isBroken} if no stamp fills this range of bytes. */
    long parse(byte[] b, int from, int to) {
        if (to - from < MINUTE_LENGTH + 2) {
            return BROKEN;
        }
        long head = (long) LONGS.get(b, from);
        long tail = (long) LONGS.get(b, from + 8);
        if (head != first || tail != second) {
            if (!minute(b, from)) {
                first = 0;
                return BROKEN;
            }
            first = head;
            second = tail;
        }
        int p = from + MINUTE_LENGTH;
        int tens = b[p] - '0';
        int ones = b[p + 1] - '0';
        if (b[p - 1] != ':' || (tens | ones) < 0 || tens > 6 || ones > 9) {
            return BROKEN;
        }
        int fraction = fraction(b, p + 2, to);
        return fraction < 0 ? BROKEN : minuteMs + (tens * 10 + ones) * 1_000L + fraction;
    }

    static boolean isBroken(long ms) {
        return ms == BROKEN;
    }

    /** Milliseconds behind the point, 0 without one, -1 if something else stands there. */
    private static int fraction(byte[] b, int from, int to) {
        if (from == to) {
            return 0;
        }
        if (b[from] != '.' || to - from < 2) {
            return -1;
        }
        int value = 0;
        int weight = 100;
        for (int p = from + 1; p < to; p++) {
            int digit = b[p] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value += digit * weight;
            weight /= 10;
        }
        return value;
    }

    private boolean minute(byte[] b, int p) {
        byte separator = b[p + 4];
        boolean shaped = (separator == '/' || separator == '-')
                && b[p + 7] == separator
                && (b[p + 10] == ' ' || b[p + 10] == 'T')
                && b[p + 13] == ':';
        int year = digits(b, p, 4);
        int month = digits(b, p + 5, 2);
        int day = digits(b, p + 8, 2);
        int hour = digits(b, p + 11, 2);
        int minute = digits(b, p + 14, 2);
        if (!shaped || (year | month | day | hour | minute) < 0) {
            return false;
        }
        try {
            minuteMs = LocalDateTime.of(year, month, day, hour, minute).toEpochSecond(ZoneOffset.UTC) * 1_000L;
            return true;
        } catch (DateTimeException e) {
            return false; // digits where they belong, but no date: the row is counted as malformed
        }
    }

    private static int digits(byte[] b, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
