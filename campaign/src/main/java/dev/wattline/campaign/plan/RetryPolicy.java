package dev.wattline.campaign.plan;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often a session that failed is tried again.
 *
 * @param limits how often by cause; a cause that is not in it is not tried again
 * @param delay the time between the end of a failed attempt and the next one; doubled with each further one, up to 10 minutes
 * @param maxFailures so many cell repeats given up in a row pause the campaign
 */
public record RetryPolicy(Map<Cause, Integer> limits, Duration delay, int maxFailures) {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int DOUBLINGS = 10;

    /** What is done where a plan says nothing. */
    public static final RetryPolicy USUAL = new RetryPolicy(Map.of(), Duration.ofMinutes(1), 5);

    /** Why an attempt came to nothing. */
    public enum Cause {
        /** Director, analyzer, network, clock or disk. */
        INFRASTRUCTURE(3),
        /** The session is complete, and LoadGen, the checks or a suspicion say that it does not count. */
        INVALID(2),
        /** The workload failed. */
        WORKLOAD(1),
        /** The machine could not be prepared: a setting, a ready command, a sensor. */
        PREPARATION(1),
        /** A gate did not open in time. */
        GATE(0),
        /** Runner or agent were killed, or the machine went down. */
        INTERRUPTED(10),
        /** The same, before the runner had the job. */
        NOT_STARTED(20),
        /** Somebody ended the campaign by a signal. */
        STOPPED(Integer.MAX_VALUE);

        private final int usual;

        Cause(int usual) {
            this.usual = usual;
        }

        /** The limit where a plan says nothing. */
        public int usual() {
            return usual;
        }
    }

    public RetryPolicy {
        Map<Cause, Integer> all = new EnumMap<>(Cause.class);
        for (Cause cause : Cause.values()) {
            all.put(cause, limits.getOrDefault(cause, cause.usual()));
        }
        limits = Map.copyOf(all);
    }

    /** How often it is tried again after attempts with this cause. */
    public int limit(Cause cause) {
        return limits.getOrDefault(cause, 0);
    }

    /** How long to wait after the nth attempt with the same cause, from 1. Who stopped it or killed it waits for nothing. */
    public Duration delay(Cause cause, int failures) {
        return switch (cause) {
            case STOPPED, INTERRUPTED, NOT_STARTED, GATE -> Duration.ZERO;
            case INFRASTRUCTURE, INVALID, WORKLOAD, PREPARATION -> {
                Duration grown = delay.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), DOUBLINGS));
                yield grown.compareTo(LONGEST) > 0 ? (delay.compareTo(LONGEST) > 0 ? delay : LONGEST) : grown;
            }
        };
    }
}
