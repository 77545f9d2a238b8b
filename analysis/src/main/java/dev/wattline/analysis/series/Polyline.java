package dev.wattline.analysis.series;

import java.util.Arrays;

/**
 * Power over time, linear between points, with its integral at any time; immutable. Times are in ms since the epoch as
 * doubles, exact to 0.0003 ms.
 */
public final class Polyline {
    private final double[] timesMs;
    private final double[] watts;
    private final double[] joules; // from the first point
    private final Holes holes;

    /** The line through these points; times must rise. The arrays are kept, not copied. */
    public Polyline(double[] timesMs, double[] watts) {
        this(timesMs, watts, Holes.NONE);
    }

    Polyline(double[] timesMs, double[] watts, Holes holes) {
        this.holes = holes;
        this.timesMs = timesMs;
        this.watts = watts;
        this.joules = new double[timesMs.length];
        for (int i = 1; i < timesMs.length; i++) {
            joules[i] = joules[i - 1] + (watts[i] + watts[i - 1]) * 0.5e-3 * (timesMs[i] - timesMs[i - 1]);
        }
    }

    /** The line through the readings of a series, all times moved by this many ms. */
    public static Polyline of(PowerSeries series, double moveMs) {
        double[] t = new double[series.size()];
        double[] w = new double[t.length];
        for (int i = 0; i < t.length; i++) {
            t[i] = series.timeMs(i) + moveMs;
            w[i] = series.watts(i);
        }
        return new Polyline(t, w);
    }

    /** The same line later by this many ms. */
    public Polyline movedBy(double ms) {
        return new Polyline(Arrays.stream(timesMs).map(t -> t + ms).toArray(), watts, holes.movedBy(ms));
    }

    public int size() {
        return timesMs.length;
    }

    public double timeMs(int index) {
        return timesMs[index];
    }

    public double watts(int index) {
        return watts[index];
    }

    public double firstMs() {
        return timesMs[0];
    }

    public double lastMs() {
        return timesMs[timesMs.length - 1];
    }

    /** Whether readings cover the time between these two in ms: not beyond the ends, and no hole of the log reaches into it. */
    public boolean isCovered(double fromMs, double toMs) {
        return fromMs >= firstMs() && toMs <= lastMs() && !holes.reachInto(fromMs, toMs);
    }

    /** Index of the first point at or after this time; the size if there is none. */
    public int indexAtOrAfter(double epochMs) {
        int found = Arrays.binarySearch(timesMs, epochMs);
        return found >= 0 ? found : -found - 1;
    }

    /** Energy in J from the first point to this time; the power of an end holds beyond it. */
    public double energyTo(double epochMs) {
        int next = indexAtOrAfter(epochMs);
        if (next == 0) {
            return (epochMs - timesMs[0]) * watts[0] * 1e-3;
        }
        double dt = epochMs - timesMs[next - 1];
        if (next == timesMs.length) {
            return joules[next - 1] + dt * watts[next - 1] * 1e-3;
        }
        double slope = (watts[next] - watts[next - 1]) / (timesMs[next] - timesMs[next - 1]);
        return joules[next - 1] + dt * (watts[next - 1] + 0.5 * slope * dt) * 1e-3;
    }

    /** Energy in J between two times in ms. */
    public double energy(double fromMs, double toMs) {
        return energyTo(toMs) - energyTo(fromMs);
    }

    /** Mean power in W between two times in ms. */
    public double mean(double fromMs, double toMs) {
        return energy(fromMs, toMs) / (toMs - fromMs) * 1e3;
    }
}
