package dev.wattline.director.session;

import dev.wattline.model.Phase;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a session stands.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>from</th><th>to</th><th>when</th></tr>
 * <tr><td>INITIAL</td><td>RANGING</td><td>start,ranging: every analyzer has confirmed its Go</td></tr>
 * <tr><td>INITIAL</td><td>TESTING</td><td>start,testing with ranges given by hand: likewise</td></tr>
 * <tr><td>RANGING</td><td>RANGING_DONE</td><td>stop,ranging: the samples are on disk and the ranges found</td></tr>
 * <tr><td>RANGING_DONE</td><td>TESTING</td><td>start,testing: every analyzer has confirmed its Go</td></tr>
 * <tr><td>TESTING</td><td>TESTING_DONE</td><td>stop,testing: the samples are on disk</td></tr>
 * <tr><td>INITIAL, RANGING_DONE, TESTING_DONE</td><td>DONE</td><td>done</td></tr>
 * <tr><td>any but DONE</td><td>FAILED</td><td>anything that failed, a lost client, done in the middle of a phase, the
 * director's end</td></tr>
 * </table>
 *
 * <p>Leaving a measuring state stops the measurement; entering DONE or FAILED restores the ranges and ends PTDaemon,
 * whatever the reason.
 */
public enum SessionState {
    INITIAL,
    RANGING,
    RANGING_DONE,
    TESTING,
    TESTING_DONE,
    DONE,
    FAILED;

    /** The states that may follow. */
    Set<SessionState> next() {
        return switch (this) {
            case INITIAL -> EnumSet.of(RANGING, TESTING, DONE, FAILED);
            case RANGING -> EnumSet.of(RANGING_DONE, FAILED);
            case RANGING_DONE -> EnumSet.of(TESTING, DONE, FAILED);
            case TESTING -> EnumSet.of(TESTING_DONE, FAILED);
            case TESTING_DONE -> EnumSet.of(DONE, FAILED);
            case DONE, FAILED -> EnumSet.noneOf(SessionState.class);
        };
    }

    /** The state in words, in lower case. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether nothing more is measured in this session. */
    public boolean isFinal() {
        return this == DONE || this == FAILED;
    }

    /** The phase that is being measured, if one is. */
    Optional<Phase> phase() {
        return switch (this) {
            case RANGING -> Optional.of(Phase.RANGING);
            case TESTING -> Optional.of(Phase.TESTING);
            default -> Optional.empty();
        };
    }

    /** The state in which this phase is measured. */
    static SessionState measuring(Phase phase) {
        return phase == Phase.RANGING ? RANGING : TESTING;
    }

    /** The state in which this phase's samples are on disk. */
    static SessionState measured(Phase phase) {
        return phase == Phase.RANGING ? RANGING_DONE : TESTING_DONE;
    }
}
