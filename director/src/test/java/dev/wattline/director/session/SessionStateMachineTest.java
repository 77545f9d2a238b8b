package dev.wattline.director.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.director.session.SessionStateMachine.Verdict;
import dev.wattline.model.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionStateMachineTest {
    private final List<String> transitions = new ArrayList<>();
    private final SessionStateMachine machine = new SessionStateMachine(
            (from, to, cause) -> transitions.add(from + ">" + to + (cause == null ? "" : ":" + cause)));

    private void reach(SessionState state) {
        switch (state) {
            case INITIAL -> {}
            case RANGING -> machine.transitionTo(SessionState.RANGING);
            case RANGING_DONE -> {
                reach(SessionState.RANGING);
                machine.transitionTo(SessionState.RANGING_DONE);
            }
            case TESTING -> {
                reach(SessionState.RANGING_DONE);
                machine.transitionTo(SessionState.TESTING);
            }
            case TESTING_DONE -> {
                reach(SessionState.TESTING);
                machine.transitionTo(SessionState.TESTING_DONE);
            }
            case DONE -> machine.transitionTo(SessionState.DONE);
            case FAILED -> machine.fail("broken");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INITIAL,      DO,       REFUSED,  REFUSED,  REFUSED,  DO",
        "RANGING,      REPEATED, REFUSED,  DO,       REFUSED,  REFUSED",
        "RANGING_DONE, REFUSED,  DO,       REPEATED, REFUSED,  DO",
        "TESTING,      REFUSED,  REPEATED, REFUSED,  DO,       REPEATED",
        "TESTING_DONE, REFUSED,  REFUSED,  REFUSED,  REPEATED, REFUSED",
        "DONE,         REFUSED,  REFUSED,  REFUSED,  REFUSED,  REFUSED",
        "FAILED,       REFUSED,  REFUSED,  REFUSED,  REFUSED,  REFUSED",
    })
    void decidesWhatARequestMeans(
            SessionState state,
            Verdict startRanging,
            Verdict startTesting,
            Verdict stopRanging,
            Verdict stopTesting,
            Verdict startTestingByHand) {
        reach(state);

        assertThat(machine.start(Phase.RANGING, false)).isEqualTo(startRanging);
        assertThat(machine.start(Phase.TESTING, false)).isEqualTo(startTesting);
        assertThat(machine.stop(Phase.RANGING)).isEqualTo(stopRanging);
        assertThat(machine.stop(Phase.TESTING)).isEqualTo(stopTesting);
        assertThat(machine.start(Phase.TESTING, true)).isEqualTo(startTestingByHand);
    }

    @Test
    void tellsOfEachTransitionBeforeItIsVisible() {
        reach(SessionState.TESTING);
        machine.fail("analyzer 1 is gone");

        assertThat(transitions)
                .containsExactly(
                        "INITIAL>RANGING",
                        "RANGING>RANGING_DONE",
                        "RANGING_DONE>TESTING",
                        "TESTING>FAILED:analyzer 1 is gone");
        assertThat(machine.failure()).isEqualTo("analyzer 1 is gone");
    }

    @Test
    void keepsItsFirstFailure() {
        machine.fail("first");
        machine.fail("second");

        assertThat(machine.failure()).isEqualTo("first");
        assertThat(transitions).hasSize(1);
    }

    @Test
    void refusesATransitionThatTheTableLacks() {
        assertThatThrownBy(() -> machine.transitionTo(SessionState.TESTING_DONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("INITIAL");
        reach(SessionState.DONE);
        assertThatThrownBy(() -> machine.transitionTo(SessionState.FAILED)).isInstanceOf(IllegalStateException.class);
    }
}
