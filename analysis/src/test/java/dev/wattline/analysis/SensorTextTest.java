package dev.wattline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.Quality;
import dev.wattline.analysis.result.SensorReport;
import dev.wattline.analysis.study.SensorText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SensorTextTest {
    private static final double NONE = Double.NaN;
    private static final SensorReport.Period PERIOD =
            new SensorReport.Period(101.2, NONE, 0.01, 0.98, "identified", "", 101.2, 3, true);
    private static final SensorReport.Period NO_PERIOD =
            new SensorReport.Period(NONE, NONE, NONE, 0.1, "not-identifiable", "polls are too slow", NONE, NONE, false);
    private static final SensorReport.Window WINDOW = new SensorReport.Window(
            25.1, new Interval(24, 26.5), -4.8, 0.954, 0.005, -1.18, 0.5, 0.99, 6.2, 96, true, true, "");
    private static final SensorReport.Energy ENERGY = new SensorReport.Energy(
            Instant.EPOCH, Instant.EPOCH, 1021, -0.53, -0.57, -0.5, 0.06, 5.81, 7.64, 0, 0.2, 0.1, true, true, 0);

    private static List<String> lines(
            SensorReport.Period period,
            SensorReport.@Nullable Window window,
            SensorReport.@Nullable Energy energy,
            SensorReport.@Nullable PhaseShift shift) {
        SensorReport.Sensor sensor = new SensorReport.Sensor(
                "GPU-1",
                "NVIDIA A100",
                "power.draw",
                12,
                96,
                false,
                false,
                period,
                window,
                new SensorReport.Table(100, 25, "Ampere GA100"),
                0.248,
                "detected",
                energy,
                shift,
                "");
        return SensorText.lines(new SensorReport(
                SensorReport.SCHEMA, "a.csv", "UTC", "user", "", Quality.NONE, List.of(sensor), List.of()));
    }

    @Test
    void everyFigureStandsWithItsUncertainty() {
        SensorReport.PhaseShift shift = new SensorReport.PhaseShift(
                new SensorReport.Spread(0, 4.9, new Interval(-7, 7)),
                new SensorReport.Spread(0, 3.5, new Interval(-5, 5)));

        assertThat(lines(PERIOD, WINDOW, ENERGY, shift))
                .containsExactly(
                        "GPU-1 power.draw",
                        "  update period  101.200 ± 0.020 ms (R 0.98, identified)",
                        "  window         25.1 (24.0 to 26.5) ms, delay -4.8 ms",
                        "  gain, offset   0.9540 ± 0.0098, -1.18 ± 0.98 W (R2 0.99000, 96 updates)",
                        "  table          T 100 ms, W 25 ms (Ampere GA100)",
                        "  seen           24.8 % of the time (detected window)",
                        "  coverage error SD 4.90 % over the phases of this load with every update read, read once a second"
                                + " 3.50 %",
                        "  energy error   mean -0.53 %, held -0.57 %, trapezoid -0.50 %, shifted +0.06 %, guard +0.20 %",
                        "  calibrated     +5.81 % with the gain and offset given, +7.64 % with those found here");
    }

    @Test
    void whatIsNotKnownHasNoFigureAndItsReason() {
        assertThat(lines(NO_PERIOD, null, null, null))
                .contains(
                        "  update period  not identifiable: polls are too slow",
                        "  window         not identifiable: no reference was given")
                .noneMatch(line -> line.contains("NaN") || line.contains("gain"));
    }

    @Test
    void aGuardBandThatIsBiasedIsNotGiven() {
        SensorReport.Energy biased = new SensorReport.Energy(
                Instant.EPOCH, Instant.EPOCH, 1021, -9.5, -9.6, -9.5, -7, NONE, -3.1, 0, -5.4, 1.4, false, true, 0);

        assertThat(lines(PERIOD, WINDOW, biased, null))
                .anyMatch(line -> line.endsWith("guard not usable (its own bias may be 1.4 %)"))
                .contains("  calibrated     -3.10 % with those found here");
    }
}
