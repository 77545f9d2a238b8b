package dev.wattline.compliance.facts;

/**
 * A stretch of time, both ends excluded.
 *
 * @param beginMicros microseconds since the epoch
 * @param endMicros microseconds since the epoch
 */
public record Window(long beginMicros, long endMicros) {
    private static final double MICROS = 1e6;

    /** Its length in s. */
    public double seconds() {
        return (endMicros - beginMicros) / MICROS;
    }

    /** Its beginning in s since the epoch. */
    public double begin() {
        return beginMicros / MICROS;
    }

    /** Its end in s since the epoch. */
    public double end() {
        return endMicros / MICROS;
    }

    /** Whether a time, in microseconds since the epoch, lies strictly inside. */
    public boolean holds(long micros) {
        return micros > beginMicros && micros < endMicros;
    }

    /** The same on a clock that is this many seconds ahead. */
    public Window shifted(double seconds) {
        long micros = Math.round(seconds * MICROS);
        return new Window(beginMicros + micros, endMicros + micros);
    }
}
