package dev.wattline.sut.director;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.DirectorLimits;
import dev.wattline.protocol.time.ClockWatch;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a director which reports nothing of itself stood still, by its answer to the next request: a question for
 * the time is answered at once, and stopping the testing phase takes as long as stopping the ranging phase did, but for the
 * samples, whose processing takes the reference a time that grows with their number and differs from one phase to the next.
 * Starts and ends take as long as the analyzers need, a new session may wait for somebody else's end, and tell nothing. Safe
 * for use by several threads.
 */
final class AnswerTimes {
    private final TimeSource time;

    @GuardedBy("this")
    private @Nullable Duration rangingStop;

    @GuardedBy("this")
    private long measuringSince;

    AnswerTimes(TimeSource time) {
        this.time = time;
    }

    /** An answer to a request that took so long; tells what is wrong with that. */
    synchronized Optional<String> answered(String line, Duration took) {
        boolean inSession = line.startsWith("session,");
        if (inSession && line.contains(",start,")) {
            measuringSince = time.nanoTime();
            return Optional.empty();
        } else if (inSession && line.endsWith(",stop,ranging")) {
            rangingStop = took;
            return Optional.empty();
        } else if (inSession && line.endsWith(",stop,testing") && rangingStop != null) {
            Duration measured =
                    Duration.ofNanos(time.nanoTime() - measuringSince).minus(took);
            return judged(line, took, rangingStop, DirectorLimits.referenceWork(measured));
        } else if (line.equals("time")) {
            return judged(line, took, Duration.ZERO, Duration.ZERO);
        }
        return Optional.empty();
    }

    /** @param mayAdd how much longer than usual it may take */
    private static Optional<String> judged(String line, Duration took, Duration usual, Duration mayAdd) {
        if (took.minus(usual).minus(mayAdd).compareTo(ClockWatch.GAP_LIMIT) <= 0) {
            return Optional.empty();
        }
        String instead = usual.isZero() ? " ms" : " ms, not " + usual.toMillis() + " ms as before,";
        return Optional.of(
                "the director stood still: it took " + took.toMillis() + instead + " to answer '" + line + "'");
    }
}
