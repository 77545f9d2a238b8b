package dev.wattline.director.session;

import dev.wattline.model.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Guards the transitions of one session, which {@link SessionState} lists. What a request means in the state it finds is
 * decided here and nowhere else. Safe for use by several threads; only the session's own thread moves it on.
 */
final class SessionStateMachine {

    /** What becomes of a request to start or stop a phase. */
    enum Verdict {
        /** It is due. */
        DO,
        /** It was done already: answered OK at once, as the reference does. */
        REPEATED,
        /** It has no place in this state. */
        REFUSED
    }

    /** Told of each transition before it becomes visible, so that it is on disk by then. */
    interface Listener {
        void onTransition(SessionState from, SessionState to, @Nullable String cause);
    }

    private final Listener listener;
    private volatile SessionState state = SessionState.INITIAL;
    private volatile @Nullable String failure;

    SessionStateMachine(Listener listener) {
        this.listener = listener;
    }

    SessionState state() {
        return state;
    }

    /** Why the session failed; null unless it did. */
    @Nullable
    String failure() {
        return failure;
    }

    /** @param manualRanges whether the request brings its own ranges, so that no ranging is needed before it */
    Verdict start(Phase phase, boolean manualRanges) {
        SessionState now = state;
        if (now == SessionState.measuring(phase)) {
            return Verdict.REPEATED;
        }
        boolean due = switch (phase) {
            case RANGING -> now == SessionState.INITIAL;
            case TESTING -> now == SessionState.RANGING_DONE || (now == SessionState.INITIAL && manualRanges);
        };
        return due ? Verdict.DO : Verdict.REFUSED;
    }

    Verdict stop(Phase phase) {
        SessionState now = state;
        if (now == SessionState.measured(phase)) {
            return Verdict.REPEATED;
        }
        return now == SessionState.measuring(phase) ? Verdict.DO : Verdict.REFUSED;
    }

    /**
     * Moves on.
     *
     * @throws IllegalStateException if the table has no such transition
     */
    void transitionTo(SessionState to) {
        move(to, null);
    }

    /** Fails for this reason; a session that failed already keeps its first reason, one that is done stays so. */
    void fail(String cause) {
        if (!state.isFinal()) {
            move(SessionState.FAILED, cause);
        }
    }

    private void move(SessionState to, @Nullable String cause) {
        SessionState from = state;
        if (!from.next().contains(to)) {
            throw new IllegalStateException("session cannot go from " + from + " to " + to);
        }
        listener.onTransition(from, to, cause);
        failure = cause;
        state = to;
    }
}
