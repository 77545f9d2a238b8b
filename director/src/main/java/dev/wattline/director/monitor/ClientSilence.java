package dev.wattline.director.monitor;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.time.ClockWatch;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a client which reports nothing of itself stood still, by its next request. A reference client asks for the
 * next thing as soon as it has the reply to the last (within 0.5 s in all sessions that we know), but for one silence in
 * each phase: its workload. So a second silence of more than 3 s in a phase is none that a running client makes. One that
 * falls into the workload's cannot be told from it, and does not touch the measurement: the workload is a process of
 * its own. For one connection and one thread at a time.
 */
public final class ClientSilence {
    private final TimeSource time;
    private long answeredNanos;
    private boolean answered;
    private boolean measuring;
    private Duration longest = Duration.ZERO; // of this phase so far

    /** What was seen: how long, and whether while something was measured. */
    public record Seen(
            Duration length,
            boolean whileMeasuring,
            @Nullable Duration workload) {
        String describe() {
            return workload == null
                    ? "the client asked for nothing for " + length.toMillis() + " ms, outside the phases"
                    : "the client stood still for " + length.toMillis() + " ms: it was silent that long besides the "
                            + workload.toMillis() + " ms of its workload";
        }
    }

    public ClientSilence(TimeSource time) {
        this.time = time;
    }

    /**
     * A request is there.
     *
     * @param whileMeasuring whether it comes between a phase's start and its stop
     */
    public Optional<Seen> asked(boolean whileMeasuring) {
        Duration silent = answered ? Duration.ofNanos(time.nanoTime() - answeredNanos) : Duration.ZERO;
        answered = false;
        if (whileMeasuring != measuring) {
            measuring = whileMeasuring;
            longest = Duration.ZERO;
        }
        if (silent.compareTo(ClockWatch.GAP_LIMIT) <= 0) {
            return Optional.empty();
        }
        if (!measuring) {
            return Optional.of(new Seen(silent, false, null));
        }
        Duration shorter = silent.compareTo(longest) < 0 ? silent : longest;
        longest = silent.compareTo(longest) < 0 ? longest : silent;
        return shorter.isZero() ? Optional.empty() : Optional.of(new Seen(shorter, true, longest));
    }

    /**
     * A reply is on its way.
     *
     * @param mayTakeTime whether what the client does next takes a while by its nature
     */
    public void answered(boolean mayTakeTime) {
        answeredNanos = time.nanoTime();
        answered = !mayTakeTime;
    }
}
