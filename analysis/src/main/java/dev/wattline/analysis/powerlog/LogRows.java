package dev.wattline.analysis.powerlog;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows that a reader of text finds into a {@link PowerLog}. A counter's readings become the mean power since
 * the one before; where it wraps around, that is taken out, and where it starts anew, the time in between is a hole. For
 * one thread.
 */
public final class LogRows {
    private static final int EXAMPLES = 5;
    private static final int REASONS = 30;
    private static final int MAX_SHOWN = 80;
    private static final double MAX_WATTS = 2_000_000;
    private static final double[] WRAPS_J = {4294967.296, 4294.967296, 262143.328850, 65532.610987};
    private static final double NEAR_WRAP = 0.9; // of a wrap's size, for a counter that goes back to have wrapped

    private final LogInput input;
    private final List<String> fields;
    private final Set<String> counters;
    private final StampConverter converter;
    private final Map<String, DeviceLog> devices = new LinkedHashMap<>();
    private final Map<String, Count[]> counts = new HashMap<>();
    private final Map<String, Long> missing = new TreeMap<>();
    private final Map<String, Long> missingFrom = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long rows;
    private long malformed;
    private long resets;
    private @Nullable Boolean zoned; // whether the log's times have zones; null before the first

    /** A counter's last reading. */
    private static final class Count {
        private double joules = Double.NaN;
        private long ms;
    }

    /**
     * @param fields the power fields that are to be read, in the order of a row's values
     * @param counters those of them that are counters, whose values are in J and not in W
     */
    public LogRows(LogInput input, List<String> fields, Set<String> counters) {
        this.input = input;
        this.fields = fields;
        this.counters = counters;
        ZoneId zone = input.options().zone();
        this.converter = new StampConverter(zone);
    }

    /**
     * One row of a device.
     *
     * @param key what tells the device from others; empty for the only one
     * @param name the card's name, empty if not known
     * @param index the device's index, -1 if not known
     * @param values W, or J of a counter, a value a field; NaN where there is none
     * @param utilisation in percent, NaN if not known
     * @param memory MiB used, NaN if not known
     * @param clock MHz, NaN if not known
     */
    @SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
    public record Row(
            String key, String name, int index, double[] values, double utilisation, double memory, double clock) {
        /** A row of power alone. */
        public static Row of(String key, String name, int index, double... values) {
            return new Row(key, name, index, values, Double.NaN, Double.NaN, Double.NaN);
        }
    }

    /** Takes a row; {@code line} is its text and {@code number} its number, for what is said of it if it is not taken. */
    public void add(long number, String line, TimeText.@Nullable Time time, Row row) {
        if (time == null) {
            reject(number, line, "no time");
            return;
        }
        if (zoned == null) {
            zoned = time.zoned();
        } else if (zoned != time.zoned()) {
            reject(number, line, zoned ? "a time without zone among others with one" : "a time with a zone");
            return;
        }
        long ms = time.zoned() ? time.ms() : converter.convert(time.ms());
        DeviceLog device =
                devices.computeIfAbsent(row.key(), key -> new DeviceLog(key, row.name(), row.index(), fields));
        int[] milliwatts = new int[fields.size()];
        Arrays.fill(milliwatts, DeviceLog.MISSING);
        for (int i = 0; i < milliwatts.length; i++) {
            double watts = counters.contains(fields.get(i)) ? power(row, i, ms) : row.values()[i];
            if (watts >= 0 && watts <= MAX_WATTS) {
                milliwatts[i] = (int) Math.round(watts * 1e3);
            }
        }
        if (!device.add(ms, milliwatts)) {
            reject(number, line, "a time too far from the first row's");
            return;
        }
        rows++;
        course(device.utilisation(), ms, row.utilisation());
        course(device.memory(), ms, row.memory());
        course(device.clock(), ms, row.clock());
    }

    private static void course(SecondMeans means, long ms, double value) {
        if (!Double.isNaN(value)) {
            means.add(ms, value);
        }
    }

    /** Mean power in W since the counter's reading before; NaN for the first, and after a restart of the counter. */
    private double power(Row row, int field, long ms) {
        double joules = row.values()[field];
        Count[] all = counts.computeIfAbsent(row.key(), key -> new Count[fields.size()]);
        if (all[field] == null) {
            all[field] = new Count();
        }
        Count last = all[field];
        double watts = Double.NaN;
        if (Double.isNaN(joules)) {
            return watts;
        }
        if (!Double.isNaN(last.joules) && ms > last.ms) {
            double used = joules - last.joules;
            if (used < 0) {
                used = unwrapped(used, last.joules);
                resets += used < 0 ? 1 : 0;
            }
            watts = used / ((ms - last.ms) / 1e3);
        }
        last.joules = joules;
        last.ms = ms;
        return watts;
    }

    /** The energy used where a counter went back: by one of the sizes that counters wrap at, if it was near it. */
    private static double unwrapped(double used, double before) {
        for (double wrap : WRAPS_J) {
            if (before > NEAR_WRAP * wrap && before <= wrap * 1.000001) {
                return used + wrap;
            }
        }
        return used;
    }

    /** Counts a power cell without a number by its text. */
    public void missing(long number, String cell) {
        String text = cell.isBlank() ? "(empty)" : shown(cell.strip());
        String counted = missing.containsKey(text) || missing.size() < REASONS ? text : "(other)";
        missing.merge(counted, 1L, Long::sum);
        missingFrom.putIfAbsent(counted, number);
    }

    /** Counts a line that is no row of the log. */
    public void reject(long number, String line, String reason) {
        malformed++;
        if (examples.size() < EXAMPLES) {
            examples.add("line " + number + ": " + reason + ": '" + shown(line.strip()) + "'");
        }
    }

    private static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= MAX_SHOWN ? printable : printable.substring(0, MAX_SHOWN) + "...";
    }

    /** Adds a sentence that a user is to know of how the log was read. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    /** Whether any row was taken. */
    public boolean isEmpty() {
        return rows == 0;
    }

    /** The log of what was collected. */
    public PowerLog finish(String form, Scope scope, long bytes) {
        if (resets > 0) {
            notes.add("The energy counter started anew " + resets + " times: the time around each is a hole.");
        }
        boolean own = Boolean.TRUE.equals(zoned);
        if (own && input.options().zone() != null) {
            notes.add("The log's times have a zone of their own, or count from 1970: the zone given is not used.");
        }
        long duplicates = 0;
        long sameTime = 0;
        long outOfOrder = 0;
        for (DeviceLog device : devices.values()) {
            device.finish();
            duplicates += device.duplicates();
            sameTime += device.sameTime();
            outOfOrder += device.outOfOrder();
        }
        return new PowerLog(
                new PowerLog.Origin(form, scope, counters, notes, bytes),
                List.copyOf(devices.values()),
                fields,
                new PowerLog.Counts(
                        rows,
                        malformed,
                        List.copyOf(examples),
                        new TreeMap<>(missing),
                        new TreeMap<>(missingFrom),
                        duplicates,
                        sameTime,
                        outOfOrder),
                new PowerLog.Clock(
                        own || input.options().zone() != null, own, !own && converter.ambiguous(), converter.folds()));
    }
}
