package dev.wattline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.SensorReport;
import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.study.CalibrationCheck;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CalibrationCheckTest {
    private static final SensorReport.Period PERIOD =
            new SensorReport.Period(101.2, Double.NaN, 0.01, 0.98, "identified", "", Double.NaN, Double.NaN, false);

    private static SensorReport.Sensor sensor(
            String field, double windowMs, double r2, SensorReport.@Nullable Energy energy) {
        SensorReport.Window window = new SensorReport.Window(
                windowMs, Interval.around(windowMs, 0.5), -4, 0.954, 0.001, -1, 0.2, r2, 2, 100, true, true, "");
        return new SensorReport.Sensor(
                "GPU-1",
                "A100",
                field,
                10,
                100,
                false,
                false,
                PERIOD,
                window,
                null,
                0.25,
                "detected",
                energy,
                null,
                "");
    }

    private static SensorReport.Energy energy(double shiftedPct, double selfPct) {
        return new SensorReport.Energy(
                Instant.EPOCH,
                Instant.EPOCH,
                1000,
                shiftedPct,
                shiftedPct,
                shiftedPct,
                shiftedPct,
                Double.NaN,
                selfPct,
                shiftedPct,
                shiftedPct,
                0,
                true,
                true,
                0);
    }

    private static String objection(SensorReport.Sensor sensor) {
        return CalibrationCheck.judge(List.of(sensor)).get(0).noCalibration();
    }

    @Test
    void aCleanFitThatServesItsOwnCaptureIsACalibration() {
        assertThat(objection(sensor("power.draw", 25, 0.9999, energy(-4.8, 0.1))))
                .isEmpty();
    }

    @Test
    void aFitThatNoiseDoesNotExplainIsNone() {
        assertThat(objection(sensor("power.draw", 25, 0.984, null))).contains("1.60 %");
    }

    @Test
    void aFitThatWorsensItsOwnCaptureIsNone() {
        assertThat(objection(sensor("power.draw", 25, 0.9999, energy(-0.5, 5.8))))
                .contains("-0.50 to +5.80 %");
    }

    @Test
    void columnsOfOneSensorWithWindowsThatExcludeEachOtherAreWidenedAndAreNone() {
        List<SensorReport.Sensor> judged = CalibrationCheck.judge(
                List.of(sensor("power.draw", 23, 0.9999, null), sensor("power.draw.instant", 26, 0.9999, null)));

        assertThat(judged).allMatch(one -> one.noCalibration().contains("another column"));
        for (SensorReport.Sensor one : judged) {
            Interval window = java.util.Objects.requireNonNull(one.window()).windowCi95Ms();
            assertThat(window.low()).isLessThanOrEqualTo(22.5 - 2.9);
            assertThat(window.high()).isGreaterThanOrEqualTo(26.5 + 2.9);
        }
    }

    @Test
    void columnsOfTwoSensorsMayDiffer() {
        List<SensorReport.Sensor> judged = CalibrationCheck.judge(List.of(
                sensor("power.draw.average", 1000, 0.9999, null), sensor("power.draw.instant", 25, 0.9999, null)));

        assertThat(judged).allMatch(one -> one.noCalibration().isEmpty());
    }

    @Test
    void aReadingThatStandsStillWhileTheMeterMovesIsFrozen() {
        PowerSeries follows = new PowerSeries();
        PowerSeries freezes = new PowerSeries();
        double[] times = new double[1000];
        double[] watts = new double[1000];
        for (int i = 0; i < 1000; i++) {
            times[i] = 10.0 * i;
            watts[i] = i / 100 % 2 == 0 ? 100 : 300;
            follows.add(10L * i, (int) (watts[i] * 1000) + i);
            freezes.add(10L * i, i < 400 ? (int) (watts[i] * 1000) + i : 300_120);
        }
        Polyline meter = new Polyline(times, watts);

        assertThat(CalibrationCheck.frozenS(follows, 100, meter)).isZero();
        assertThat(CalibrationCheck.frozenS(freezes, 100, meter)).isGreaterThan(5);
    }
}
