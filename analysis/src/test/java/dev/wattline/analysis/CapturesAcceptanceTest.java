package dev.wattline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.result.SensorReport;
import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.study.SensorRequest;
import dev.wattline.analysis.study.SensorStudy;
import dev.wattline.analysis.study.SensorText;
import dev.wattline.testing.SharedData;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Real captures with an external meter against the figures of their reference.json, at the tolerances of the method. */
class CapturesAcceptanceTest {
    private static final Map<String, SensorReport> STUDIES = new HashMap<>();
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    @ParameterizedTest
    @CsvSource({
        // Gain and offset of another session of the same card; tolerance of the gain; guard band as published, usable.
        "A100_5050, power.draw, 0.95395, -1.18, 0.01, 0.2, true",
        "A100_5050, power.draw.instant, 0.95395, -1.18, 0.01, 0.2, true",
        "3090_step, power.draw, 0.9440, 4.58, 0.001, -5.4, false",
        "3090_step, power.draw.instant, 0.9483, 1.40, 0.001, -5.2, true"
    })
    void sensorAndEnergyMatchTheReference(
            String capture,
            String field,
            double gain,
            double offset,
            double gainTolerance,
            double guard,
            boolean guardUsable) {
        Path folder = SharedData.orSkip("gpu/" + capture);
        JsonNode reference = TruthFile.read(folder.resolve("reference.json"));
        JsonNode column = reference.path("columns").path(field + " [W]");

        SensorReport.Sensor sensor =
                study(folder, reference, LONDON, new Calibration(gain, 0, offset, 0, false), field);
        SensorReport.Window window = java.util.Objects.requireNonNull(sensor.window());

        assertThat(sensor.period().status()).isEqualTo("identified");
        assertThat(sensor.period().periodMs()).isCloseTo(number(column, "update_period_ms"), within(0.01));
        double w = number(column, "window_ms");
        assertThat(window.windowMs()).isCloseTo(w, w > 500 ? within(0.02 * w) : within(3.0));
        assertThat(window.delayMs()).isCloseTo(number(column, "delay_ms"), within(3.0));
        assertThat(window.gain()).isCloseTo(number(column, "gain"), within(gainTolerance));
        assertThat(window.offsetW()).isCloseTo(number(column, "offset_W"), within(1.0));
        assertThat(window.r2()).isCloseTo(number(column, "R2"), within(0.001));
        assertThat(window.windowCi95Ms().contains(window.windowMs())).isTrue();

        SensorReport.Energy energy = java.util.Objects.requireNonNull(sensor.energy());
        JsonNode errors = column.path("error_pct");
        assertThat(energy.trueJ()).isCloseTo(number(reference, "energy_J_all_channels"), Offset.offset(0.05));
        assertThat(energy.meanPct()).isCloseTo(number(errors, "mean_of_samples"), within(0.01));
        assertThat(energy.zohPct()).isCloseTo(number(errors, "zoh"), within(0.01));
        assertThat(energy.trapezoidPct()).isCloseTo(number(errors, "trapezoid"), within(0.01));
        assertThat(energy.shiftedPct()).isCloseTo(number(errors, "after_shift"), within(0.1));
        assertThat(energy.calibratedPct())
                .isCloseTo(number(errors, "after_shift_and_authors_gain_offset"), within(0.1));
        assertThat(energy.selfPct()).isCloseTo(number(errors, "after_shift_and_self_gain_offset"), within(0.5));
        assertThat(energy.guardPct()).isCloseTo(guard, within(0.2));
        // Six seconds of load are too short for a guard of 1.2 s: the slow fall of power is booked to the load.
        assertThat(energy.guardUsable()).isEqualTo(guardUsable);
    }

    @Test
    void zoneIsInferredFromTheMeter() {
        Path folder = SharedData.orSkip("gpu/3090_step");
        JsonNode reference = TruthFile.read(folder.resolve("reference.json"));

        SensorReport report = SensorStudy.study(request(folder, reference, null, null));

        assertThat(report.zoneSource()).isEqualTo("inferred");
        assertThat(report.smiZone()).isEqualTo("+01:00");
    }

    @ParameterizedTest
    @CsvSource({"power.draw", "power.draw.instant"})
    void theV100IsConfirmedByTheTableOnly(String field) {
        Path folder = SharedData.orSkip("gpu/update_period_V100");
        JsonNode column = TruthFile.read(folder.resolve("reference.json")).path(field + " [W]");

        SensorReport report = SensorStudy.study(new SensorRequest(
                folder.resolve("nvidia-smi.csv"), LONDON, null, 0, null, null, "Tesla V100", List.of()));
        SensorReport.Sensor sensor = byField(report, field);

        assertThat(sensor.period().status()).isEqualTo("table-confirmed");
        assertThat(sensor.period().periodMs()).isCloseTo(number(column, "update_period_ms"), within(0.01));
        assertThat(sensor.period().r()).isCloseTo(number(column, "R"), within(0.01));
        assertThat(sensor.period().indexLsValid()).isFalse();
        assertThat(sensor.pollMedianMs()).isEqualTo(8.0);
        assertThat(sensor.changes()).isEqualTo(column.path("n_changes").asInt());
    }

    /** The capture's load repeats nearly in step with the sensor: its fit would turn -0.5 % into more than +7 %. */
    @Test
    void aCalibrationThatMakesItsOwnCaptureWorseIsRefused() {
        Path folder = SharedData.orSkip("gpu/A100_5050");
        SensorReport report =
                SensorStudy.study(request(folder, TruthFile.read(folder.resolve("reference.json")), LONDON, null));

        assertThat(SensorStudy.calibrations(report).entries()).isEmpty();
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("refused as a calibration"));
        assertThat(String.join("\n", SensorText.lines(report))).doesNotContain("NaN");
    }

    private static SensorReport.Sensor study(
            Path folder, JsonNode reference, @Nullable ZoneId zone, @Nullable Calibration given, String field) {
        String key = folder + "|" + given;
        return byField(
                STUDIES.computeIfAbsent(key, k -> SensorStudy.study(request(folder, reference, zone, given))), field);
    }

    private static SensorRequest request(
            Path folder, JsonNode reference, @Nullable ZoneId zone, @Nullable Calibration given) {
        double start = number(reference, "t0_unix_ms");
        JsonNode load = reference.path("load_interval_ms");
        return new SensorRequest(
                folder.resolve("nvidia-smi.csv"),
                zone,
                folder.resolve("pmd_power.csv"),
                start,
                new SensorRequest.Load(
                        start + load.path(0).asDouble(), start + load.path(1).asDouble()),
                given,
                "",
                List.of());
    }

    private static SensorReport.Sensor byField(SensorReport report, String field) {
        return report.sensors().stream()
                .filter(sensor -> sensor.field().equals(field))
                .findFirst()
                .orElseThrow();
    }

    private static double number(JsonNode node, String key) {
        return node.path(key).asDouble();
    }
}
