package dev.wattline.sut.workload;

import java.time.Instant;

/**
 * What a run of the built-in workload did.
 *
 * @param beganAt wall time of the first sample's start
 * @param endedAt wall time of the last sample's end
 * @param seconds time between the two on the monotonic clock
 * @param queries LoadGen's query count: 1 for Offline, the number of samples for SingleStream
 * @param samples products computed
 * @param wrong products whose checked element was not what it should be
 */
public record WorkloadResult(
        WorkloadPlan plan, Instant beganAt, Instant endedAt, double seconds, long queries, long samples, long wrong) {

    /** Products a second. */
    public double samplesPerSecond() {
        return samples / seconds;
    }

    /** Floating-point operations a second, in units of 10^9, over the whole time, rests of the square wave included. */
    public double gigaflops() {
        return samples * Sgemm.flop(plan.size()) / seconds / 1e9;
    }

    /** Whether every checked product was right and the load lasted as long as asked. */
    public boolean isValid() {
        return wrong == 0 && minDurationMet();
    }

    boolean minDurationMet() {
        return seconds * 1000 >= plan.duration().toMillis();
    }
}
