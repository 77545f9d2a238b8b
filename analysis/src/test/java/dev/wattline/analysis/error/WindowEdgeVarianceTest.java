package dev.wattline.analysis.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowEdgeVarianceTest {
    private static final double MEAN_W = 250;
    private static final double PHASE = 0.7;

    /** What a boxcar reads of {@code MEAN_W + a cos(2 pi f t + PHASE)}, a window each D. */
    private static double[] readings(int n, double amplitude, double f, double stepS, double windowS) {
        double through = f == 0 ? 1 : Math.sin(Math.PI * f * windowS) / (Math.PI * f * windowS);
        return IntStream.range(0, n)
                .mapToDouble(i -> MEAN_W + amplitude * through * Math.cos(2 * Math.PI * f * (i * stepS) + PHASE))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        // amplitude W, frequency Hz, D s, W s, T s, readings
        "100, 0.769, 1, 1, 0.1, 58",
        "150, 0.909, 1, 1, 0.1, 58",
        "150, 1.111, 1, 1, 0.1, 58",
        "100, 0.588, 1, 1, 0.1, 18",
        "120, 1.430, 1, 1, 0.1, 120",
        "150, 0.909, 0.1, 1, 0, 190",
        "100, 0.769, 0.5, 1, 0.1, 2000"
    })
    void whatALineHidesIsNotLessThanItsIntegralSwings(
            double amplitude, double f, double stepS, double windowS, double ageS, int n) {
        WindowEdgeVariance hidden =
                WindowEdgeVariance.of(readings(n, amplitude, f, stepS, windowS), stepS, windowS, ageS);

        double integral = amplitude / (2 * Math.PI * f);
        double angle = Math.PI * f * ageS;
        double joint = ageS == 0 ? 0 : integral * Math.sqrt(1 - Math.pow(Math.sin(angle) / angle, 2));
        // The line's frequency is known to half a cycle, near a null of the window that moves its amplitude.
        assertThat(hidden.endWs()).isBetween(0.8 * Math.sqrt(1.5) * integral, 2.5 * integral);
        assertThat(hidden.jointWs()).isGreaterThanOrEqualTo(0.8 * joint);
    }

    @Test
    void noMoreIsHiddenThanASquareWaveDownToNothingHolds() {
        // Under a window of 1 s a line at 0.1 Hz may be 0.9 Hz of ten times the amplitude, if that is possible.
        double[] values = IntStream.range(0, 60)
                .mapToDouble(i -> MEAN_W + 40 * Math.cos(2 * Math.PI * 0.1 * i))
                .toArray();

        double most = 4 / Math.PI * MEAN_W / (2 * Math.PI * 0.9) * Math.sqrt(1.5);
        assertThat(WindowEdgeVariance.of(values, 1, 1, 0.1).endWs()).isCloseTo(most, within(0.02 * most));
        double[] stronger = IntStream.range(0, 60)
                .mapToDouble(i -> MEAN_W + 150 * Math.cos(2 * Math.PI * 0.1 * i))
                .toArray();
        assertThat(WindowEdgeVariance.of(stronger, 1, 1, 0.1)).isEqualTo(WindowEdgeVariance.NONE);
    }

    @Test
    void noiseASlowCourseAndAConstantHideNothing() {
        SplittableRandom random = new SplittableRandom(41);
        int lines = 0;
        for (int run = 0; run < 200; run++) {
            double[] noise = random.doubles(58).map(x -> MEAN_W + 10 * x).toArray();
            lines += WindowEdgeVariance.of(noise, 1, 1, 0.1).equals(WindowEdgeVariance.NONE) ? 0 : 1;
        }
        assertThat(lines).isLessThan(200 / 7); // one in twenty, or two as the frequencies are half a cycle apart
        assertThat(WindowEdgeVariance.of(readings(58, 40, 0.03, 1, 1), 1, 1, 0.1))
                .isEqualTo(WindowEdgeVariance.NONE);
        assertThat(WindowEdgeVariance.of(readings(58, 0, 0, 1, 1), 1, 1, 0.1)).isEqualTo(WindowEdgeVariance.NONE);
        assertThat(WindowEdgeVariance.of(readings(9, 100, 0.769, 1, 1), 1, 1, 0.1))
                .isEqualTo(WindowEdgeVariance.NONE);
    }
}
