package dev.wattline.analysis.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Power readings of one sensor in the order of time, eight bytes each: ms since the first reading and mW. A day at 100 Hz
 * takes 69 MB. It spans at most 24 days. Not safe for use by several threads while it is filled.
 */
public final class PowerSeries {
    private static final int SHIFT = 13;
    private static final int CHUNK = 1 << SHIFT;
    private static final int MASK = CHUNK - 1;

    private final List<int[]> times = new ArrayList<>();
    private final List<int[]> values = new ArrayList<>();
    private int[] lastTimes = new int[0];
    private int[] lastValues = new int[0];
    private int used = CHUNK; // entries in the last chunk
    private long baseMs;
    private long shiftMs;

    /** Whether a reading at this time can still be held, whose offset to the first takes 31 bits. */
    public boolean canHold(long epochMs) {
        long offset = epochMs - baseMs;
        return isEmpty() || offset == (int) offset;
    }

    /** Adds a reading; times may only rise unless {@link #sort} follows. */
    public void add(long epochMs, int milliwatts) {
        if (used == CHUNK) {
            if (times.isEmpty()) {
                baseMs = epochMs;
            }
            lastTimes = new int[CHUNK];
            lastValues = new int[CHUNK];
            times.add(lastTimes);
            values.add(lastValues);
            used = 0;
        }
        lastTimes[used] = (int) (epochMs - baseMs);
        lastValues[used++] = milliwatts;
    }

    /** Puts another value in the place of the last one. */
    public void replaceLast(int milliwatts) {
        lastValues[used - 1] = milliwatts;
    }

    public boolean isEmpty() {
        return times.isEmpty();
    }

    public int size() {
        return times.isEmpty() ? 0 : (times.size() - 1) * CHUNK + used;
    }

    /** Moves all readings in time, such as from local time to UTC. */
    public void shift(long ms) {
        shiftMs += ms;
    }

    /** Time of a reading in ms since the epoch. */
    public long timeMs(int index) {
        return baseMs + shiftMs + times.get(index >>> SHIFT)[index & MASK];
    }

    /** A reading in mW, as exact as the log had it. */
    public int milliwatts(int index) {
        return values.get(index >>> SHIFT)[index & MASK];
    }

    /** A reading in W. */
    public double watts(int index) {
        return milliwatts(index) / 1e3;
    }

    public double firstMs() {
        return timeMs(0);
    }

    public double lastMs() {
        return timeMs(size() - 1);
    }

    /** Index of the first reading at or after this time; the size if there is none. */
    public int indexAtOrAfter(double epochMs) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (timeMs(middle) < epochMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Sorts by time, stable, and of several readings at one time keeps the last.
     *
     * @return how many readings fell away: first those equal to their successor in time and value, then the others
     */
    public int[] sort() {
        int n = size();
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            // Time above, position below: sorting the keys is a stable sort by time.
            keys[i] = ((long) times.get(i >>> SHIFT)[i & MASK] << 32) | i;
        }
        Arrays.sort(keys);
        int[] sortedValues = new int[n];
        for (int i = 0; i < n; i++) {
            sortedValues[i] = milliwatts((int) keys[i]);
        }
        long base = baseMs;
        times.clear();
        values.clear();
        used = CHUNK;
        int[] dropped = new int[2];
        for (int i = 0; i < n; i++) {
            if (i + 1 < n && keys[i] >> 32 == keys[i + 1] >> 32) {
                dropped[sortedValues[i] == sortedValues[i + 1] ? 0 : 1]++;
            } else {
                add(base + (keys[i] >> 32), sortedValues[i]);
            }
        }
        return dropped;
    }

    /** Whether readings are whole watts, judged by the first thousand. */
    public boolean isWholeWatts() {
        int n = Math.min(size(), 1000);
        for (int i = 0; i < n; i++) {
            if (milliwatts(i) % 1000 != 0) {
                return false;
            }
        }
        return true;
    }

    /** Leaves out the readings at positions that are not to be kept. */
    public void keep(IntPredicate kept) {
        int n = size();
        int first = 0;
        while (first < n && kept.test(first)) {
            first++;
        }
        if (first == n) {
            return;
        }
        PowerSeries copy = new PowerSeries();
        for (int i = 0; i < n; i++) {
            if (kept.test(i)) {
                copy.add(timeMs(i) - shiftMs, milliwatts(i));
            }
        }
        times.clear();
        times.addAll(copy.times);
        values.clear();
        values.addAll(copy.values);
        lastTimes = copy.lastTimes;
        lastValues = copy.lastValues;
        used = copy.used;
        baseMs = copy.baseMs;
    }

    /**
     * Energy in J from the first reading to each of these times, linear between readings, held before the first and
     * after the last. The times are in ms and must rise. Takes time linear in both.
     */
    public double[] energyAt(double[] epochMs) {
        double[] energy = new double[epochMs.length];
        int n = size();
        int next = 1; // first reading after the time in question
        double sum = 0; // up to reading next - 1
        for (int k = 0; k < epochMs.length; k++) {
            double t = epochMs[k];
            while (next < n && timeMs(next) <= t) {
                sum += (watts(next) + watts(next - 1)) * 0.5 * (timeMs(next) - timeMs(next - 1));
                next++;
            }
            double dt = t - timeMs(next - 1);
            energy[k] = (sum + (next < n && dt >= 0 ? partial(next, dt) : dt * watts(next - 1))) / 1e3;
        }
        return energy;
    }

    private double partial(int next, double dt) {
        double from = watts(next - 1);
        double span = timeMs(next) - timeMs(next - 1);
        return dt * (from + 0.5 * (watts(next) - from) * dt / span);
    }

    /** Power in W at each of these rising times in ms, linear between readings, NaN outside of the log. */
    public double[] powerAt(double[] epochMs) {
        double[] power = new double[epochMs.length];
        int n = size();
        int next = 1;
        for (int k = 0; k < epochMs.length; k++) {
            double t = epochMs[k];
            while (next < n && timeMs(next) <= t) {
                next++;
            }
            double dt = t - timeMs(next - 1);
            if (dt < 0 || (next == n && dt > 0)) {
                power[k] = Double.NaN;
            } else if (next == n) {
                power[k] = watts(n - 1);
            } else {
                double share = dt / (timeMs(next) - timeMs(next - 1));
                power[k] = watts(next - 1) + share * (watts(next) - watts(next - 1));
            }
        }
        return power;
    }
}
