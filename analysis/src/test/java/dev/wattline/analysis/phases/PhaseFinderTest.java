package dev.wattline.analysis.phases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhaseFinderTest {
    private static final double START_MS = 1.7e12;

    /** A run second by second: idle, launch, load, warm-up, main load, idle. */
    private static Course course(long seed, boolean gpus) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] lengths = {40, 8, 60, 15, 240, 40};
        double[] levels = {600, 880, 1040, 2570, 1660, 600};
        double[] noise = {2, 5, 5, 400, 250, 2};
        double[] utilisations = {0, 5, 9, 40, 30, 0};
        int n = Arrays.stream(lengths).sum();
        double[] starts = new double[n];
        double[] ends = new double[n];
        double[] wall = new double[n];
        double[] gpu = new double[n];
        double[] utilisation = new double[n];
        double[] memory = new double[n];
        Arrays.fill(memory, Double.NaN);
        int i = 0;
        for (int phase = 0; phase < lengths.length; phase++) {
            for (int k = 0; k < lengths[phase]; k++, i++) {
                starts[i] = START_MS + 1000.0 * i;
                ends[i] = starts[i] + 1000;
                gpu[i] = levels[phase] + noise[phase] * (random.nextDouble() - 0.5);
                wall[i] = 300 + 1.1 * gpu[i] + 20 * (random.nextDouble() - 0.5);
                utilisation[i] = gpus ? utilisations[phase] : Double.NaN;
                gpu[i] = gpus ? gpu[i] : Double.NaN;
            }
        }
        return new Course(starts, ends, wall, gpu, utilisation, memory);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsAndNamesThePhasesAroundTheLoadgenWindow(long seed) {
        PhaseFinder.Window window = new PhaseFinder.Window(START_MS + 123_000, START_MS + 363_000);

        List<Span> spans = PhaseFinder.find(course(seed, true), window, 1);

        assertThat(spans).extracting(Span::name).containsExactly("idle", "launch", "load", "warm-up", "steady", "idle");
        double[] edges = {0, 40, 48, 108, 123, 363, 403};
        for (int i = 0; i < spans.size(); i++) {
            assertThat(spans.get(i).startMs()).isCloseTo(START_MS + 1000 * edges[i], within(1001.0));
            assertThat(spans.get(i).endMs()).isCloseTo(START_MS + 1000 * edges[i + 1], within(1001.0));
            assertThat(spans.get(i).evidence()).isNotEmpty();
        }
        assertThat(spans.get(4).source()).isEqualTo("loadgen");
        assertThat(spans.get(4).confidence()).isEqualTo("High");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void withoutWindowTheMainLoadIsNamedWithLowConfidence(long seed) {
        List<Span> spans = PhaseFinder.find(course(seed, true), null, 1);

        assertThat(spans)
                .extracting(Span::name)
                .startsWith("idle")
                .contains("steady")
                .endsWith("idle");
        assertThat(spans)
                .filteredOn(span -> span.name().equals("steady"))
                .allMatch(span -> span.confidence().equals("Low"));
    }

    @Test
    void theAnalyzerAloneGivesPhasesWithoutGuessingNames() {
        List<Span> spans = PhaseFinder.find(course(1, false), null, 1);

        assertThat(spans).extracting(Span::name).startsWith("idle").doesNotContain("launch", "load", "warm-up");
    }

    @Test
    void aHigherPenaltyGivesFewerPhases() {
        Course course = course(3, true);

        assertThat(PhaseFinder.find(course, null, 40))
                .hasSizeLessThan(PhaseFinder.find(course, null, 1).size());
    }

    @Test
    void aConstantSignalIsOneSegment() {
        double[] flat = new double[500];
        Arrays.fill(flat, 250);

        assertThat(Segmenter.changes(new double[][] {flat}, 3, 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 5000, 30_000})
    void findsAStepInSeriesOfAnyLength(int n) {
        SplittableRandom random = new SplittableRandom(n);
        double[] signal = new double[n];
        int step = n / 3;
        for (int i = 0; i < n; i++) {
            signal[i] = (i < step ? 500 : 1500) + 30 * (random.nextDouble() - 0.5);
        }

        assertThat(Segmenter.changes(new double[][] {signal}, 3, 1)).containsExactly(step);
    }

    @Test
    void aRampIsTheSlopeBetweenTenAndNinetyPercent() {
        double[] times = new double[60];
        double[] watts = new double[60];
        for (int i = 0; i < 60; i++) {
            times[i] = 1000.0 * i;
            watts[i] = i < 20 ? 100 : i < 30 ? 100 + 40 * (i - 20) : 500;
        }

        assertThat(Ramp.slope(times, watts, 25_000, 100, 500, 15_000)).isCloseTo(40, within(1.0));
        assertThat(Ramp.slope(times, watts, 25_000, 500, 505, 15_000)).isNaN();
    }
}
