package dev.wattline.sut.output;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.time.ClockWatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What happens beside the workload, in order, for the one thread that waits for it. A monitor rather than a queue of
 * java.util.concurrent: a wait that nothing ends is all that runs on the measured machine once a second, and it takes a
 * third of the processor time of that queue's. Safe for use by several threads.
 */
public final class RunEvents {
    @GuardedBy("this")
    private final Deque<RunEvent> waiting = new ArrayDeque<>();

    /** Tells it to the thread in {@link #next}. */
    public synchronized void add(RunEvent event) {
        waiting.add(event);
        notifyAll();
    }

    /**
     * Takes the oldest event as soon as there is one. Each tick goes no farther than this loop, for a method that is
     * called once a second is cold by then and costs about a microsecond.
     *
     * @param clocks ticked meanwhile
     * @param tickMillis how often
     * @param dueNanos when to return in any case, by {@link dev.wattline.model.TimeSource#nanoTime}
     * @return null if the clocks noticed something, or at the first tick that is due
     */
    public synchronized @Nullable RunEvent next(ClockWatch clocks, long tickMillis, long dueNanos) {
        while (waiting.isEmpty()) {
            try {
                wait(tickMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new RunEvent.Interrupted();
            }
            if (clocks.tick(dueNanos)) {
                return waiting.poll();
            }
        }
        clocks.tick(); // for the time since the last one, in which this thread had other things to do
        return waiting.poll();
    }

    /** Whether a request to end waits, or comes within so long; it keeps its place. */
    public synchronized boolean isInterruptedWithin(Duration wait, TimeSource time) {
        long deadline = time.nanoTime() + wait.toNanos();
        long left = wait.toNanos();
        while (left > 0 && !hasInterruption()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
            left = deadline - time.nanoTime();
        }
        return hasInterruption();
    }

    @GuardedBy("this")
    private boolean hasInterruption() {
        return waiting.stream().anyMatch(event -> event instanceof RunEvent.Interrupted);
    }

    /** Drops what the director reported before a phase began. */
    public synchronized void dropReports() {
        waiting.removeIf(event -> event instanceof RunEvent.Reported);
    }

    /** What waits now, the oldest first. */
    public synchronized List<RunEvent> waiting() {
        return List.copyOf(waiting);
    }
}
