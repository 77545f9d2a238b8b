package dev.wattline.analysis.powerlog;

import dev.wattline.analysis.series.PowerSeries;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a log says of one device, such as a GPU or a node: a series for each power field, and the course of utilisation,
 * memory and clock. For one thread while it is filled.
 */
public final class DeviceLog {
    /** In the place of a power reading: the cell held no number. */
    public static final int MISSING = Integer.MIN_VALUE;

    /** nvidia-smi's fields of power, the one that sees most of the time first. */
    public static final List<String> MOST_SEEN_FIRST =
            List.of("power.draw.average", "power.draw", "power.draw.instant");

    private final String key;
    private final byte[] keyBytes;
    private final String name;
    private final int index;
    private final List<String> fields;
    private final PowerSeries[] series;
    private final int[] changes;
    private final SecondMeans utilisation = new SecondMeans();
    private final SecondMeans memory = new SecondMeans();
    private final SecondMeans clock = new SecondMeans();
    private final SecondMeans temperature = new SecondMeans();
    private final int[] last;
    private double limitW = Double.NaN;
    private long lastMs = Long.MIN_VALUE;
    private long duplicates;
    private long sameTime;
    private long outOfOrder;

    /**
     * @param key what tells the device from others in the log; empty where nothing does
     * @param name the card's name, empty if not known
     * @param index its index, -1 if not known
     * @param fields the power fields
     */
    public DeviceLog(String key, String name, int index, List<String> fields) {
        this.key = key;
        this.keyBytes = key.getBytes(StandardCharsets.UTF_8);
        this.name = name;
        this.index = index;
        this.fields = fields;
        this.series = new PowerSeries[fields.size()];
        Arrays.setAll(series, i -> new PowerSeries());
        this.changes = new int[series.length];
        this.last = new int[series.length];
        Arrays.fill(last, MISSING);
    }

    /** Whether the cell at this offset is this device's key. */
    public boolean hasKeyAt(byte[] bytes, int from, int to) {
        return to - from == keyBytes.length && Arrays.equals(bytes, from, to, keyBytes, 0, keyBytes.length);
    }

    /** Length of the key in bytes of UTF-8. */
    public int keyLength() {
        return keyBytes.length;
    }

    /**
     * Takes a row's readings in mW; {@link #MISSING} where a cell has none.
     *
     * @return whether the time is near enough to the first row's to be held
     */
    public boolean add(long ms, int[] milliwatts) {
        if (ms == lastMs) {
            if (Arrays.equals(milliwatts, last)) {
                duplicates++;
                return true;
            }
            sameTime++;
        } else if (ms < lastMs) {
            outOfOrder++;
        }
        for (int i = 0; i < series.length; i++) {
            int value = milliwatts[i];
            if (value == MISSING) {
                continue;
            }
            PowerSeries target = series[i];
            int previous = last[i];
            if (ms == lastMs && previous != MISSING) {
                target.replaceLast(value);
            } else if (target.canHold(ms)) {
                target.add(ms, value);
            } else {
                return false;
            }
            if (value != previous && previous != MISSING) {
                changes[i]++;
            }
        }
        if (ms == lastMs) {
            for (int i = 0; i < last.length; i++) {
                last[i] = milliwatts[i] == MISSING ? last[i] : milliwatts[i];
            }
        } else {
            System.arraycopy(milliwatts, 0, last, 0, last.length);
        }
        lastMs = ms;
        return true;
    }

    /** Brings rows that came out of order into it. */
    public void finish() {
        if (outOfOrder == 0) {
            return;
        }
        for (int i = 0; i < series.length; i++) {
            if (!series[i].isEmpty()) {
                int[] dropped = series[i].sort();
                if (i == 0) {
                    duplicates += dropped[0];
                    sameTime += dropped[1];
                }
                changes[i] = 0;
                for (int k = 1; k < series[i].size(); k++) {
                    changes[i] += series[i].milliwatts(k) == series[i].milliwatts(k - 1) ? 0 : 1;
                }
            }
        }
    }

    /** Moves everything in time, such as from local time to UTC. */
    public void shift(long ms) {
        for (PowerSeries one : series) {
            one.shift(ms);
        }
        for (SecondMeans means : List.of(utilisation, memory, clock, temperature)) {
            means.shift(ms);
        }
    }

    /** UUID, bus id or index; empty where the log tells no GPUs apart. */
    public String key() {
        return key;
    }

    /** The card's name; empty where the log has none. */
    public String name() {
        return name;
    }

    /** The index; -1 where the log has none. */
    public int index() {
        return index;
    }

    /** The power fields that were read. */
    public List<String> fields() {
        return new ArrayList<>(fields);
    }

    /** The readings of a field; null if the log has no such field, or no number in it. */
    public @Nullable PowerSeries series(String field) {
        int i = fields.indexOf(field);
        return i < 0 || series[i].isEmpty() ? null : series[i];
    }

    /** How often the reading of a field changed. */
    public int changes(String field) {
        int i = fields.indexOf(field);
        return i < 0 ? 0 : changes[i];
    }

    /** Utilisation in percent. */
    public SecondMeans utilisation() {
        return utilisation;
    }

    /** Memory used in MiB. */
    public SecondMeans memory() {
        return memory;
    }

    /** Takes the card's power limit in W as a row has it; NaN is none. */
    public void limit(double watts) {
        if (watts > 0 && !(watts <= limitW)) {
            limitW = watts;
        }
    }

    /** The highest power limit in W that the log has of the card; NaN where it has none. */
    public double limitW() {
        return limitW;
    }

    /** SM clock in MHz. */
    public SecondMeans clock() {
        return clock;
    }

    /** The GPU's temperature in degrees Celsius. */
    public SecondMeans temperature() {
        return temperature;
    }

    public long duplicates() {
        return duplicates;
    }

    public long sameTime() {
        return sameTime;
    }

    public long outOfOrder() {
        return outOfOrder;
    }
}
