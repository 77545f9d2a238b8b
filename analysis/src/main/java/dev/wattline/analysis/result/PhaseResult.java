package dev.wattline.analysis.result;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One phase of the run, seen by the analyzer and by the sum of the GPUs.
 *
 * @param name {@code idle}, {@code launch}, {@code load}, {@code warm-up}, {@code steady}, {@code cleanup},
 *     {@code active}, {@code transition} or {@code unknown}; a given phase keeps its own name
 * @param start begin, UTC
 * @param end end, UTC
 * @param source {@code given} (file), {@code loadgen} (power window) or {@code detected}
 * @param confidence {@code High}, {@code Medium} or {@code Low}
 * @param evidence why it has this name
 * @param wallMeanW analyzer's mean power in W; NaN for a transition or without analyzer
 * @param wallCi95W 95 % interval of that mean, by the analyzer's seconds that the phase's ends cut
 * @param wallEnergyJ analyzer's energy in J inside the phase, as far as its log covers it
 * @param wallEnergyCi95J 95 % interval of that energy; over {@code wallCoveredS} it is {@code wallCi95W}
 * @param wallCoveredS seconds of the phase that the analyzer's log covers
 * @param gpu the sum of the GPUs; null without telemetry
 * @param rampUpWps slope of the rise of wall power (or, without analyzer, of the GPUs' sum) into the phase in W/s, a
 *     lower bound of the true one; NaN where there is none
 * @param rampDownWps slope of the fall out of it in W/s, negative; NaN where there is none
 * @param gpuCorrelation median pairwise correlation of the GPUs inside; NaN where not computed
 */
public record PhaseResult(
        String name,
        Instant start,
        Instant end,
        String source,
        String confidence,
        String evidence,
        double wallMeanW,
        Interval wallCi95W,
        double wallEnergyJ,
        Interval wallEnergyCi95J,
        double wallCoveredS,
        @Nullable GpuPhase gpu,
        double rampUpWps,
        double rampDownWps,
        double gpuCorrelation) {
    /** Length in s. */
    public double seconds() {
        return (end.toEpochMilli() - start.toEpochMilli()) / 1e3;
    }
}
