package dev.wattline.campaign.engine;

import dev.wattline.campaign.plan.RetryPolicy.Cause;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a cell repeat stands.
 *
 * @param attempts begun so far
 * @param failures how many of them failed, by cause, since somebody last asked for another try
 * @param last why the last one failed; empty if it did not
 * @param session the folder of the last session; empty if there is none
 * @param why in words; empty if nothing went wrong
 * @param endedAt when the last attempt ended
 * @param gateTimeout whether a gate of the last attempt did not open in time
 */
public record Standing(
        Status status,
        int attempts,
        Map<Cause, Integer> failures,
        Optional<Cause> last,
        String session,
        String why,
        Instant endedAt,
        boolean gateTimeout) {
    /** Of a cell repeat that has not been tried. */
    static final Standing UNTRIED =
            new Standing(Status.TODO, 0, Map.of(), Optional.empty(), "", "", Instant.EPOCH, false);

    /** In short. */
    public enum Status {
        /** To be measured, perhaps once more. */
        TODO,
        /** Being measured. */
        RUNNING,
        /** There is a session that counts. */
        VALID,
        /** Given up. */
        FAILED
    }

    public Standing {
        failures = Map.copyOf(failures);
    }

    Standing begun(int number) {
        return new Standing(Status.RUNNING, number, failures, last, session, why, endedAt, false);
    }

    Standing gateMissed() {
        return new Standing(status, attempts, failures, last, session, why, endedAt, true);
    }

    Standing valid(String folder, Instant at) {
        return new Standing(Status.VALID, attempts, failures, Optional.empty(), folder, "", at, gateTimeout);
    }

    Standing failed(Cause cause, String folder, String reason, Instant at, int limit) {
        Map<Cause, Integer> all = new EnumMap<>(Cause.class);
        all.putAll(failures);
        int number = all.merge(cause, 1, Integer::sum);
        Status next = number > limit ? Status.FAILED : Status.TODO;
        return new Standing(next, attempts, all, Optional.of(cause), folder, reason, at, gateTimeout);
    }

    Standing askedAgain() {
        return new Standing(Status.TODO, attempts, Map.of(), Optional.empty(), session, why, endedAt, false);
    }

    /** Whether it will not be tried any more. */
    public boolean isFinal() {
        return status == Status.VALID || status == Status.FAILED;
    }
}
