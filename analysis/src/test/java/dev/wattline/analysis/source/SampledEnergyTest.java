package dev.wattline.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SampledEnergyTest {
    private static Track bmc() {
        return new Track("redfish", new Series("chassis", "", "node", "power", "W", Kind.SAMPLE, 1, 0, null, null));
    }

    @Test
    void steadyPowerIsItsProductWithTheTime() {
        Track track = bmc();
        for (int i = 0; i <= 60; i += 2) {
            track.add(i, 600);
        }

        IntervalEnergy energy = SampledEnergy.over(track, 0, 60);

        assertThat(energy.energyJ()).isCloseTo(36_000, within(1.0));
        // 5.1 % of gain, 5 W of offset and a sixth of 15 % that may go unseen.
        assertThat(energy.sigmaJ()).isCloseTo(2_050, within(150.0));
    }

    @Test
    void aShortIntervalIsWideForAMeterThatShowsThePast() {
        Track track = bmc();
        for (int i = 0; i <= 6; i += 2) {
            track.add(i, 600);
        }

        IntervalEnergy energy = SampledEnergy.over(track, 0, 5);

        assertThat(energy.energyJ()).isCloseTo(3_000, within(1.0));
        assertThat(energy.halfWidthJ() / energy.energyJ()).isBetween(0.25, 0.4);
    }

    @Test
    void readingsThatDoNotCoverTheIntervalHaveNoFigure() {
        Track track = bmc();
        track.add(0, 600);
        track.add(2, 600);
        assertThat(SampledEnergy.over(track, 0, 30).why()).isEqualTo("the readings do not cover the interval");

        Track holed = bmc();
        holed.add(0, 600);
        holed.add(28, 600);
        holed.add(30, 600);
        assertThat(SampledEnergy.over(holed, 0, 30).why()).startsWith("the readings have a gap");
        assertThat(SampledEnergy.over(bmc(), 0, 30).isKnown()).isFalse();
    }

    @Test
    void theTrueEnergyIsInsideTheIntervalForControllersOfAnyGainWindowAndDelay() {
        SplittableRandom random = new SplittableRandom(3);
        int inside = 0;
        int runs = 2000;
        for (int run = 0; run < runs; run++) {
            double gain = 1 + 0.03 * random.nextGaussian();
            double offset = 5 * random.nextGaussian();
            double window = 1 + 14 * random.nextDouble();
            double delay = 0.5 + 4.5 * random.nextDouble();
            double renewed = 1 + 4 * random.nextDouble();
            double low = 150 + 150 * random.nextDouble();
            double high = low + 500 * random.nextDouble();
            double change = 5 + 40 * random.nextDouble();
            double length = 60 + 240 * random.nextDouble();
            double begin = 100;
            Track track = bmc();
            for (double at = begin - 0.2; at <= begin + length + 2; at += 2) {
                double shown = Math.floor(at / renewed) * renewed - delay;
                double mean =
                        (joules(shown, begin, change, low, high) - joules(shown - window, begin, change, low, high))
                                / window;
                track.add(at, Math.rint(gain * mean + offset));
            }
            IntervalEnergy energy = SampledEnergy.over(track, begin, begin + length);
            double truth = joules(begin + length, begin, change, low, high) - joules(begin, begin, change, low, high);
            assertThat(energy.why()).isEmpty();
            inside += Math.abs(energy.energyJ() - truth) <= energy.halfWidthJ() ? 1 : 0;
        }

        assertThat(inside / (double) runs).isGreaterThan(0.94);
    }

    /** Idle until the load begins, which is then high and low in turn. */
    private static double joules(double at, double begin, double change, double low, double high) {
        if (at <= begin) {
            return low * at;
        }
        double since = at - begin;
        double cycles = Math.floor(since / (2 * change));
        double highSeconds = cycles * change + Math.min(change, since - cycles * 2 * change);
        return low * at + (high - low) * highSeconds;
    }
}
