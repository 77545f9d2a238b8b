package dev.wattline.records.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.records.query.GroupStatistics.Change;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupStatisticsTest {
    /** The interval of R's {@code t.test(c(100, 101, 102))}. */
    @Test
    void theIntervalIsStudents() {
        GroupStatistics of = GroupStatistics.of(new double[] {102, 100, 101});

        assertThat(of.number()).isEqualTo(3);
        assertThat(of.mean()).isEqualTo(101);
        assertThat(of.sd()).isCloseTo(1, within(1e-12));
        assertThat(of.low()).isCloseTo(98.51586, within(1e-5));
        assertThat(of.high()).isCloseTo(103.48414, within(1e-5));
        assertThat(of.median()).isEqualTo(101);
    }

    @Test
    void oneValueHasNoInterval() {
        GroupStatistics of = GroupStatistics.of(new double[] {7});

        assertThat(of.mean()).isEqualTo(7);
        assertThat(of.sd()).isNaN();
        assertThat(of.low()).isNaN();
    }

    /** Far values are told and stay in the mean. */
    @Test
    void farValuesAreFlaggedAndNeverDropped() {
        GroupStatistics of = GroupStatistics.of(new double[] {100, 101, 99, 100.5, 99.5, 130});

        assertThat(of.flagged()).isEqualTo(1);
        assertThat(of.mean()).isCloseTo(105, within(1e-12));
        assertThat(GroupStatistics.of(new double[] {100, 100, 100, 130}).flagged())
                .as("of four nobody knows which is far")
                .isZero();
    }

    /** Twice as much each time; the interval is that of R's {@code t.test} on the logarithms. */
    @Test
    void aChangeIsTheRatioOfGeometricMeans() {
        Change change = Change.of(new double[] {200, 202, 198}, new double[] {100, 101, 99});

        assertThat(change.change()).isCloseTo(1, within(1e-9));
        assertThat(change.low()).isCloseTo(0.95517, within(1e-4));
        assertThat(change.high()).isCloseTo(1.04586, within(1e-4));
        assertThat(Change.of(new double[] {5}, new double[] {4}).change()).isCloseTo(0.25, within(1e-12));
        assertThat(Change.of(new double[] {5}, new double[] {4}).low()).isNaN();
        assertThat(Change.of(new double[] {5}, new double[0]).change()).isNaN();
    }

    /** A machine that grows warmer raises both of a pair alike. */
    @Test
    void pairsShareWhatBothOfThemHave() {
        double[] first = {100, 110, 120, 130};
        double[] second = {101, 111.2, 121.1, 131.4};

        Change paired = Change.ofPairs(second, first);
        Change apart = Change.of(second, first);

        assertThat(paired.change()).isCloseTo(apart.change(), within(1e-12));
        assertThat(paired.low()).isGreaterThan(0);
        assertThat(paired.probability()).isLessThan(0.01);
        assertThat(apart.low()).isNegative();
        assertThat(apart.probability()).isGreaterThan(0.9);
    }

    /** Of a standard deviation of 0.33 %, what published sessions have in the median. */
    @Test
    void soManyAreNeededForOnePercent() {
        GroupStatistics of = GroupStatistics.of(new double[] {100 - 0.33, 100, 100 + 0.33});

        assertThat(of.neededFor(0.01)).isEqualTo(3);
        assertThat(of.neededFor(0.001)).isGreaterThan(40);
        assertThat(GroupStatistics.of(new double[] {7}).neededFor(0.01)).isZero();
    }

    /** In nineteen of twenty simulated groups, pairs and trends an interval holds the truth, and chance is no finding. */
    @Test
    void intervalsHoldTheTruthAsOftenAsTheySay() {
        Random random = new Random(11);
        int rounds = 4000;
        int mean = 0;
        int welch = 0;
        int pairs = 0;
        for (int i = 0; i < rounds; i++) {
            double[] one = new double[3];
            double[] other = new double[5];
            double[] drifting = new double[4];
            double[] shifted = new double[4];
            for (int j = 0; j < 5; j++) {
                if (j < 3) {
                    one[j] = 100 * Math.exp(0.01 * random.nextGaussian());
                }
                other[j] = 110 * Math.exp(0.03 * random.nextGaussian());
                if (j < 4) {
                    double block = 0.05 * random.nextGaussian();
                    drifting[j] = 100 * Math.exp(block + 0.01 * random.nextGaussian());
                    shifted[j] = 103 * Math.exp(block + 0.01 * random.nextGaussian());
                }
            }
            GroupStatistics of = GroupStatistics.of(one);
            mean += of.low() < 100.005 && 100.005 < of.high() ? 1 : 0; // the mean of exp
            welch += holds(Change.of(other, one), 0.1) ? 1 : 0;
            pairs += holds(Change.ofPairs(shifted, drifting), 0.03) ? 1 : 0;
        }
        assertThat(mean / (double) rounds).isBetween(0.938, 0.962);
        assertThat(welch / (double) rounds).isBetween(0.935, 0.968); // Welch's degrees of freedom are an approximation
        assertThat(pairs / (double) rounds).isBetween(0.938, 0.962);
    }

    private static boolean holds(Change change, double truth) {
        return change.low() < truth && truth < change.high();
    }
}
