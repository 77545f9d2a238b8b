package dev.wattline.director.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.director.live.LiveState.Ended;
import dev.wattline.director.live.LiveState.Open;
import dev.wattline.director.live.LiveState.Sample;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What the director does now, told by the session and read by those who watch. Nobody who tells waits for one who reads:
 * watchers are called on the teller's thread and must not block. Safe for use by several threads.
 */
public final class LiveFeed {
    private static final int SAMPLES = 600; // ten minutes
    /** How many sessions that have ended it keeps. */
    public static final int ENDED = 20;

    private static final int FINDINGS = 20;

    /** Is told of what changes; must return at once. */
    public interface Watcher {
        /** Anything but the samples has changed. */
        void changed();

        /** There is another sample. */
        void sampled(Sample sample);

        /** A session has ended. */
        default void ended(Ended session) {}
    }

    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    @GuardedBy("this")
    private final Deque<Sample> samples = new ArrayDeque<>();

    @GuardedBy("this")
    private final Deque<Ended> ended = new ArrayDeque<>();

    @GuardedBy("this")
    private final List<Finding> findings = new ArrayList<>();

    @GuardedBy("this")
    private int found;

    @GuardedBy("this")
    private @Nullable Open open;

    @GuardedBy("this")
    private @Nullable LiveLab lab;

    @GuardedBy("this")
    private @Nullable Duration ranging; // how long that phase lasted

    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    /** Tells it no more; a call that has begun may still end. */
    public void forget(Watcher watcher) {
        watchers.remove(watcher);
    }

    /** A session is open; one that was is not. */
    public void began(String session, String client, Instant at) {
        synchronized (this) {
            findings.clear();
            found = 0;
            ranging = null;
            open = new Open(
                    session, client, "initial", at, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        }
        tell();
    }

    /**
     * The open session has another state.
     *
     * @param phase what is being measured from now on
     */
    public void state(String state, Optional<Phase> phase, Instant at) {
        synchronized (this) {
            Open was = open;
            if (was == null) {
                return;
            }
            if (was.phase().equals(Optional.of(Phase.RANGING)) && phase.isEmpty()) {
                ranging = was.phaseBegan()
                        .map(began -> Duration.between(began, at))
                        .orElse(null);
            }
            open = new Open(
                    was.session(),
                    was.client(),
                    state,
                    was.began(),
                    phase,
                    phase.map(measured -> at),
                    phase.filter(measured -> measured == Phase.TESTING).map(measured -> ranging),
                    findings);
        }
        tell();
    }

    /** Something is wrong with the open session. */
    public void found(Finding finding) {
        synchronized (this) {
            Open was = open;
            if (was == null) {
                return;
            }
            found++;
            if (findings.size() < FINDINGS) {
                findings.add(finding);
            }
            open = new Open(
                    was.session(),
                    was.client(),
                    was.state(),
                    was.began(),
                    was.phase(),
                    was.phaseBegan(),
                    was.expected(),
                    findings);
        }
        tell();
    }

    /** There is a sample of every analyzer. */
    public void sampled(Sample sample) {
        synchronized (this) {
            if (samples.size() == SAMPLES) {
                samples.removeFirst();
            }
            samples.add(sample);
        }
        watchers.forEach(watcher -> watcher.sampled(sample));
    }

    /** The open session has ended. */
    public void ended(String outcome, @Nullable String cause, Instant at) {
        Ended session;
        synchronized (this) {
            Open was = open;
            if (was == null) {
                return;
            }
            if (ended.size() == ENDED) {
                ended.removeLast();
            }
            session = new Ended(
                    was.session(), was.began(), at, outcome, cause == null ? "" : cause, OptionalInt.of(found));
            ended.addFirst(session);
            open = null;
        }
        tell();
        watchers.forEach(watcher -> watcher.ended(session));
    }

    /** The session that is open. */
    public synchronized Optional<Open> open() {
        return Optional.ofNullable(open);
    }

    /** All of it at one moment. */
    public synchronized LiveState now() {
        return new LiveState(
                Optional.ofNullable(open), new ArrayList<>(ended), new ArrayList<>(samples), Optional.ofNullable(lab));
    }

    /** The lab's machines and jobs as they are now; what is as it was is not told again. */
    public void lab(LiveLab now) {
        synchronized (this) {
            if (now.equals(lab)) {
                return;
            }
            lab = now;
        }
        tell();
    }

    /** Sessions that ended before this director was started, newest first; those that it knows already stay before them. */
    public void endedBefore(List<Ended> earlier) {
        synchronized (this) {
            for (Ended session : earlier.subList(0, Math.min(earlier.size(), ENDED - ended.size()))) {
                ended.addLast(session);
            }
        }
        tell();
    }

    private void tell() {
        watchers.forEach(Watcher::changed);
    }
}
