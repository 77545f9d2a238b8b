package dev.wattline.bench.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.bench.calibration.CalibrationCoverage.Rail;
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
}
