package dev.wattline.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CounterEnergyTest {
    private static final double RANGE_UJ = 262_143_328_850.0;
    private static final double STEP_UJ = 61;

    private static Track rapl(double range) {
        return new Track(
                "rapl",
                new Series("package-0", "", "package", "energy", "uJ", Kind.COUNTER, STEP_UJ, range, 1.0, null));
    }

    /** 100 W, read each second, from a counter that stands at this value at second 0. */
    private static Track steady(double startUj, double range, int seconds) {
        Track track = rapl(range);
        for (int i = 0; i <= seconds; i++) {
            double value = startUj + i * 100e6;
            // The counter has range / step + 1 states.
            track.add(i, range > 0 && value > range ? value - range - STEP_UJ : value);
        }
        return track;
    }

    @Test
    void aWrapIsContinuedByTheZonesOwnRange() {
        IntervalEnergy energy = CounterEnergy.over(steady(RANGE_UJ - 250e6, RANGE_UJ, 10), 0, 10);

        assertThat(energy.energyJ()).isCloseTo(1000, within(0.1));
    }

    @Test
    void withoutARangeACounterThatGoesBackHasNoFigure() {
        Track track = rapl(0);
        track.add(0, 5e9);
        track.add(1, 4e9);

        assertThat(CounterEnergy.over(track, 0, 1).why()).isEqualTo("the counter went back");
    }

    @Test
    void aCounterThatBeganAnewHasNoFigureAndIsNoWrap() {
        Track track = rapl(RANGE_UJ);
        track.add(0, 50e9);
        track.add(1, 1e6);

        assertThat(CounterEnergy.over(track, 0, 1).why()).isEqualTo("the counter began anew");
    }

    @Test
    void aCounterThatStandsStillUnderLoadHasNoFigure() {
        Track track = rapl(RANGE_UJ);
        for (int i = 0; i <= 5; i++) {
            track.add(i, 7e9);
        }

        assertThat(CounterEnergy.over(track, 0, 5).why()).isEqualTo("the counter stood still");
    }

    @Test
    void aCounterThatDoesNotMoveInAShortTimeHasNoFigureEither() {
        Track track = rapl(RANGE_UJ);
        track.add(0, 7e9);
        track.add(0.01, 7e9);

        assertThat(CounterEnergy.over(track, 0, 0.01).why()).isEqualTo("the counter did not move in so short a time");
    }

    @Test
    void readingsThatDoNotReachTheEndHaveNoFigure() {
        assertThat(CounterEnergy.over(steady(0, RANGE_UJ, 10), 0, 20).why())
                .isEqualTo("the readings do not cover the interval");
        assertThat(CounterEnergy.over(rapl(RANGE_UJ), 0, 20).isKnown()).isFalse();
    }

    @Test
    void theEnergyOfTwoPartsIsThatOfTheWhole() {
        SplittableRandom random = new SplittableRandom(5);
        Track track = rapl(RANGE_UJ);
        double value = 0;
        for (int i = 0; i <= 100; i++) {
            track.add(i + 0.3 * random.nextDouble(), value);
            value += Math.rint(random.nextDouble() * 300e6);
        }
        double whole = CounterEnergy.over(track, 10, 90).energyJ();
        double parts = CounterEnergy.over(track, 10, 40).energyJ()
                + CounterEnergy.over(track, 40, 90).energyJ();

        // Half a millisecond of the power at the inner end is added and taken off with another power.
        assertThat(parts).isCloseTo(whole, within(0.2));
    }

    @Test
    void theTrueEnergyOfChangingLoadsIsInsideTheIntervalForCountersWithAnyGainOfThePrior() {
        SplittableRandom random = new SplittableRandom(11);
        int inside = 0;
        int runs = 2000;
        for (int run = 0; run < runs; run++) {
            double gain = 1 + 0.03 * random.nextGaussian();
            double change = 1 + 3 * random.nextDouble(); // the load changes this often, s
            double low = 40 + 60 * random.nextDouble();
            double high = low + 250 * random.nextDouble();
            double from = 2 + random.nextDouble();
            double to = from + 5 + 25 * random.nextDouble();
            Track track = rapl(RANGE_UJ);
            double start = RANGE_UJ * random.nextDouble();
            for (double at = 1.5; at <= to + 1.5; at += 1) {
                double uj = Math.floor((start + gain * 1e6 * joules(at, change, low, high)) / STEP_UJ) * STEP_UJ;
                track.add(at, uj > RANGE_UJ ? uj - RANGE_UJ - STEP_UJ : uj);
            }
            IntervalEnergy energy = CounterEnergy.over(track, from, to);
            double truth = joules(to, change, low, high) - joules(from, change, low, high);
            assertThat(energy.why()).isEmpty();
            inside += Math.abs(energy.energyJ() - truth) <= energy.halfWidthJ() ? 1 : 0;
        }

        assertThat(inside / (double) runs).isBetween(0.93, 0.999);
    }

    /** Energy until then of a load that is high in every second interval of this length. */
    private static double joules(double at, double change, double low, double high) {
        double cycles = Math.floor(at / (2 * change));
        double rest = at - cycles * 2 * change;
        double highSeconds = cycles * change + Math.max(0, rest - change);
        return low * at + (high - low) * highSeconds;
    }
}
