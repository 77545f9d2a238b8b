package dev.wattline.analysis.phases;

import dev.wattline.analysis.stats.Stats;
import java.util.Arrays;

/**
 * The run on one time axis, as phases are sought in it: a point an interval, NaN where a signal is not known.
 */
public final class Course {
    private final double[] startsMs;
    private final double[] endsMs;
    private final double[] wallW;
    private final double[] gpuW;
    private final double[] utilisation;
    private final double[] memory;

    /** The arrays are kept, not copied: none of them may change any more. */
    public Course(
            double[] startsMs, double[] endsMs, double[] wallW, double[] gpuW, double[] utilisation, double[] memory) {
        this.startsMs = startsMs;
        this.endsMs = endsMs;
        this.wallW = wallW;
        this.gpuW = gpuW;
        this.utilisation = utilisation;
        this.memory = memory;
    }

    /** Begin of each interval in ms since the epoch. */
    public double[] startsMs() {
        return startsMs;
    }

    /** End of each interval. */
    public double[] endsMs() {
        return endsMs;
    }

    /** Analyzer's power in W. */
    public double[] wallW() {
        return wallW;
    }

    /** Sum of the GPUs' power in W as reported, lag and window taken out. */
    public double[] gpuW() {
        return gpuW;
    }

    /** Mean utilisation of the GPUs in percent. */
    public double[] utilisation() {
        return utilisation;
    }

    /** Mean memory used in MiB. */
    public double[] memory() {
        return memory;
    }

    public int size() {
        return startsMs.length;
    }

    /** Whether a signal has values nearly everywhere. */
    static boolean isKnown(double[] signal) {
        long known = Arrays.stream(signal).filter(value -> !Double.isNaN(value)).count();
        return known > 0.8 * signal.length;
    }

    /** The signal that says what the GPUs do: theirs if it is known, else the analyzer's. */
    double[] leading() {
        return isKnown(gpuW) ? gpuW : wallW;
    }

    /** The other one, to tell the GPUs' doing from the rest of the machine's. */
    boolean hasGpu() {
        return isKnown(gpuW);
    }

    /** First position whose interval ends after this time. */
    int indexAt(double epochMs) {
        int i = 0;
        while (i < endsMs.length && endsMs[i] <= epochMs) {
            i++;
        }
        return i;
    }

    static double mean(double[] signal, int from, int to) {
        double[] known = Arrays.stream(signal, from, to)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        return Stats.mean(known);
    }

    /** A signal with its holes filled from the left, for methods that cannot do with holes. */
    static double[] filled(double[] signal) {
        double[] filled = signal.clone();
        double last = Arrays.stream(signal)
                .filter(value -> !Double.isNaN(value))
                .findFirst()
                .orElse(0);
        for (int i = 0; i < filled.length; i++) {
            last = Double.isNaN(filled[i]) ? last : filled[i];
            filled[i] = last;
        }
        return filled;
    }
}
