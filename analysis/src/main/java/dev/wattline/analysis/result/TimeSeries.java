package dev.wattline.analysis.result;

/** Values over UTC time, in order of time; immutable. */
public final class TimeSeries {
    private final long[] epochMs;
    private final double[] values;

    /** The series of these points; the arrays are copied and must be of one length. */
    public TimeSeries(long[] epochMs, double[] values) {
        if (epochMs.length != values.length) {
            throw new IllegalArgumentException(epochMs.length + " times but " + values.length + " values");
        }
        this.epochMs = epochMs.clone();
        this.values = values.clone();
    }

    public int size() {
        return epochMs.length;
    }

    /** Time in ms since the epoch, UTC. */
    public long epochMs(int index) {
        return epochMs[index];
    }

    /** The value there; NaN where there is none. */
    public double value(int index) {
        return values[index];
    }
}
