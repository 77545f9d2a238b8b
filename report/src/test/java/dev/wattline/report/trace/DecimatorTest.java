package dev.wattline.report.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wattline.analysis.result.TimeSeries;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecimatorTest {

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsExtremesEndsHolesAndOrder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TimeSeries series = series(random);
        int limit = random.nextInt(5, 400);

        TimeSeries drawn = Decimator.decimate(series, limit);

        assertThat(drawn.size()).isLessThanOrEqualTo(Math.max(limit, 1));
        assertThat(isSubsequence(drawn, series)).isTrue();
        assertThat(drawn.epochMs(0)).isEqualTo(series.epochMs(0));
        assertThat(drawn.epochMs(drawn.size() - 1)).isEqualTo(series.epochMs(series.size() - 1));
        assertThat(extremes(drawn)).containsExactly(extremes(series));
        if (series.size() > limit) {
            everyStretchKeepsItsOwn(series, drawn, (limit - 2) / 3);
        }
    }

    private static void everyStretchKeepsItsOwn(TimeSeries series, TimeSeries drawn, int stretches) {
        Map<Long, Double> kept = new HashMap<>();
        for (int i = 0; i < drawn.size(); i++) {
            kept.put(drawn.epochMs(i), drawn.value(i));
        }
        for (int s = 0; s < stretches; s++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            boolean hole = false;
            double keptLow = Double.POSITIVE_INFINITY;
            double keptHigh = Double.NEGATIVE_INFINITY;
            boolean keptHole = false;
            for (int i = (int) ((long) series.size() * s / stretches);
                    i < (int) ((long) series.size() * (s + 1) / stretches);
                    i++) {
                double value = series.value(i);
                Double there = kept.get(series.epochMs(i));
                hole |= Double.isNaN(value);
                keptHole |= there != null && there.isNaN();
                low = Double.isNaN(value) ? low : Math.min(low, value);
                high = Double.isNaN(value) ? high : Math.max(high, value);
                keptLow = there == null || there.isNaN() ? keptLow : Math.min(keptLow, there);
                keptHigh = there == null || there.isNaN() ? keptHigh : Math.max(keptHigh, there);
            }
            assertThat(keptLow).isEqualTo(low);
            assertThat(keptHigh).isEqualTo(high);
            assertThat(keptHole).isEqualTo(hole);
        }
    }

    @Test
    void aShortSeriesIsDrawnAsItIs() {
        TimeSeries series = new TimeSeries(new long[] {1, 2, 3}, new double[] {5, Double.NaN, 7});

        assertThat(Decimator.decimate(series, 5)).isSameAs(series);
    }

    @Test
    void aLimitBelowFiveIsRefused() {
        TimeSeries series = new TimeSeries(new long[] {1}, new double[] {5});

        assertThatIllegalArgumentException().isThrownBy(() -> Decimator.decimate(series, 4));
    }

    private static TimeSeries series(SplittableRandom random) {
        int size = random.nextInt(1, 5000);
        long[] times = new long[size];
        double[] values = new double[size];
        long time = 1_700_000_000_000L;
        double holes = random.nextBoolean() ? 0 : random.nextDouble(0.5);
        for (int i = 0; i < size; i++) {
            time += random.nextLong(1, 3000);
            times[i] = time;
            double spike = random.nextInt(100) == 0 ? 5000 : 0;
            values[i] = random.nextDouble() < holes ? Double.NaN : random.nextDouble(-10, 400) + spike;
        }
        return new TimeSeries(times, values);
    }

    private static double[] extremes(TimeSeries series) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < series.size(); i++) {
            if (!Double.isNaN(series.value(i))) {
                low = Math.min(low, series.value(i));
                high = Math.max(high, series.value(i));
            }
        }
        return new double[] {low, high};
    }

    private static boolean isSubsequence(TimeSeries drawn, TimeSeries series) {
        int at = 0;
        for (int i = 0; i < drawn.size(); i++) {
            while (at < series.size() && series.epochMs(at) != drawn.epochMs(i)) {
                at++;
            }
            if (at == series.size() || Double.compare(series.value(at), drawn.value(i)) != 0) {
                return false;
            }
            at++;
        }
        return true;
    }
}
