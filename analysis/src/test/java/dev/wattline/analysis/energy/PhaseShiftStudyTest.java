package dev.wattline.analysis.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.result.SensorReport;
import dev.wattline.analysis.series.Polyline;
import org.junit.jupiter.api.Test;

class PhaseShiftStudyTest {
    /** 10 s of a meter at 1 kHz: 100 and 300 W in turn, for half of this period each. */
    private static PhaseShiftStudy square(double periodMs) {
        double[] times = new double[10_001];
        double[] watts = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = i;
            watts[i] = i % periodMs < periodMs / 2 ? 300 : 100;
        }
        return new PhaseShiftStudy(new Polyline(times, watts), 0, 10_000);
    }

    @Test
    void aSensorThatSeesAQuarterOfALoadInStepWithItReadsEitherLevel() {
        SensorReport.Spread spread = square(100).spread(100, 25);

        assertThat(spread.rangePct().low()).isCloseTo(-50, within(1.5));
        assertThat(spread.rangePct().high()).isCloseTo(50, within(1.5));
        assertThat(spread.biasPct()).isCloseTo(0, within(0.5));
        assertThat(spread.sdPct()).isBetween(35.0, 50.0);
    }

    @Test
    void aSensorThatSeesAllOfTheTimeIsRightAtEveryPhase() {
        SensorReport.Spread spread = square(100).spread(100, 100);

        assertThat(spread.sdPct()).isLessThan(0.1);
    }

    @Test
    void fewerThanThreeWindowsGiveNoSpread() {
        SensorReport.Spread spread = square(100).spread(4000, 1000);

        assertThat(spread.sdPct()).isNaN();
        assertThat(spread.rangePct().isKnown()).isFalse();
    }
}
