package dev.wattline.analysis.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.result.CorrelationResult;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.sensor.PeriodDetector;
import dev.wattline.analysis.sensor.SensorModel;
import dev.wattline.analysis.series.PowerSeries;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuCorrelationTest {
    private static final int VALUES = 4000;

    /** Two GPUs that share this part of their variance. */
    private static double[][] pair(double shared, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] values = new double[2][VALUES];
        for (int i = 0; i < VALUES; i++) {
            double common = random.nextGaussian();
            for (double[] gpu : values) {
                gpu[i] = 300 + 20 * (Math.sqrt(shared) * common + Math.sqrt(1 - shared) * random.nextGaussian());
            }
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0.5", "0.97, 0.97", "1, 1"})
    void theMedianIsTheShareOfTheVarianceThatGpusHaveInCommon(double shared, double r) {
        long seed = 11;

        assertThat(GpuCorrelation.median(pair(shared, seed)))
                .as("seed %d", seed)
                .isCloseTo(r, within(0.05));
    }

    @Test
    void gpusThatStandStillHaveNoCorrelation() {
        double[][] values = pair(1, 12);
        java.util.Arrays.fill(values[1], 300);

        assertThat(GpuCorrelation.median(values)).isNaN();
    }

    /** Correlation of two GPUs of which the second shows the same with noise of its own. */
    private static CorrelationResult alike(DoubleUnaryOperator wattsAtSecond, int seconds) {
        SplittableRandom random = new SplittableRandom(14);
        List<PowerSeries> logs = List.of(new PowerSeries(), new PowerSeries());
        for (int s = 0; s < seconds; s++) {
            double watts = wattsAtSecond.applyAsDouble(s);
            logs.get(0).add(1_000L * s, (int) Math.round(1000 * watts));
            logs.get(1).add(1_000L * s, (int) Math.round(1000 * (watts + random.nextDouble())));
        }
        CardCalibrations.Entry sensor = new CardCalibrations.Entry(null, null, null, null, null, 100, 1000, 0);
        List<Readings> readings = logs.stream()
                .map(log -> Readings.of(
                        log,
                        SensorModel.resolve(
                                sensor, PeriodDetector.detect(log, 1000, List.of()), Optional.empty(), "power.draw"),
                        1000,
                        0))
                .toList();
        double[][] values = GpuCorrelation.sample(readings, 0, 1000.0 * seconds);
        return GpuCorrelation.of("steady", List.of("0", "1"), readings, values, false);
    }

    @Test
    void manyIndependentReadingsGiveANarrowInterval() {
        SplittableRandom random = new SplittableRandom(15);

        CorrelationResult found = alike(second -> 300 + 50 * random.nextGaussian(), 600);

        assertThat(found.nEff()).isBetween(400.0, 800.0);
        assertThat(found.halfWidth()).isBetween(0.0, 0.01);
    }

    @Test
    void aCourseThatIsTooSlowForTheTimeGivesNoInterval() {
        CorrelationResult found = alike(second -> 200 + 5 * second, 40);

        assertThat(found.nEff()).isLessThan(4);
        assertThat(found.halfWidth()).isNaN();
    }

    @Test
    void opposedLoadsCorrelateBelowZero() {
        double[][] values = pair(1, 13);
        for (int i = 0; i < VALUES; i++) {
            values[1][i] = 600 - values[0][i];
        }

        assertThat(GpuCorrelation.median(values)).isCloseTo(-1, within(1e-9));
    }
}
