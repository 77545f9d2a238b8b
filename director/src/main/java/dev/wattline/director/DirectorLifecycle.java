package dev.wattline.director;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, to be closed in reverse order, once: a start that fails halfway closes what it had started, and a
 * signal in the middle of it closes no more than that. Safe for use by several threads.
 */
final class DirectorLifecycle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectorLifecycle.class);

    /** STARTING and RUNNING take parts, CLOSED takes none. */
    private enum State {
        OPEN,
        CLOSED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    @GuardedBy("this")
    private final Deque<Part> started = new ArrayDeque<>();

    private record Part(String name, AutoCloseable closing) {}

    /**
     * Takes a part that was started.
     *
     * @throws IllegalStateException if closing has begun; the part is closed then
     */
    synchronized <T extends AutoCloseable> T started(String name, T part) {
        Part added = new Part(name, part);
        if (state.get() == State.CLOSED) {
            close(added);
            throw new IllegalStateException("the director is ending");
        }
        started.push(added);
        return part;
    }

    /** Closes all parts, the last started first; whoever comes second waits for the first. */
    @Override
    public synchronized void close() {
        state.set(State.CLOSED);
        while (!started.isEmpty()) {
            close(started.pop());
        }
    }

    private static void close(Part part) {
        try {
            part.closing().close();
        } catch (Exception e) { // the other parts must be closed whatever happens to this one
            LOG.error("could not close the {}: {}", part.name(), e.toString(), e);
        }
    }
}
