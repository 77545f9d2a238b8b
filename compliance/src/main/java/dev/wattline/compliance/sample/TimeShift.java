package dev.wattline.compliance.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * By how much times are off if they were written in another time zone: a multiple of a quarter of an hour. Times are s since
 * the epoch.
 */
public final class TimeShift {
    private static final long STEP = 900; // time zones differ by multiples of it
    private static final long LARGEST = 26 * 3600; // from UTC-12 to UTC+14
    private static final long HOUR = 3600;
    private static final double LARGEST_ROOM = 0.25; // of a unit

    private TimeShift() {}

    /**
     * The shift that moves an interval into another one, if it is likely to be one of time zones: the recorded zone, with or
     * without daylight saving, an hour, or a multiple of a unit that is long against the room that the interval has to
     * move in. (The log of another run would fit into a long phase by chance.)
     *
     * @param zone what to add to local time for UTC, s, as the machine's summary records it; 0 if it does not
     * @return how far its times are behind, s; negative if ahead; empty if it lies inside already or no shift is likely
     */
    public static OptionalLong into(double begin, double end, double from, double to, long zone) {
        if (begin > from && end < to) {
            return OptionalLong.empty();
        }
        List<Long> likely = new ArrayList<>();
        if (zone != 0) {
            likely.addAll(List.of(zone, zone - HOUR, zone + HOUR));
        }
        likely.addAll(List.of(HOUR, -HOUR));
        double room = (to - from) - (end - begin);
        for (long unit : new long[] {HOUR, HOUR / 2, STEP}) {
            for (long shift = unit; shift <= LARGEST && room < unit * LARGEST_ROOM; shift += unit) {
                likely.addAll(List.of(shift, -shift));
            }
        }
        return likely.stream()
                .filter(shift -> shift != 0 && begin + shift > from && end + shift < to)
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /**
     * The shift between two times that should be the same.
     *
     * @param tolerance by how much they may differ besides, s
     * @return how far the first is behind the second, s; empty if it is no such shift, or none at all
     */
    public static OptionalLong between(double time, double right, double tolerance) {
        long shift = Math.round((right - time) / STEP) * STEP;
        return shift != 0 && Math.abs(shift) <= LARGEST && Math.abs(right - time - shift) <= tolerance
                ? OptionalLong.of(shift)
                : OptionalLong.empty();
    }

    /** The shift in words: {@code exactly 7 h behind}, {@code exactly 5 h 30 min ahead of}. */
    public static String words(long shift) {
        long minutes = Math.abs(shift) / 60;
        String length = minutes % 60 == 0
                ? minutes / 60 + " h"
                : minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
        return String.format(Locale.ROOT, "exactly %s %s", length, shift > 0 ? "behind" : "ahead of");
    }

    /**
     * What explains a shift, if something does.
     *
     * @param zone what to add to the machine's local time for UTC, s, as its summary records it
     */
    public static Optional<String> cause(long shift, long zone) {
        if (zone != 0 && shift == zone) {
            return Optional.of("the times are local time: the summary records the zone " + utc(zone));
        }
        if (zone != 0 && Math.abs(shift - zone) == HOUR) {
            return Optional.of("the times are local time with daylight saving: the summary records the zone "
                    + utc(zone) + " without it");
        }
        return Math.abs(shift) == HOUR ? Optional.of("an hour is what daylight saving makes") : Optional.empty();
    }

    private static String utc(long zone) {
        long minutes = Math.abs(zone) / 60;
        return "UTC" + (zone > 0 ? "-" : "+") + minutes / 60
                + (minutes % 60 == 0 ? "" : String.format(Locale.ROOT, ":%02d", minutes % 60));
    }
}
