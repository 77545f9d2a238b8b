package dev.wattline.analysis.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WallEnergyTest {
    private static final long EPOCH_MS = 1_700_000_000_000L;

    /** Exact energy in J from 0 to a time in ms. */
    private interface Energy {
        double to(double ms);
    }

    private static WallSeries analyzer(Energy energy, double firstMs, int seconds) {
        long[] ends = new long[seconds];
        double[] watts = new double[seconds];
        for (int i = 0; i < seconds; i++) {
            double end = firstMs + 1000.0 * (i + 1);
            ends[i] = EPOCH_MS + Math.round(end);
            watts[i] = energy.to(end) - energy.to(end - 1000);
        }
        return new WallSeries(ends, watts, 0);
    }

    private static Energy step(double atMs, double until, double low, double high) {
        return ms -> (low * ms + (high - low) * Math.max(0, Math.min(ms, until) - atMs) * (ms > atMs ? 1 : 0)) * 1e-3;
    }

    @ParameterizedTest
    @CsvSource({"5", "15", "60", "600"})
    void aPhaseBetweenStepsLiesInsideItsIntervalWhereverTheSecondsFall(double seconds) {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 200; run++) {
            double from = 20_000 + 1000 * random.nextDouble();
            double to = from + 1000 * seconds;
            Energy energy = step(from, to, 2450, 6100);
            WallSeries wall = analyzer(energy, 0, (int) seconds + 45);

            WallEnergy found = wall.energy(EPOCH_MS + from, EPOCH_MS + to);

            double truth = energy.to(to) - energy.to(from);
            assertThat(found.intervalJ().contains(truth))
                    .as("%s, truth %.1f J", found, truth)
                    .isTrue();
            assertThat(found.coveredS()).isCloseTo(seconds, within(1e-3));
            assertThat(found.halfWidthJ() / found.joules()).isLessThan(0.001 + 0.35 / seconds);
        }
    }

    @Test
    void aWindowThatEndsWithTheAnalyzersSecondsHasItsReadingErrorOnly() {
        WallSeries wall = analyzer(step(20_000, 80_000, 2450, 6100), 0, 100);

        WallEnergy found = wall.energy(EPOCH_MS + 20_000, EPOCH_MS + 80_000);

        assertThat(found.joules()).isCloseTo(6100 * 60, within(1e-6));
        assertThat(found.halfWidthJ()).isCloseTo(0.001 * 6100 * 60, within(1e-6));
    }

    @Test
    void energyAndPowerAreOneFigure() {
        WallSeries wall = analyzer(step(20_300, 80_700, 2450, 6100), 0, 100);

        WallEnergy found = wall.energy(EPOCH_MS + 20_300, EPOCH_MS + 35_300);

        assertThat(found.intervalW().low() * found.coveredS())
                .isCloseTo(found.intervalJ().low(), within(1e-6));
        assertThat(found.intervalW().high() * found.coveredS())
                .isCloseTo(found.intervalJ().high(), within(1e-6));
        assertThat(found.intervalJ().contains(found.joules())).isTrue();
    }

    @Test
    void aWindowWithinOneSecondIsBoundedByItsNeighbours() {
        Energy energy = step(20_500, 80_000, 1000, 3000);
        WallSeries wall = analyzer(energy, 0, 100);

        WallEnergy found = wall.energy(EPOCH_MS + 20_550, EPOCH_MS + 20_950);

        assertThat(found.intervalW().contains(3000)).as("%s", found.intervalW()).isTrue();
    }

    @Test
    void nothingCoveredGivesNoFigure() {
        WallSeries wall = analyzer(step(0, 1, 1, 1), 0, 10);

        WallEnergy found = wall.energy(EPOCH_MS + 60_000, EPOCH_MS + 70_000);

        assertThat(found.isKnown()).isFalse();
        assertThat(found.intervalJ().isKnown()).isFalse();
        assertThat(found.intervalW().isKnown()).isFalse();
    }
}
