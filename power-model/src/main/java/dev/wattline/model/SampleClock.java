package dev.wattline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether samples carry the time at which they were taken. PTDaemon stamps them by the clock and the time zone of its
 * machine, which nobody else asks for: the stamps must lie where the measurement was. A stamp too early or too late
 * because samples are missing is no matter of the clock; one before the measurement began, or after it ended, is.
 */
public final class SampleClock {
    /** By how much a first sample may come late and a last one early: the interval, and the analyzer's latency. */
    private static final double LATE_SECONDS = 3;

    /** What the two clocks may differ by, as their comparison allows it, and what a stamp is beside its sample. */
    private static final double TOLERATED_SECONDS = 1;

    private SampleClock() {}

    /**
     * When a measurement was, on the clock of the one who asked for it, s since the epoch.
     *
     * @param begin before it began
     * @param begun when it had begun
     * @param asked when its end was asked for; it goes on for the settle time then
     * @param ended when it had ended
     */
    public record Measurement(double begin, double begun, double asked, double ended) {}

    /**
     * What is wrong with the samples' times, if anything.
     *
     * @param stamps the samples' times in their order
     * @param clock whose clock the measurement's times are of, such as {@code the director's clock}
     */
    public static Optional<String> fault(List<Instant> stamps, Measurement measurement, String clock) {
        if (stamps.isEmpty()) {
            return Optional.empty();
        }
        double first = TimeSource.epochSeconds(stamps.get(0));
        double last = TimeSource.epochSeconds(stamps.get(stamps.size() - 1));
        double early = measurement.begin() - TOLERATED_SECONDS - first;
        double late = last - measurement.ended() - TOLERATED_SECONDS;
        // The shifts with which the samples would begin and end where the measurement did.
        double least = Math.max(first - measurement.begun() - LATE_SECONDS, late);
        double most = Math.min(-early, last - measurement.asked() + LATE_SECONDS);
        boolean shifted = least <= most && (early > 0 || late > 0);
        boolean outside = stamps.stream()
                .mapToDouble(TimeSource::epochSeconds)
                .noneMatch(at ->
                        at >= measurement.begin() - TOLERATED_SECONDS && at <= measurement.ended() + TOLERATED_SECONDS);
        return shifted || outside
                ? Optional.of("the clock of PTDaemon's machine, by its time stamps, is "
                        + ClockShift.describe((least + most) / 2, Math.abs(most - least) / 2, clock) + ": "
                        + lie(stamps, measurement))
                : Optional.empty();
    }

    private static String lie(List<Instant> stamps, Measurement measurement) {
        return "its " + stamps.size() + " samples are stamped " + stamps.get(0) + " to " + stamps.get(stamps.size() - 1)
                + ", and were taken " + instant(measurement.begin()) + " to " + instant(measurement.ended());
    }

    private static Instant instant(double seconds) {
        return Instant.EPOCH.plus(Duration.ofMillis(Math.round(seconds * 1e3)));
    }
}
