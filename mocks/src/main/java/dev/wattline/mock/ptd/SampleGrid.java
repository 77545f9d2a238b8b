package dev.wattline.mock.ptd;

/**
 * The sampling clock of a measurement, in monotonic nanoseconds: tick k is at {@code start + k * interval}, without
 * drift; the sample read at tick k is delivered one read latency later. Observed to hold to 2 ms in 1690 recorded
 * sessions.
 */
record SampleGrid(long startNanos, long intervalNanos, long latencyNanos) {

    long tick(long k) {
        return startNanos + k * intervalNanos;
    }

    long deliveredAt(long k) {
        return tick(k) + latencyNanos;
    }

    /**
     * How many samples are kept if the measurement is stopped now: those whose tick has begun. It completes at the
     * tick of this number.
     */
    long samplesIfStoppedAt(long nanos) {
        return Math.floorDiv(nanos - startNanos, intervalNanos) + 1;
    }
}
