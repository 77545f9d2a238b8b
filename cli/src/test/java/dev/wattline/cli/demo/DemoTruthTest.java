package dev.wattline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.result.Interval;
import dev.wattline.model.PowerSample;
import dev.wattline.model.SplRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTruthTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:01.400Z");
    private static final Instant END = Instant.parse("2026-11-22T10:00:05.400Z");

    @Test
    void isExactWhereThePowerDoesNotChangeAtTheEnds() {
        DemoTruth truth = DemoTruth.of(950, 1000, 0.94, samples(700, 700, 700, 700, 700, 700, 700), START, END);

        assertThat(truth.pct()).isCloseTo(-5, within(1e-9));
        assertThat(truth.openPct()).isZero();
        assertThat(truth.against(new Interval(-6, -4)))
                .isEqualTo("in truth 5.0 % low, which the mocks alone can tell: inside the interval");
        assertThat(truth.against(new Interval(-4, -3))).contains("outside of the interval");
    }

    @Test
    void isOpenByTheStepsAtTheEnds() {
        DemoTruth truth = DemoTruth.of(1020, 1000, 0.5, samples(100, 140, 200, 200, 200, 200, 180), START, END);

        assertThat(truth.openPct()).isCloseTo(100 * (60 + 20) * 0.5 / 1000, within(1e-9));
        assertThat(truth.against(new Interval(-3, -1)))
                .isEqualTo("in truth 2.0 % high, which the mocks alone can tell: inside the interval"
                        + " (give or take 4.0 %: the analyzer's seconds do not end with the window)");
        assertThat(truth.against(new Interval(-5, -3))).contains("outside of the interval");
    }

    private static List<PowerSample> samples(int... watts) {
        List<PowerSample> samples = new ArrayList<>();
        for (int second = 0; second < watts.length; second++) {
            samples.add(SplRow.parse("Time,11-22-2026 10:00:0" + second + ".000,Watts," + watts[second]
                    + ".000000,Volts,230.000000,Amps,1.000000,PF,0.900000,Mark,demo_testing"));
        }
        return samples;
    }
}
