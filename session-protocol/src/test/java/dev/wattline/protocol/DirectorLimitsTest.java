package dev.wattline.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.Phase;
import dev.wattline.protocol.ControlRequest.Done;
import dev.wattline.protocol.ControlRequest.StartPhase;
import dev.wattline.protocol.ControlRequest.StopPhase;
import dev.wattline.protocol.client.Deadlines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The deadlines of a director against those of a runner that knows the defaults alone. */
class DirectorLimitsTest {
    private static final List<ControlRequest> LONG =
            List.of(new StartPhase("*", Phase.RANGING), new StopPhase("*", Phase.TESTING), new Done("*"));

    /** Directors with a short, the usual and a long settle time, and each of PTDaemon's deadlines short, usual and long. */
    static List<DirectorLimits> directors() {
        DirectorLimits usual = DirectorLimits.DEFAULT;
        List<DirectorLimits> all = new ArrayList<>();
        for (Duration settle : List.of(Duration.ofMillis(300), usual.settle(), Duration.ofMinutes(5))) {
            for (double factor : List.of(0.1, 1.0, 5.0)) {
                for (int key = 0; key < 5; key++) {
                    all.add(new DirectorLimits(
                            settle,
                            times(usual.ptdStart(), key == 0 ? factor : 1),
                            times(usual.ptdReply(), key == 1 ? factor : 1),
                            times(usual.ptdRange(), key == 2 ? factor : 1),
                            times(usual.ptdRead(), key == 3 ? factor : 1),
                            times(usual.ptdStop(), key == 4 ? factor : 1)));
                }
            }
        }
        return all;
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }

    @ParameterizedTest
    @MethodSource("directors")
    void aRunnerWaitsUntilTheDirectorHasAnswered(DirectorLimits director) {
        for (ControlRequest request : LONG) {
            for (boolean ptdRuns : List.of(true, false)) {
                Duration announced = director.announced(request, ptdRuns);
                Duration patience =
                        Deadlines.defaults().of(request).plus(DirectorLimits.beyondDefault(request, announced));
                assertThat(patience)
                        .as("%s at %s", request.line(), director)
                        .isGreaterThanOrEqualTo(director.limit(request));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("directors")
    void restoringIsNeverMorePatientThanMeasuring(DirectorLimits director) {
        DirectorLimits restoring = director.restoring();
        assertThat(restoring.ptdStart()).isLessThanOrEqualTo(director.ptdStart());
        assertThat(restoring.ptdReply()).isLessThanOrEqualTo(director.ptdReply());
        assertThat(restoring.ptdRange()).isLessThanOrEqualTo(director.ptdRange());
        assertThat(restoring.ptdStop()).isLessThanOrEqualTo(director.ptdStop());
        assertThat(restoring.restoreLimit()).isLessThanOrEqualTo(Duration.ofSeconds(72));
    }

    /** A hung PTDaemon costs the settle time, the wait for mid-tick and one reply; the answer to stop waits for no more. */
    @Test
    void aStopWithAHungPtdaemonIsAnsweredLongBeforeTheRunnerGivesUp() {
        DirectorLimits director = DirectorLimits.DEFAULT;
        Duration known = director.settle().plusSeconds(1).plus(director.ptdReply());
        assertThat(known.multipliedBy(2)).isLessThan(Deadlines.defaults().stop());
    }

    @Test
    void whoWaitsIsAnsweredBeforeItGivesUp() {
        Deadlines runner = Deadlines.defaults();
        assertThat(DirectorLimits.CLOSING_GRACE.plusSeconds(1))
                .isLessThan(runner.handshake())
                .isLessThan(runner.command());
        assertThat(DirectorLimits.PROGRESS_INTERVAL.multipliedBy(3)).isLessThan(runner.silence());
        assertThat(DirectorLimits.RESTORE_AFTER_SIGNAL).isLessThan(Duration.ofSeconds(2));
    }
}
