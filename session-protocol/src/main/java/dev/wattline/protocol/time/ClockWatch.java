package dev.wattline.protocol.time;

import dev.wattline.model.ClockStep;
import dev.wattline.model.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares this machine's wall clock with its monotonic one from tick to tick, and notices when ticks did not come: a
 * step of the wall clock is a difference between the two, a gap (the process was suspended, or the machine) is a tick
 * that comes late on both. Call {@link #tick()} about once a second while something is measured. For one thread.
 */
public final class ClockWatch {
    /** Ticks further apart than this are reported. */
    public static final Duration GAP_LIMIT = Duration.ofSeconds(3);

    private static final long STEP_NANOS = ClockStep.LIMIT.toNanos();
    private static final long HELD_UP_NANOS = 1_000_000;
    private static final int LOOKS = 5;
    private static final long GAP_NANOS = GAP_LIMIT.toNanos();

    private final TimeSource time;
    private final List<Observation> noticed = new ArrayList<>();
    private long lastMillis;
    private long lastNanos;

    /** Something that a measurement should know of. */
    public sealed interface Observation {
        /** The wall clock after it happened. */
        Instant at();

        /** What happened, as one sentence without a full stop. */
        String describe();
    }

    /** The wall clock was set by this much; negative is backwards. */
    public record Step(Instant at, Duration by) implements Observation {
        @Override
        public String describe() {
            String slept =
                    by.compareTo(GAP_LIMIT) > 0 ? ", or the machine slept" : ""; // which its monotonic clock leaves out
            return "the wall clock was stepped by " + by.toMillis() + " ms" + slept;
        }
    }

    /** No tick came for this long. */
    public record Gap(Instant at, Duration length) implements Observation {
        @Override
        public String describe() {
            return "this process stood still for " + length.toMillis() + " ms";
        }
    }

    public ClockWatch(TimeSource time) {
        this.time = time;
        look();
    }

    /** Reads both clocks, again where the thread was held up between the two: that would be taken for a step. */
    private void look() {
        long before = time.nanoTime();
        for (int looks = 0; looks < LOOKS; looks++) {
            lastMillis = time.epochMillis();
            lastNanos = time.nanoTime();
            if (lastNanos - before <= HELD_UP_NANOS) {
                return;
            }
            before = lastNanos;
        }
    }

    /** Looks at both clocks; {@link #noticed()} tells what happened since the last tick. */
    public void tick() {
        boolean unused = tick(lastNanos);
    }

    /**
     * The same, for a thread that waits and has other things to do at times. On the measured machine this runs once a
     * second and is nearly all that runs, hence the plain numbers.
     *
     * @param dueNanos when, by {@link TimeSource#nanoTime}
     * @return whether something was noticed or is due
     */
    public boolean tick(long dueNanos) {
        long millisBefore = lastMillis;
        long nanosBefore = lastNanos;
        look();
        long monotonic = lastNanos - nanosBefore;
        long step = (lastMillis - millisBefore) * 1_000_000 - monotonic;
        if (monotonic > GAP_NANOS || step > STEP_NANOS || step < -STEP_NANOS) {
            notice(monotonic, step);
            return true;
        }
        return lastNanos - dueNanos >= 0;
    }

    private void notice(long monotonic, long step) {
        Instant at = Instant.ofEpochMilli(lastMillis);
        if (monotonic > GAP_NANOS) {
            noticed.add(new Gap(at, Duration.ofNanos(monotonic)));
        }
        if (Math.abs(step) > STEP_NANOS) {
            noticed.add(new Step(at, Duration.ofNanos(step)));
        }
    }

    /** What the ticks noticed since this was last asked, in order; of one tick a gap comes before a step. */
    public List<Observation> noticed() {
        if (noticed.isEmpty()) {
            return List.of();
        }
        List<Observation> told = List.copyOf(noticed);
        noticed.clear();
        return told;
    }

    /** When the last tick was, by {@link TimeSource#nanoTime}; before the first tick, when the watch began. */
    public long lastTickNanos() {
        return lastNanos;
    }
}
