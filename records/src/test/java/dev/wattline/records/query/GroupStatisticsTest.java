package dev.wattline.records.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.records.query.GroupStatistics.Change;
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
}
