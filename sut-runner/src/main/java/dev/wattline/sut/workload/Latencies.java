package dev.wattline.sut.workload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Arrays;

/** Latencies in nanoseconds, all of them kept: eight bytes a sample. Safe for use by several threads. */
final class Latencies {
    @GuardedBy("this")
    private long[] values = new long[1024];

    @GuardedBy("this")
    private int count;

    synchronized void add(long nanos) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count + count / 2);
        }
        values[count++] = nanos;
    }

    /** The figures that LoadGen reports. */
    synchronized Statistics statistics() {
        if (count == 0) {
            throw new IllegalStateException("no sample was finished");
        }
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        double sum = 0;
        for (long value : sorted) {
            sum += value;
        }
        return new Statistics(sorted, Math.round(sum / count));
    }

    /** Sorted latencies in nanoseconds and their mean. */
    static final class Statistics {
        private final long[] sorted;
        private final long mean;

        private Statistics(long[] sorted, long mean) {
            this.sorted = sorted;
            this.mean = mean;
        }

        long count() {
            return sorted.length;
        }

        long min() {
            return sorted[0];
        }

        long max() {
            return sorted[sorted.length - 1];
        }

        long mean() {
            return mean;
        }

        /** The value at the rank that LoadGen takes: the element at count times fraction, cut, from below. */
        long percentile(double percent) {
            return sorted[(int) Math.min(sorted.length - 1, (long) (sorted.length * percent / 100.0))];
        }
    }
}
