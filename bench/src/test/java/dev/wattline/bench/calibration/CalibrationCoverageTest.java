package dev.wattline.bench.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.calibration.WallModel;
import dev.wattline.analysis.result.Interval;
import dev.wattline.bench.calibration.CalibrationCoverage.Rail;
import dev.wattline.simulation.machine.SimulatedMachine;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Fewer machines than {@code bench/run calibration} draws; the bounds allow for that. */
class CalibrationCoverageTest {
    @Test
    void trueWallEnergyIsInsideTheIntervalOfEachSetOfSources() {
        CalibrationCoverage coverage = CalibrationCoverage.run(90, 1, 1, 77);

        assertThat(coverage.refused()).as(coverage.reasons().toString()).isZero();
        for (SourceSet sources : SourceSet.values()) {
            for (boolean same : new boolean[] {true, false}) {
                assertThat(coverage.cell(new CalibrationCoverage.Key(sources, same, 0, Rail.ANY))
                                .insidePct())
                        .as(sources + " " + same)
                        .isGreaterThanOrEqualTo(85);
            }
        }
        assertThat(coverage.cell(new CalibrationCoverage.Key(SourceSet.RAPL, true, 300, Rail.ANY))
                        .halfWidthPct())
                .isLessThan(2);
    }

    @Test
    void twoSessionsHoldWhenDaysDifferTwiceAsMuch() {
        CalibrationCoverage one = CalibrationCoverage.run(90, 1, 2, 78);
        CalibrationCoverage two = CalibrationCoverage.run(90, 2, 2, 78);
        CalibrationCoverage.Key key = new CalibrationCoverage.Key(SourceSet.RAPL, true, 0, Rail.ANY);

        assertThat(two.cell(key).insidePct())
                .isGreaterThan(one.cell(key).insidePct())
                .isGreaterThan(85);
    }

    @Test
    void meterThreePercentOffIsNoticed() {
        assertThat(CalibrationCoverage.caughtPct(90, 0.03, 79)).isGreaterThanOrEqualTo(95);
    }

    @Test
    void whatAWattOfACardDrawsAtTheWallIsInsideItsInterval() {
        int cards = 0;
        int inside = 0;
        for (int i = 0; i < 40; i++) {
            SplittableRandom random = new SplittableRandom(4000 + i);
            SimulatedMachine machine = SimulatedMachine.draw(random);
            WallModel model = new SimulatedCalibration(machine, i)
                    .session(0, machine.day(1, random), random)
                    .models()
                    .get(0);
            double level = (model.lowSumW() + model.topSumW()) / 2 / model.topSumW();
            for (int card = 0; card < machine.cards().length; card++) {
                Interval watts = model.wallWattsPerWatt(model.cards().get(card));
                double truth = wallWattsPerWatt(machine, card, level);
                cards++;
                inside += watts.contains(truth) ? 1 : 0;
            }
        }
        assertThat(cards).isGreaterThan(100);
        assertThat(100.0 * inside / cards).isGreaterThanOrEqualTo(90);
    }

    /** By the machine's own losses and fans, with everything at this share of its highest. */
    private static double wallWattsPerWatt(SimulatedMachine machine, int card, double level) {
        double behindSupplies = machine.topW() / 1.04 * level; // the losses at the top are some 4 %
        double supplies =
                1 + machine.lossLinear() + 2 * machine.lossSquare() * behindSupplies / machine.ratingW();
        double followed = machine.fanExponent() * Math.pow(level, machine.fanExponent() - 1) * machine.fanCardShare();
        double fans = 0.75 * machine.fanW() * followed / Arrays.stream(machine.cards()).sum();
        return (1 + fans) * supplies / machine.cardGains()[card];
    }
}
