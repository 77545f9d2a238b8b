package dev.wattline.sut.telemetry;

import dev.wattline.sut.telemetry.source.SourceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to collect telemetry.
 *
 * @param sources the sources' names, such as {@code nvidia-smi}, {@code rapl}, {@code command:plug}
 * @param program nvidia-smi, by name or path
 * @param interval between two rows of nvidia-smi; empty to let the cards' sensors decide
 * @param settings the user's settings of sources
 * @param required whether a source that cannot be used, or that fails, is a failure of the measurement
 */
public record TelemetryOptions(
        List<String> sources, String program, Optional<Duration> interval, SourceSettings settings, boolean required) {
    /** nvidia-smi from PATH, at the interval that its sensors ask for. */
    public static final TelemetryOptions DEFAULT = new TelemetryOptions("nvidia-smi", Optional.empty());

    public TelemetryOptions {
        sources = List.copyOf(sources);
        if (interval.isPresent() && interval.get().toMillis() < 1) {
            throw new IllegalArgumentException("the telemetry interval must be at least 1 ms, got "
                    + interval.get().toMillis() + " ms");
        }
        for (String source : sources) {
            if (!TelemetrySources.isKnown(source)) {
                throw new IllegalArgumentException("there is no telemetry source '" + source + "': expected some of "
                        + String.join(", ", TelemetrySources.names()) + ", command:NAME, file:NAME");
            }
        }
        if (sources.stream().distinct().count() < sources.size()) {
            throw new IllegalArgumentException("a telemetry source is named twice: " + String.join(",", sources));
        }
    }

    /** nvidia-smi alone. */
    public TelemetryOptions(String program, Optional<Duration> interval) {
        this(List.of("nvidia-smi"), program, interval, SourceSettings.none(), false);
    }
}
