package dev.wattline.sut.session;

import dev.wattline.protocol.time.ClockWatch;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a director which reports nothing of itself stood still, by its answer to the next request: a question for
 * the time and a new session are answered at once, and stopping the testing phase takes as long as stopping the ranging
 * phase did. Starts and ends take as long as the analyzers need, and tell nothing. Safe for use by several threads.
 */
final class AnswerTimes {
    private @Nullable Duration rangingStop;

    /** An answer to a request that took so long; tells what is wrong with that. */
    synchronized Optional<String> answered(String line, Duration took) {
        Duration usual = Duration.ZERO;
        if (line.startsWith("session,") && line.endsWith(",stop,ranging")) {
            rangingStop = took;
            return Optional.empty();
        } else if (line.startsWith("session,") && line.endsWith(",stop,testing") && rangingStop != null) {
            usual = rangingStop;
        } else if (!line.equals("time") && !line.startsWith("new,")) {
            return Optional.empty();
        }
        if (took.minus(usual).compareTo(ClockWatch.GAP_LIMIT) <= 0) {
            return Optional.empty();
        }
        String instead = usual.isZero() ? " ms" : " ms, not " + usual.toMillis() + " ms as before,";
        return Optional.of(
                "the director stood still: it took " + took.toMillis() + instead + " to answer '" + line + "'");
    }
}
