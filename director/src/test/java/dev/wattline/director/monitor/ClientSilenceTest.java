package dev.wattline.director.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests of a reference client, with the silences before them. */
class ClientSilenceTest {
    private final ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);
    private final ClientSilence silence = new ClientSilence(time);

    @Test
    void oneSilenceInAPhaseIsTheWorkloads() {
        assertThat(asksAfter(0.1, false)).isEmpty();
        assertThat(asksAfter(0.1, true)).isEmpty();
        assertThat(asksAfter(600, true)).isEmpty();
        assertThat(asksAfter(0.1, true)).isEmpty();
        assertThat(asksAfter(0.4, false)).isEmpty();
        assertThat(asksAfter(0.1, true)).isEmpty();
        assertThat(asksAfter(700, true)).isEmpty(); // the next phase has one of its own
    }

    @Test
    void secondSilenceInAPhaseIsAStandstill() {
        asksAfter(0.1, true);
        asksAfter(600, true);

        assertThat(asksAfter(4.5, true))
                .map(ClientSilence.Seen::describe)
                .hasValueSatisfying(text -> assertThat(text).contains("stood still for 4500 ms", "600000 ms"));
    }

    @Test
    void standstillBeforeTheWorkloadIsKnownOnlyBehindIt() {
        assertThat(asksAfter(4.5, true)).isEmpty();

        assertThat(asksAfter(600, true)).hasValueSatisfying(seen -> {
            assertThat(seen.length()).isEqualTo(Duration.ofMillis(4500));
            assertThat(seen.whileMeasuring()).isTrue();
        });
    }

    @Test
    void silenceOutsideThePhasesTouchesNoMeasurement() {
        asksAfter(0.1, false);

        assertThat(asksAfter(4.5, false))
                .hasValueSatisfying(seen -> assertThat(seen.whileMeasuring()).isFalse());
    }

    @Test
    void whatTakesTimeByItsNatureIsNoSilence() {
        asksAfter(0.1, false);
        silence.answered(true);

        assertThat(asked(7, false)).isEmpty();
    }

    private Optional<ClientSilence.Seen> asksAfter(double seconds, boolean measuring) {
        silence.answered(false);
        return asked(seconds, measuring);
    }

    private Optional<ClientSilence.Seen> asked(double seconds, boolean measuring) {
        time.advance(Duration.ofMillis((long) (seconds * 1000)));
        return silence.asked(measuring);
    }
}
