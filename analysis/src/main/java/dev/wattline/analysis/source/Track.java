package dev.wattline.analysis.source;

import dev.wattline.files.TelemetryMeta.Series;
import java.util.Arrays;

/**
 * The readings of one series in the order in which they were taken. For one thread while it is filled.
 */
final class Track {
    private static final int FIRST_SIZE = 64;

    private final Series series;
    private final String source;
    private double[] seconds = new double[FIRST_SIZE];
    private double[] values = new double[FIRST_SIZE];
    private double utcLessS;
    private int size;
    private int missing;

    Track(String source, Series series) {
        this.source = source;
        this.series = series;
    }

    /** @param atS when it was taken, in s of the runner's monotonic clock */
    void add(double atS, double value) {
        if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        seconds[size] = atS;
        values[size] = value;
        size++;
    }

    /** Says what the machine's clock shows, in s since 1970, at a moment of its monotonic clock. */
    void clock(double utcS, double monotonicS) {
        utcLessS = utcS - monotonicS;
    }

    /** When a reading was taken, in s since 1970 by the machine's clock as it was at the first reading. */
    double utc(int i) {
        return seconds[i] + utcLessS;
    }

    /** What the machine's clock, in s since 1970, showed more than its monotonic clock at the first reading. */
    double utcLessS() {
        return utcLessS;
    }

    void addMissing() {
        missing++;
    }

    Series series() {
        return series;
    }

    String source() {
        return source;
    }

    int size() {
        return size;
    }

    int missing() {
        return missing;
    }

    double seconds(int i) {
        return seconds[i];
    }

    double value(int i) {
        return values[i];
    }
}
