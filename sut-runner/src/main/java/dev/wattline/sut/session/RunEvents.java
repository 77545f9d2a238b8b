package dev.wattline.sut.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens beside the workload, in order, for the one thread that waits for it. A monitor rather than a queue of
 * java.util.concurrent: a wait that nothing ends is all that runs on the measured machine once a second, and it takes a
 * third of the processor time of that queue's. Safe for use by several threads.
 */
final class RunEvents {
    private final Deque<RunEvent> waiting = new ArrayDeque<>();

    /** Tells it to the thread in {@link #next}. */
    synchronized void add(RunEvent event) {
        waiting.add(event);
        notifyAll();
    }

    /** Takes the oldest event; null if none came for this many milliseconds, or once in a while before. */
    synchronized @Nullable RunEvent next(long timeoutMillis) {
        boolean waited = false;
        while (waiting.isEmpty() && !waited) {
            try {
                wait(timeoutMillis);
                waited = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new RunEvent.Interrupted();
            }
        }
        return waiting.isEmpty() ? null : waiting.poll();
    }

    /** Drops what the director reported before a phase began. */
    synchronized void dropReports() {
        waiting.removeIf(event -> event instanceof RunEvent.Reported);
    }

    /** What waits now, the oldest first. */
    synchronized List<RunEvent> waiting() {
        return List.copyOf(waiting);
    }
}
