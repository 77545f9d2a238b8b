package dev.wattline.analysis.result;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code sampling-error.json}. A number that the method does not give is NaN here and {@code null}
 * there, with the reason beside it or among the warnings.
 *
 * @param schema {@code gpu-sampling/1}
 * @param inputs what was analysed
 * @param windowStart begin of the window that the headline figures cover, UTC; null without any data
 * @param windowEnd end of it
 * @param windowSource {@code loadgen}, {@code given}, {@code detected} (the steady phase) or {@code log} (all of it)
 * @param clock the clocks
 * @param quality the nvidia-smi log's quality
 * @param gpus each GPU; empty without telemetry
 * @param phases each phase, over all GPUs
 * @param wall the analyzer; null without its log
 * @param alias the worst periodic load
 * @param correlation the GPUs among each other; null for fewer than two
 * @param reps repetitions needed
 * @param error the error of nvidia-smi
 * @param subsampling other polling rates
 * @param profile the power profile
 * @param warnings what a reader must know
 */
public record SamplingError(
        String schema,
        Inputs inputs,
        @Nullable Instant windowStart,
        @Nullable Instant windowEnd,
        String windowSource,
        ClockResult clock,
        Quality quality,
        List<GpuResult> gpus,
        List<PhaseResult> phases,
        @Nullable WallResult wall,
        AliasResult alias,
        @Nullable CorrelationResult correlation,
        Repetitions reps,
        ErrorResult error,
        List<SubSampling> subsampling,
        List<ProfileEntry> profile,
        List<String> warnings) {
    /** The schema's name and version. */
    public static final String SCHEMA = "gpu-sampling/1";

    /** Whether the times are UTC: an nvidia-smi log alone, whose zone nobody told, has local ones. */
    public boolean timesAreUtc() {
        return wall != null || clock.tzOffsetMin() != null;
    }
}
