package dev.wattline.compliance.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that a running measurement and a finished session share, beside those on single samples. */
class LiveRulesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 10, 0, 10, 0",
        "-0.001, 10, 0, 10, 0.001",
        "0, 10.5, 0, 10, 0.5",
        "3600, 3610, 0, 10, 3600",
        "-3600, -3590, 0, 10, 3600"
    })
    void windowsLieInTheirPhase(double begin, double end, double phaseBegin, double phaseEnd, double off) {
        double found = PowerWindowRule.inPhase(begin, end, phaseBegin, phaseEnd)
                .map(SampleFault::size)
                .orElse(0.0);
        assertThat(found).isEqualTo(off, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0, 10, 1.5, 8.5, false", "0, 10, 1.501, 9, true", "0, 10, 0, 8.4, true", "0, 10, -5, 15, false"})
    void windowsAreCoveredBySamples(double begin, double end, double first, double last, boolean fails) {
        assertThat(PowerWindowRule.covered(begin, end, first, last).isPresent()).isEqualTo(fails);
    }

    @ParameterizedTest
    @CsvSource({"10, 10.9, 0, false", "10, 11, 0, true", "10, 13.9, 3, false", "10, 14, 3, true", "0, 0, 0, false"})
    void everySecondHasItsSample(long samples, double seconds, long tolerated, boolean fails) {
        assertThat(CountRule.check(samples, seconds, tolerated).isPresent()).isEqualTo(fails);
    }

    @Test
    void aReadingThatReachesTheRangeIsTooLargeWhileItRuns() {
        PowerSample full = new PowerSample(Instant.EPOCH, new Reading(400, 230, 2, 0.9), "m", List.of());

        assertThat(new RangeRule(300, 2).next(full)).isEmpty();
        assertThat(RangeRule.reaching(300, 2).next(full)).isPresent();
        assertThat(RangeRule.reaching(Double.NaN, Double.NaN).next(full)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WARNING: Uncertainty 1.50% above 1.00% limit for the last measurement sample! | 1.5",
                "WARNING: Uncertainty 2.14%, which is above 1.00% limit for the last sample, logical channel 1! | 2.14",
                "WARNING: Uncertainty unknown for the last measurement sample! | NaN",
                "WARNING: Missed 1 samples | NaN",
                "ERROR: Can't evaluate uncertainty of this sample! | NaN"
            })
    void complaintsOfUncertaintyHaveAPercentage(String line, double percent) {
        PtdComplaint complaint = PtdComplaint.of(line).orElseThrow();

        assertThat(complaint.uncertaintyPercent()).isEqualTo(Double.valueOf(percent));
        assertThat(complaint.error()).isEqualTo(line.startsWith("ERROR"));
        assertThat(complaint).hasToString(line);
        assertThat(PtdComplaint.of("Completed test")).isEmpty();
    }

    @Test
    void rangesAreThoseThatPtdaemonNames() {
        SetRanges ranges = new SetRanges();
        assertThat(ranges.message("Volt range set to 300.000000V")).isTrue();
        assertThat(ranges.message("Amp range set to 2.000000A")).isTrue();
        assertThat(ranges.message("Go command received")).isFalse();
        assertThat(ranges.volts()).isEqualTo(300);
        assertThat(ranges.amps()).isEqualTo(2);

        assertThat(ranges.message("Ampere range set to Auto")).isTrue();
        assertThat(ranges.message("Volt range set to Auto")).isTrue();
        assertThat(ranges.amps()).isNaN();
        assertThat(ranges.volts()).isNaN();
    }
}
