package dev.wattline.compliance.sample;

import dev.wattline.model.PowerSample;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Samples come once a second: more than 1.5 s between two means that one is missing, the same time twice that one was
 * inserted, a time before the last that rows were mixed up. (Recorded analyzers stay within 40 ms of the second.)
 */
public final class GapRule implements SampleRule {
    /** Longest time between two samples without a gap. */
    public static final Duration MAX_INTERVAL = Duration.ofMillis(1500);

    private @Nullable Instant last;

    @Override
    public Optional<SampleFault> next(PowerSample sample) {
        Instant before = last;
        last = sample.at();
        if (before == null) {
            return Optional.empty();
        }
        // Hundreds of samples pass here for each fault, and both times are within days: milliseconds do.
        long millis = sample.at().toEpochMilli() - before.toEpochMilli();
        if (millis > 0 && millis <= MAX_INTERVAL.toMillis()) {
            return Optional.empty();
        }
        if (millis == 0) {
            return Optional.of(new SampleFault("sample-duplicate", "two samples have the same time", 0));
        }
        if (millis < 0) {
            return Optional.of(new SampleFault(
                    "sample-order",
                    String.format(Locale.ROOT, "a sample is %.3f s older than the one before", -millis / 1e3),
                    -millis / 1e3));
        }
        return Optional.of(new SampleFault(
                "sample-gap",
                String.format(Locale.ROOT, "there are %.3f s between two samples", millis / 1e3),
                millis / 1e3));
    }
}
