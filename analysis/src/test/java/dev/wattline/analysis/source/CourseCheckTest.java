package dev.wattline.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.calibration.Channel;
import dev.wattline.analysis.calibration.Channel.Seen;
import dev.wattline.analysis.calibration.NodeReadings;
import dev.wattline.analysis.calibration.PowerGrid;
import dev.wattline.analysis.source.CrossVerdict.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CourseCheckTest {
    private static final int SECONDS = 1300;

    private final SplittableRandom random = new SplittableRandom(5);
    private final List<Channel> channels = new ArrayList<>();
    private final List<double[]> watts = new ArrayList<>();

    private double[] series(Seen seen, String source, IntToDoubleFunction of) {
        double[] values = new double[SECONDS];
        Arrays.setAll(values, of);
        channels.add(new Channel(seen, source, seen.name()));
        watts.add(values);
        return values;
    }

    private List<CrossVerdict> verdicts(NodeReadings... nodes) {
        return CourseCheck.of(new PowerGrid(channels, watts.toArray(double[][]::new), List.of(nodes)));
    }

    private static double step(int second, int length, double low, double high) {
        return second / length % 2 == 0 ? low : high;
    }

    /** A controller's mean over a window, some seconds late, renewed each 5 s. */
    private NodeReadings node(double[] parts, double rise, double rest, int window, int late) {
        List<double[]> readings = new ArrayList<>();
        for (int at = window + late; at < SECONDS; at += 5) {
            double mean = Arrays.stream(parts, at - late - window, at - late)
                    .average()
                    .orElse(0);
            readings.add(new double[] {at, Math.rint(rest + rise * mean + random.nextGaussian())});
        }
        return new NodeReadings(
                "redfish",
                "chassis",
                readings.stream().mapToDouble(one -> one[0]).toArray(),
                readings.stream().mapToDouble(one -> one[1]).toArray());
    }

    private double[] parts() {
        double[] gpu =
                series(Seen.GPU, "nvml", k -> step(k, 37, 60, 250) + step(k, 400, 0, 200) + random.nextGaussian());
        double[] packages = series(Seen.PACKAGE, "rapl", k -> step(k, 53, 40, 140) + random.nextGaussian());
        double[] sum = new double[SECONDS];
        Arrays.setAll(sum, k -> gpu[k] + packages[k]);
        return sum;
    }

    @ParameterizedTest
    @CsvSource({
        "1.1, 10, CONSISTENT",
        "1.1, 42, CONSISTENT",
        "1.1, 120, CANNOT_SAY",
        "0.3, 10, CONTRADICT",
        "0, 10, CONTRADICT",
        "2, 10, CONTRADICT"
    })
    void restOfTheNodeMayRiseWithItsPartsButNotFallNorRunAhead(double rise, int window, Outcome expected) {
        NodeReadings node = node(parts(), rise, 120, window, 4);

        assertThat(verdicts(node)).singleElement().satisfies(verdict -> {
            assertThat(verdict.outcome()).as(verdict.why()).isEqualTo(expected);
            assertThat(verdict.figures()).containsExactly("node redfish", "gpu nvml", "package rapl");
            assertThat(verdict.isOfEnergy()).isFalse();
        });
    }

    @Test
    void ofPartsThatStandStillOrAreNotAllSeenNothingIsSaid() {
        series(Seen.GPU, "nvml", k -> 300 + random.nextGaussian());
        double[] packages = series(Seen.PACKAGE, "rapl", k -> 100 + random.nextGaussian());
        assertThat(verdicts(node(packages, 1, 400, 10, 2)))
                .singleElement()
                .extracting(CrossVerdict::outcome, CrossVerdict::why)
                .containsExactly(Outcome.CANNOT_SAY, "the parts hardly vary");

        channels.remove(1);
        watts.remove(1);
        assertThat(verdicts(node(packages, 1, 400, 10, 2)))
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.why()).contains("packages are not seen"));
    }

    @Test
    void packagesThatFollowTheirActivityAreConsistentAndThoseThatDoNotContradict() {
        double[] busy = series(Seen.ACTIVITY, "os", k -> PowerGrid.activityWatts(step(k, 20, 0.1, 0.9), 1));
        series(Seen.PACKAGE, "rapl", k -> 40 + 0.6 * busy[k] + 3 * random.nextGaussian());
        assertThat(verdicts()).extracting(CrossVerdict::outcome).containsExactly(Outcome.CONSISTENT);

        channels.remove(1);
        watts.remove(1);
        series(Seen.PACKAGE, "rapl", k -> 90 + 3 * random.nextGaussian());
        assertThat(verdicts()).singleElement().satisfies(verdict -> {
            assertThat(verdict.outcome()).isEqualTo(Outcome.CONTRADICT);
            assertThat(verdict.why()).contains("rank correlation");
        });
    }

    @Test
    void ofActivityThatHardlyVariesNothingIsSaid() {
        series(Seen.ACTIVITY, "os", k -> PowerGrid.activityWatts(0.5 + 0.02 * random.nextGaussian(), 1));
        series(Seen.PACKAGE, "rapl", k -> 90 + 3 * random.nextGaussian());

        assertThat(verdicts()).extracting(CrossVerdict::outcome).containsExactly(Outcome.CANNOT_SAY);
    }
}
