package dev.wattline.sut.director;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a reference director takes for its answers, and what that says of it. */
class AnswerTimesTest {
    private final ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);
    private final AnswerTimes times = new AnswerTimes(time);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time | 0.002 | false",
                "time | 2.9 | false",
                "time | 4.5 | true",
                "new,rig,6ab5f1b2-1111-4222-8333-444455556666 | 4.5 | false", // somebody else's session may have been
                // open
                "set_ntp | 18.8 | false",
                "mlcommons/power client v3 | 3600 | false", // it may serve someone else first
                "session,2026-11-22_15-00-00,start,ranging | 40.8 | false",
                "session,2026-11-22_15-00-00,start,testing | 23.1 | false",
                "session,2026-11-22_15-00-00,stop,testing | 16.0 | false", // nothing to compare with
                "session,2026-11-22_15-00-00,done | 9 | false",
            })
    void knowsWhatIsAnsweredAtOnce(String request, double seconds, boolean stoodStill) {
        assertThat(exchange(request, seconds).isPresent()).isEqualTo(stoodStill);
    }

    @Test
    void stopsOfBothPhasesTakeAlike() {
        assertThat(exchange("session,s,stop,ranging", 10.8)).isEmpty();
        assertThat(exchange("session,s,stop,testing", 13.7)).isEmpty();
        assertThat(exchange("session,s,stop,testing", 15.3))
                .hasValueSatisfying(text -> assertThat(text).contains("it took 15300 ms, not 10800 ms as before"));
    }

    /** The time that it takes the reference to read many samples is none in which it stands still. */
    @ParameterizedTest
    @CsvSource({"600, 14.5, true", "30000, 130, false", "30000, 800, false", "30000, 1000, true"})
    void manySamplesTakeLong(long measuredSeconds, double tookSeconds, boolean stoodStill) {
        assertThat(exchange("session,s,stop,ranging", 10.8)).isEmpty();
        assertThat(exchange("session,s,start,testing", 11)).isEmpty();
        time.advance(Duration.ofSeconds(measuredSeconds));
        time.advance(Duration.ofMillis((long) (tookSeconds * 1000)));
        assertThat(exchange("session,s,stop,testing", tookSeconds).isPresent()).isEqualTo(stoodStill);
    }

    private Optional<String> exchange(String request, double seconds) {
        return times.answered(request, Duration.ofMillis((long) (seconds * 1000)));
    }
}
