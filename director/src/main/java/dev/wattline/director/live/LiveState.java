package dev.wattline.director.live;

import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a director does at one moment.
 *
 * @param open the session that is open
 * @param ended the latest sessions that have ended, newest first, 20 at most
 * @param samples the latest samples of all phases, oldest first, 600 at most
 * @param lab machines and jobs, where the director serves a lab
 */
public record LiveState(Optional<Open> open, List<Ended> ended, List<Sample> samples, Optional<LiveLab> lab) {
    /** Age above which a sample says nothing about now; analyzers send one a second. */
    public static final Duration FRESH = Duration.ofSeconds(5);

    /**
     * An open session.
     *
     * @param client the runner's address and port
     * @param state as the state machine names it, in lower case
     * @param phase what is being measured
     * @param phaseBegan when the phase that is being measured began
     * @param expected how long it will last, if a phase before it tells
     * @param findings what is wrong, oldest first, 20 at most
     */
    public record Open(
            String session,
            String client,
            String state,
            Instant began,
            Optional<Phase> phase,
            Optional<Instant> phaseBegan,
            Optional<Duration> expected,
            List<Finding> findings) {
        public Open {
            findings = List.copyOf(findings);
        }
    }

    /**
     * A session that has ended.
     *
     * @param outcome {@code done} or {@code failed}
     * @param cause why it failed; empty where it did not
     * @param findings how many were made; empty where an earlier director measured it
     */
    public record Ended(
            String session, Instant began, Instant ended, String outcome, String cause, OptionalInt findings) {}

    /**
     * One sample of all analyzers.
     *
     * @param number how many samples this phase has, this one included
     * @param watts sum over the analyzers, W
     * @param each each analyzer's, W, analyzer 1 first
     */
    public record Sample(Instant at, Phase phase, long number, double watts, List<Double> each) {
        public Sample {
            each = List.copyOf(each);
        }
    }

    public LiveState {
        ended = List.copyOf(ended);
        samples = List.copyOf(samples);
    }

    /**
     * The sample of the phase that is being measured, if the analyzers still send any: without a measurement, and when the
     * latest is older than {@link #FRESH}, there is none.
     */
    public Optional<Sample> sampleAt(Instant now) {
        if (open.isEmpty() || samples.isEmpty()) {
            return Optional.empty();
        }
        Sample latest = samples.get(samples.size() - 1);
        return open.filter(session -> session.phase().equals(Optional.of(latest.phase())))
                .filter(session -> !latest.at().isBefore(session.began()))
                .filter(session -> !latest.at().isBefore(now.minus(FRESH)))
                .map(session -> latest);
    }
}
