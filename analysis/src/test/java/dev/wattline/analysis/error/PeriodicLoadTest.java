package dev.wattline.analysis.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.result.Curve;
import dev.wattline.simulation.StepLoad;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodicLoadTest {
    private static final int VALUES = 592; // 60 s of updates every 101.2 ms

    @ParameterizedTest
    @CsvSource({"50, 0.470", "80, 0.039", "100, 0.703", "105, 0.711", "150, 0.184", "250, 0.127", "500, 0.166"})
    void theClosedFormHasTheFiguresOfAnIndependentOne(double periodMs, double expectedPct) {
        PeriodicLoad load = new PeriodicLoad(25, 101.2, VALUES, 300, 0.5, 250);

        assertThat(load.sdPct(periodMs)).isCloseTo(expectedPct, within(0.005));
    }

    @ParameterizedTest
    @CsvSource({"50", "100", "150", "250"})
    void theClosedFormAgreesWithASimulation(double periodMs) {
        SplittableRandom random = new SplittableRandom(17);
        double[] errors = new double[400];
        for (int run = 0; run < errors.length; run++) {
            StepLoad.Builder builder = new StepLoad.Builder(-1000 - periodMs * random.nextDouble());
            while (builder.nowMs() < 62_000) {
                builder.level(400, periodMs / 2).level(100, periodMs / 2);
            }
            StepLoad load = builder.build();
            double sum = 0;
            for (int k = 0; k < VALUES; k++) {
                sum += load.mean(k * 101.2 - 25, k * 101.2) / VALUES;
            }
            errors[run] = 100 * (sum / 250 - 1);
        }
        double rms = Math.sqrt(
                java.util.Arrays.stream(errors).map(e -> e * e).average().orElseThrow());

        double expected = new PeriodicLoad(25, 101.2, VALUES, 300, 0.5, 250).sdPct(periodMs);
        assertThat(rms).isCloseTo(expected, within(0.1 * expected + 0.01));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 19", "0.3, 43", "0.5, 49"})
    void resonanceIsAsBadAsTheDutyAllows(double duty, double expectedPct) {
        PeriodicLoad load = new PeriodicLoad(25, 101.2, VALUES, 300, duty, 250);

        assertThat(load.sdPct(101.2)).isCloseTo(expectedPct, within(1.0));
    }

    @Test
    void theCurveFindsTheNarrowPeakAtTheStep() {
        Curve curve = new PeriodicLoad(25, 101.2, 100_000, 300, 0.5, 250).curve();

        assertThat(curve.x(PeriodicLoad.worst(curve))).isCloseTo(101.2, within(1e-9));
    }

    @Test
    void aWindowOfWholeStepsHasZerosThere() {
        PeriodicLoad load = new PeriodicLoad(1000, 100, 600, 300, 0.5, 250);

        assertThat(load.sdPct(100)).isCloseTo(0, within(1e-9));
        assertThat(load.sdPct(1700)).isPositive();
    }
}
