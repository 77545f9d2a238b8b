package dev.wattline.analysis.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsTest {

    @ParameterizedTest
    @CsvSource({"10, 3", "100, 10", "57, 8", "5, 4"})
    void longRunVarianceInLinearTimeEqualsTheSumOverLags(int n, int lags) {
        double[] x = new SplittableRandom(n).doubles(n).toArray();
        double mean = Stats.mean(x);
        double expected = 0;
        for (int lag = 0; lag <= lags; lag++) {
            double g = 0;
            for (int i = lag; i < n; i++) {
                g += (x[i] - mean) * (x[i - lag] - mean) / n;
            }
            expected += (lag == 0 ? 1 : 2 * (1 - lag / (lags + 1.0))) * g;
        }

        assertThat(Stats.longRunVariance(x, lags)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void quantilesInterpolate() {
        double[] x = {4, 1, 3, 2};

        assertThat(Stats.median(x)).isEqualTo(2.5);
        assertThat(Stats.quantile(x, 0)).isEqualTo(1);
        assertThat(Stats.quantile(x, 1)).isEqualTo(4);
        assertThat(x).containsExactly(4, 1, 3, 2);
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 2", "57, 9", "400, 3", "401, 1000000"})
    void quantilesAreThoseOfTheSortedValues(int n, int distinct) {
        SplittableRandom random = new SplittableRandom(n);
        double[] x = random.ints(n, 0, distinct).mapToDouble(i -> i - 2).toArray();
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        for (double share : new double[] {0, 0.01, 0.3, 0.5, 0.99, 1}) {
            double place = share * (n - 1);
            int below = (int) place;
            double above = sorted[Math.min(n - 1, below + 1)];

            assertThat(Stats.quantile(x, share))
                    .isEqualTo(sorted[below] + (place - below) * (above - sorted[below]), within(1e-12));
        }
    }

    @Test
    void studentsQuantileIsTheOneOfTheTables() {
        assertThat(Stats.t95(4)).isCloseTo(2.776, within(0.001));
        assertThat(Stats.t95(1e6)).isCloseTo(1.96, within(0.001));
    }

    @Test
    void aHuberLineForgetsOutliers() {
        SplittableRandom random = new SplittableRandom(3);
        double[] x = new double[200];
        double[] y = new double[200];
        for (int i = 0; i < 200; i++) {
            x[i] = 100 * random.nextDouble();
            y[i] = 50 + 1.2 * x[i] + random.nextDouble() - 0.5 + (i % 20 == 0 ? 300 : 0);
        }

        HuberLine line = HuberLine.fit(x, y);

        assertThat(line.slope()).isCloseTo(1.2, within(0.01));
        assertThat(line.intercept()).isCloseTo(50, within(0.5));
    }

    @Test
    void crossCorrelationPeaksAtTheShift() {
        double[] a = new SplittableRandom(8).doubles(500).toArray();
        double[] b = new double[500];
        System.arraycopy(a, 0, b, 7, 493);

        double[] r = CrossCorrelation.of(a, b, 20);

        int peak = 0;
        for (int i = 0; i < r.length; i++) {
            peak = r[i] > r[peak] ? i : peak;
        }
        assertThat(peak - 20).isEqualTo(7);
    }
}
