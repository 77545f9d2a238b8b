package dev.wattline.analysis.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
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

    @Test
    void opposedLoadsCorrelateBelowZero() {
        double[][] values = pair(1, 13);
        for (int i = 0; i < VALUES; i++) {
            values[1][i] = 600 - values[0][i];
        }

        assertThat(GpuCorrelation.median(values)).isCloseTo(-1, within(1e-9));
    }
}
