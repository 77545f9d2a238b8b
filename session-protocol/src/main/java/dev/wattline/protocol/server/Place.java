package dev.wattline.protocol.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.DirectorLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one place at the analyzers. A client takes it by a request that {@linkplain ControlHandler#needsPlace needs} it and
 * has it for as long as the handler {@linkplain ControlHandler#holdsPlace says so}: a connection alone takes nothing, so
 * that somebody who only greets keeps nobody out. Those who wait get it in the order in which they asked. Safe for use by
 * several threads.
 */
final class Place {
    /**
     * How long a client waits before it is told that the director is busy. The holder's end may be on its way: a lab that
     * starts one run after the other must not be sent away in between.
     */
    static final Duration GRACE = Duration.ofMillis(250);

    private final BusyPolicy policy;
    private final TimeSource time;
    private final Optional<SideDoor> side;

    @GuardedBy("this")
    private final Deque<ServedConnection> line = new ArrayDeque<>(); // guarded by this, as is the holder

    @GuardedBy("this")
    private @Nullable Holder holder;

    /** Who has the place, and since when. */
    record Holder(ServedConnection client, Instant since) {
        /** Whether its connection is gone, so that its session is being ended and the place will soon be free. */
        boolean isLeaving() {
            return client.lostCause().isPresent();
        }
    }

    /** @param side who may keep the place for somebody */
    Place(BusyPolicy policy, TimeSource time, Optional<SideDoor> side) {
        this.policy = policy;
        this.time = time;
        this.side = side;
    }

    synchronized Optional<Holder> holder() {
        return Optional.ofNullable(holder);
    }

    /** Whether nobody has the place or waits for it with a request. */
    synchronized boolean isFree() {
        return holder == null && line.isEmpty();
    }

    /**
     * Takes the place, or keeps it. While another client has it this blocks: as long as it takes if clients are to queue,
     * for some seconds if that one is leaving, for a moment otherwise.
     *
     * @return whether the client has it now; it never gets it once its connection is gone
     */
    synchronized boolean take(ServedConnection client) throws InterruptedException {
        if (holder != null && holder.client() == client) {
            return true;
        }
        line.add(client);
        var unused = client.lost().thenRun(this::wake);
        try {
            long askedAt = time.nanoTime();
            while (holder != null || next() != client) {
                if (client.lostCause().isPresent()) {
                    return false;
                }
                boolean mayWait = holder == null && isAdmitted(client);
                if (mayWait || policy == BusyPolicy.QUEUE) {
                    wait();
                } else {
                    Duration grace = holder == null ? GRACE : grace(holder);
                    long left = askedAt + grace.toNanos() - time.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            }
            if (client.lostCause().isPresent()) {
                return false;
            }
            holder = new Holder(client, time.now());
            return true;
        } finally {
            line.remove(client);
            notifyAll();
        }
    }

    /** Whose turn it is: the first in the line for whom the place is not refused. */
    @GuardedBy("this")
    private @Nullable ServedConnection next() {
        return line.stream().filter(this::isAdmitted).findFirst().orElse(null);
    }

    private boolean isAdmitted(ServedConnection client) {
        return side.flatMap(door -> door.refusal(client.job())).isEmpty();
    }

    /** How long somebody else waits: less than a runner's deadline for the reply. */
    private static Duration grace(Holder holder) {
        return holder.isLeaving() ? DirectorLimits.CLOSING_GRACE : GRACE;
    }

    /** Looks anew at those who wait. */
    void reconsider() {
        wake();
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Gives the place up if this client has it; tells whether it had. */
    synchronized boolean release(ServedConnection client) {
        if (holder == null || holder.client() != client) {
            return false;
        }
        holder = null;
        notifyAll();
        return true;
    }
}
