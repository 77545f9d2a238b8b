package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.SampleClock.Measurement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time stamps of samples against the measurement that they are of: 1000 s to 1072 s, the stop asked for at 1060 s. */
class SampleClockTest {
    private static final Measurement MEASUREMENT = new Measurement(1000, 1000.1, 1060, 1072);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-18000 | 5 h behind the director's clock to within 2.0 s, as another time zone is",
                "25200 | 7 h ahead of the director's clock to within 2.0 s, as another time zone is",
                "3600 | 1 h ahead of the director's clock to within 2.0 s, as daylight saving time or the next time zone is",
                "-20700 | 5 h 45 min behind the director's clock to within 2.0 s, as another time zone is",
                "120 | 120.0 s ahead of the director's clock (uncertainty 2.0 s)",
                "-400 | 400.0 s behind the director's clock (uncertainty 2.0 s)",
                "200000 | 200000.0 s ahead of the director's clock (uncertainty 2.0 s)",
            })
    void aConstantShiftIsNamed(double shift, String told) {
        assertThat(fault(shift + 1001, shift + 1071))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("the clock of PTDaemon's machine")
                        .contains(told)
                        .contains("were taken 1970-01-01T00:16:40Z to 1970-01-01T00:17:52Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "1001, 1071", // as they should be
        "1000, 1072",
        "999.5, 1072.5", // clocks that differ by what their check allows
        "1030, 1071", // the analyzer answered late
        "1001, 1020", // and went away
        "1010, 1050",
        "1020, 1020",
    })
    void missingSamplesAreNoMatterOfTheClock(double first, double last) {
        assertThat(fault(first, last)).isEmpty();
    }

    @Test
    void aClockThatWasSetInBetweenIsJudgedByWhatIsInside() {
        assertThat(fault(1001, 4671)).as("set by an hour in the middle").isEmpty();
        assertThat(fault(5000, 9000))
                .hasValueSatisfying(text ->
                        assertThat(text).contains("5964.0 s ahead of the director's clock (uncertainty 1963.0 s)"));
    }

    @Test
    void withoutSamplesThereIsNothingToSay() {
        assertThat(SampleClock.fault(List.of(), MEASUREMENT, "the director's clock"))
                .isEmpty();
    }

    private static Optional<String> fault(double first, double last) {
        List<Instant> stamps = LongStream.rangeClosed(0, 10)
                .mapToObj(i -> Instant.ofEpochMilli(Math.round(1000 * (first + (last - first) * i / 10))))
                .toList();
        return SampleClock.fault(stamps, MEASUREMENT, "the director's clock");
    }
}
