package dev.wattline.sut.telemetry;

import java.time.Duration;
import java.util.Optional;

/**
 * How to collect telemetry.
 *
 * @param program nvidia-smi, by name or path
 * @param interval between two rows; empty to let the cards' sensors decide
 */
public record TelemetryOptions(String program, Optional<Duration> interval) {
    /** nvidia-smi from PATH, at the interval that its sensors ask for. */
    public static final TelemetryOptions DEFAULT = new TelemetryOptions("nvidia-smi", Optional.empty());

    public TelemetryOptions {
        if (interval.isPresent() && interval.get().toMillis() < 1) {
            throw new IllegalArgumentException("the telemetry interval must be at least 1 ms, got "
                    + interval.get().toMillis() + " ms");
        }
    }
}
