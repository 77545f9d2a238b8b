package dev.wattline.compliance.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import dev.wattline.model.UncertaintyStatistics;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleRulesTest {
    private static final Instant START = Instant.parse("2025-07-28T15:00:00Z");

    private static PowerSample sample(long millis, double watts) {
        return new PowerSample(
                START.plusMillis(millis), new Reading(watts, 230, watts < 0 ? watts : 1, 0.9), "m", List.of());
    }

    @ParameterizedTest
    @CsvSource({"1000,", "1500,", "1,", "1501,sample-gap", "7000,sample-gap", "0,sample-duplicate", "-5,sample-order"})
    void gaps(long interval, String id) {
        GapRule rule = new GapRule();
        assertThat(rule.next(sample(0, 1))).isEmpty();
        assertThat(rule.next(sample(interval, 1)).map(SampleFault::id).orElse(null))
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"250,", "0.001,", "0,sample-zero", "-1,sample-error", "-2,sample-missed", "-37.48,sample-out-of-range"})
    void kinds(double watts, String id) {
        assertThat(new ReadingKindRule()
                        .next(sample(0, watts))
                        .map(SampleFault::id)
                        .orElse(null))
                .isEqualTo(id);
    }

    @Test
    void anOutOfRangeReadingIsDecoded() {
        assertThat(new ReadingKindRule().next(sample(0, -37.48)).orElseThrow().size())
                .isEqualTo(34.48, within(1e-9));
    }

    @Test
    void readingsAboveTheRange() {
        RangeRule rule = new RangeRule(300, 2);
        Reading good = new Reading(400, 230, 2, 0.9);
        Reading amps = new Reading(400, 230, 2.001, 0.9);
        Reading volts = new Reading(400, 300.1, 1, 0.9);
        Reading encoded = new Reading(-603, 230, -5.5, 0.9); // 2.5 A
        assertThat(rule.next(new PowerSample(START, good, "", List.of()))).isEmpty();
        assertThat(rule.next(new PowerSample(START, amps, "", List.of()))).isPresent();
        assertThat(rule.next(new PowerSample(START, volts, "", List.of()))).isPresent();
        assertThat(rule.next(new PowerSample(START, encoded, "", List.of()))).isPresent();
        assertThat(rule.next(new PowerSample(START, amps, "", List.of(good, good))))
                .isEmpty();
        assertThat(rule.next(new PowerSample(START, good, "", List.of(good, amps))))
                .isPresent();
        assertThat(new RangeRule(Double.NaN, Double.NaN).next(new PowerSample(START, amps, "", List.of())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Uncertainty,0.004,0.003,0.005,100,0,100,0;",
                "Uncertainty,0.004,0.003,0.0101,100,1,99,0;uncertainty-samples",
                "Uncertainty,0.0101,0.003,0.02,100,60,40,0;uncertainty-high",
                "Uncertainty,0.004,0.003,0.005,100,0,98,2;uncertainty-unknown",
                "Uncertainty,-1.0,10000000.000000,0.000000,100,0,0,100;uncertainty-unknown"
            })
    void uncertainties(String reply, String id) {
        assertThat(UncertaintyRule.check(UncertaintyStatistics.parse(reply))
                        .map(SampleFault::id)
                        .orElse(null))
                .isEqualTo(id);
    }

    @Test
    void meansByEveryWayOfCounting() {
        PowerStatistics power = new PowerStatistics();
        double[] watts = {100, -1, 0, -203, 300};
        for (int i = 0; i < watts.length; i++) {
            power.add(sample(i * 1000L, watts[i]));
        }
        assertThat(power.count()).isEqualTo(5);
        assertThat(power.mean()).isEqualTo(196 / 5.0);
        assertThat(power.positiveMean()).isEqualTo(200);
        assertThat(power.decodedMean()).isEqualTo(150); // 100, 0, 200, 300
        assertThat(power.timeWeightedMean()).isEqualTo((2 * 50 + 100 + 250) / 4.0);
    }

    @Test
    void theTallyKeepsCountFirstAndWorst() {
        FaultTally tally = new FaultTally();
        tally.add(new SampleFault("x", "a", 1), 5);
        tally.add(new SampleFault("x", "b", 3), 7);
        tally.add(new SampleFault("x", "c", 2), 9);
        FaultTally.Entry entry = tally.of("x").orElseThrow();
        assertThat(entry.count()).isEqualTo(3);
        assertThat(entry.firstLine()).isEqualTo(5);
        assertThat(entry.worst().message()).isEqualTo("b");
        assertThat(entry.worstLine()).isEqualTo(7);
    }
}
