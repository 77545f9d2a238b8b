package dev.wattline.analysis.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.series.WallSeries;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QuietSecondsTest {
    private static final int SECONDS = 200;
    private static final int STEP = 50;
    private static final int ROUGH = 100;

    private static double[] weights(IntToDoubleFunction watts) {
        double[] values = new double[SECONDS];
        for (int i = 0; i < SECONDS; i++) {
            values[i] = watts.applyAsDouble(i);
        }
        return QuietSeconds.weights(
                new WallSeries(LongStream.range(0, SECONDS).map(i -> 1000 * i).toArray(), values, 0));
    }

    @Test
    void aStepBetweenQuietStretchesCountsAndALoadThatComesAndGoesHardlyDoes() {
        SplittableRandom random = new SplittableRandom(1);

        double[] weights = weights(i -> (i < STEP ? 100 : i < ROUGH || i % 2 == 0 ? 300 : 700) + random.nextDouble());

        assertThat(weights[STEP]).isGreaterThan(weights[STEP - 30] / 2);
        assertThat(weights[ROUGH + 50]).isLessThan(weights[STEP] / 100);
    }

    @Test
    void valuesThatTheAnalyzerMissedLeaveTheOthersTheirWeight() {
        SplittableRandom random = new SplittableRandom(2);

        double[] weights = weights(i -> i % 3 == 0 ? Double.NaN : 100 + random.nextDouble());

        assertThat(Arrays.stream(weights).boxed()).allMatch(weight -> weight > 0 && Double.isFinite(weight));
    }

    @Test
    void aLogThatStandsStillCountsAlike() {
        assertThat(weights(i -> 100)).containsOnly(1);
    }
}
