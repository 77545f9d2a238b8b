package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import dev.wattline.model.SplRow;
import dev.wattline.simulation.SimulatedSensor;
import dev.wattline.simulation.StepLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code wattline analyze} and {@code wattline sensor} on the logs of a simulated run of one GPU. */
@ResourceLock(Resources.SYSTEM_OUT)
class AnalyzeCommandTest {
    private static final long EPOCH_MS = Instant.parse("2024-07-17T09:44:00Z").toEpochMilli();
    private static final double LOAD_MS = 120_000;
    private static final double IDLE_MS = 20_000;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private StepLoad load = new StepLoad.Builder(0).level(1, 1).build();

    @BeforeEach
    void simulate() {
        load = StepLoad.Shape.LLM.between(LOAD_MS, IDLE_MS, new SplittableRandom(3));
    }

    private Path spl(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        for (double end = -IDLE_MS + 1000; end <= LOAD_MS + IDLE_MS; end += 1000) {
            double watts = 200 + load.mean(end - 1000, end) / 0.94;
            text.append(SplRow.format(new PowerSample(
                            Instant.ofEpochMilli(EPOCH_MS + Math.round(end)),
                            new Reading(watts, 230, 5, 0.96),
                            "x_testing",
                            List.of())))
                    .append('\n');
        }
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path smi(Path file, double pollMs, double windowMs) throws IOException {
        var series = new SimulatedSensor(100, windowMs, 0, 0.95, 2, 30)
                .poll(
                        load,
                        SimulatedSensor.Polling.every(pollMs),
                        -IDLE_MS + 1500,
                        LOAD_MS + IDLE_MS - 1500,
                        EPOCH_MS + 7_200_000,
                        new SplittableRandom(4));
        StringBuilder text = new StringBuilder("timestamp, power.draw.average [W]\n");
        for (int i = 0; i < series.size(); i++) {
            text.append(STAMP.format(Instant.ofEpochMilli(series.timeMs(i))))
                    .append(String.format(Locale.ROOT, ", %.2f W\n", series.watts(i)));
        }
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path loadgen(Path file) throws IOException {
        DateTimeFormatter time = DateTimeFormatter.ofPattern("MM-dd-yyyy HH:mm:ss.SSS", Locale.ROOT)
                .withZone(ZoneOffset.UTC);
        String line = ":::MLLOG {\"key\": \"%s\", \"value\": \"%s\", \"time_ms\": 1.0}%n";
        return Files.writeString(
                file,
                String.format(Locale.ROOT, line, "power_begin", time.format(Instant.ofEpochMilli(EPOCH_MS)))
                        + String.format(
                                Locale.ROOT,
                                line,
                                "power_end",
                                time.format(Instant.ofEpochMilli(EPOCH_MS + Math.round(LOAD_MS)))));
    }

    private static JsonNode json(Path file) throws IOException {
        return new JsonMapper().readTree(Files.readAllBytes(file));
    }

    @Test
    void writesStatementAndMergedLogIntoTheFolderGiven() throws IOException {
        Path spl = spl(folder.resolve("spl.txt"));
        Path smi = smi(folder.resolve("nvidia-smi.csv"), 1000, 1000);
        Path out = folder.resolve("out");

        Outcome outcome = CapturedStreams.run(
                "analyze",
                "--spl",
                spl.toString(),
                "--smi",
                smi.toString(),
                "--loadgen",
                loadgen(folder.resolve("mlperf_log_detail.txt")).toString(),
                "--out",
                out.toString());

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("nvidia-smi: no significant error found", "95 % interval", "steady", "zone 120 min");
        JsonNode found = json(out.resolve("sampling-error.json"));
        assertThat(found.path("schema").asString()).isEqualTo("gpu-sampling/1");
        assertThat(found.path("windowSource").asString()).isEqualTo("loadgen");
        assertThat(found.path("inputs").path("zoneSource").asString()).isEqualTo("inferred");
        double truth = load.energyTo(LOAD_MS) - load.energyTo(0);
        JsonNode interval = found.path("error").path("estimateCi95J");
        assertThat(truth)
                .isBetween(interval.path(0).asDouble(), interval.path(1).asDouble());
        assertThat(Files.readAllLines(out.resolve("merged.csv"))).hasSizeGreaterThan(150);
    }

    @Test
    void aSessionIsAnalysedInPlaceWithItsTelemetry() throws IOException {
        Path session = folder.resolve("2024-07-17_09-44-00");
        spl(session.resolve("run_1/spl.txt"));
        loadgen(session.resolve("run_1/mlperf_log_detail.txt"));
        smi(session.resolve("telemetry/testing/nvidia-smi.csv"), 1000, 1000);
        Files.writeString(
                session.resolve("telemetry/testing/meta.json"),
                "{\"schema\":\"wattline-telemetry/1\",\"zone\":\"Europe/Berlin\",\"clockOffsetMs\":3.0,"
                        + "\"cards\":[{\"index\":0,\"uuid\":\"GPU-x\",\"name\":\"NVIDIA H100 PCIe\"}]}");

        Outcome outcome = CapturedStreams.run("analyze", session.toString());

        assertThat(outcome.exitCode()).isZero();
        JsonNode found = json(session.resolve("analysis/sampling-error.json"));
        assertThat(found.path("inputs").path("zoneSource").asString()).isEqualTo("session");
        assertThat(found.path("gpus").path(0).path("name").asString()).isEqualTo("NVIDIA H100 PCIe");
        assertThat(session.resolve("analysis/merged.csv")).exists();
    }

    @Test
    void aSessionWithoutTelemetryGivesTheAnalyzersPart() throws IOException {
        Path session = folder.resolve("2024-07-17_09-44-00");
        spl(session.resolve("run_1/spl.txt"));
        loadgen(session.resolve("run_1/mlperf_log_detail.txt"));

        Outcome outcome = CapturedStreams.run("analyze", session.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("no statement: there is no telemetry", "Analyzer:");
        assertThat(json(session.resolve("analysis/sampling-error.json"))
                        .path("error")
                        .path("pct")
                        .isNull())
                .isTrue();
    }

    /** Telemetry that failed does not take the analyzer's part with it, as it did not take the measurement. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nvidia-smi.csv |  | The session's telemetry is left out: | nvidia-smi.csv: is empty",
                "nvidia-smi.csv | Failed to initialize NVML | The session's telemetry is left out: | is no log of power over time",
                "meta.json | { | What was recorded with the telemetry is left out: | meta.json: is no JSON: line 1, col"
            })
    void brokenTelemetryOfASessionIsToldAndLeftOut(String file, @Nullable String text, String note, String cause)
            throws IOException {
        Path session = folder.resolve("2024-07-17_09-44-00");
        spl(session.resolve("run_1/spl.txt"));
        loadgen(session.resolve("run_1/mlperf_log_detail.txt"));
        smi(session.resolve("telemetry/testing/nvidia-smi.csv"), 1000, 1000);
        Files.writeString(session.resolve("telemetry/testing").resolve(file), text == null ? "" : text);

        for (String command : List.of("analyze", "report")) {
            Outcome outcome = CapturedStreams.run(command, session.toString());

            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.exitCode()).isZero();
        }

        assertThat(json(session.resolve("analysis/sampling-error.json"))
                        .path("warnings")
                        .path(0)
                        .asString())
                .startsWith(note)
                .contains(cause);
        assertThat(session.resolve("analysis/report.html"))
                .content()
                .contains("telemetry is left out: ", "<h1 id=\"headline\">");
    }

    @Test
    void whatWentWrongWithTelemetryIsRepeated() throws IOException {
        Path session = folder.resolve("2024-07-17_09-44-00");
        spl(session.resolve("run_1/spl.txt"));
        smi(session.resolve("telemetry/testing/nvidia-smi.csv"), 1000, 1000);
        Files.writeString(
                session.resolve("telemetry/testing/meta.json"),
                "{\"schema\":\"wattline-telemetry/1\",\"zone\":\"Mars/Base\",\"problems\":[\"the GPU was lost\"]}");

        Outcome outcome = CapturedStreams.run("analyze", session.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines())
                .contains(
                        "Note: Recorded with the telemetry: the GPU was lost.",
                        "Note: The zone recorded with the telemetry, 'Mars/Base', is not known to this Java.");
    }

    @ParameterizedTest
    @CsvSource({"'', 'local time, zone not known'", "+02:00, UTC"})
    void aReportOfALogAloneSaysWhoseTimesItShows(String zone, String words) throws IOException {
        Path smi = smi(folder.resolve("nvidia-smi.csv"), 1000, 1000);
        Path report = folder.resolve("report.html");
        List<String> line = new ArrayList<>(List.of("report", "--smi", smi.toString(), "--out", report.toString()));
        line.addAll(zone.isEmpty() ? List.of() : List.of("--smi-zone", zone));

        Outcome outcome = CapturedStreams.run(line.toArray(String[]::new));

        assertThat(outcome.exitCode()).isZero();
        assertThat(report)
                .content()
                .containsPattern("Measured from 2024-07-17 \\d\\d:\\d\\d:\\d\\d " + words)
                .contains("\"zone\":\"" + words + "\"", "Begin (" + words + ")");
    }

    @Test
    void nothingToAnalyseIsAUsageError() {
        Outcome outcome = CapturedStreams.run("analyze");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains("--spl");
    }

    @Test
    void aFileThatIsNoLogIsNamed() throws IOException {
        Path smi = Files.writeString(folder.resolve("nvidia-smi.csv"), "not a log\n");

        Outcome outcome = CapturedStreams.run("analyze", "--smi", smi.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err()).contains("nvidia-smi.csv", "timestamp");
    }

    @Test
    void aSensorIsStudiedAndItsCalibrationUsed() throws IOException {
        Path smi = smi(folder.resolve("fast.csv"), 10, 100);
        StringBuilder meter = new StringBuilder("t_ms,watts_total\n");
        for (int ms = (int) -IDLE_MS; ms < LOAD_MS + IDLE_MS; ms++) {
            meter.append(ms).append(String.format(Locale.ROOT, ",%.3f\n", load.mean(ms - 0.5, ms + 0.5)));
        }
        Path reference = Files.writeString(folder.resolve("meter.csv"), meter);
        Path card = folder.resolve("card.json");

        Outcome outcome = CapturedStreams.run(
                "sensor",
                "--smi",
                smi.toString(),
                "--smi-zone",
                "+02:00",
                "--reference",
                reference.toString(),
                "--reference-start",
                Long.toString(EPOCH_MS),
                "--load",
                "0," + LOAD_MS,
                "--write-calibration",
                card.toString(),
                "--json");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        JsonNode sensor =
                new JsonMapper().readTree(outcome.out()).path("sensors").path(0);
        assertThat(sensor.path("period").path("status").asString()).isEqualTo("identified");
        assertThat(sensor.path("period").path("periodMs").asDouble()).isBetween(99.98, 100.02);
        assertThat(sensor.path("window").path("windowMs").asDouble()).isBetween(98.0, 102.0);
        assertThat(sensor.path("window").path("gain").asDouble()).isBetween(0.94, 0.96);
        assertThat(json(card).path("cards").path(0).path("gain").asDouble()).isBetween(0.94, 0.96);

        Path spl = spl(folder.resolve("spl.txt"));
        Outcome analysis = CapturedStreams.run(
                "analyze", "--spl", spl.toString(), "--smi", smi.toString(), "--card", card.toString(), "--json");
        assertThat(analysis.exitCode()).isZero();
        assertThat(new JsonMapper()
                        .readTree(analysis.out())
                        .path("error")
                        .path("reference")
                        .asString())
                .isEqualTo("calibration");
    }

    @Test
    void pollsOnceASecondGiveNoPeriodAndSaySo() throws IOException {
        Path smi = smi(folder.resolve("slow.csv"), 1000, 1000);

        Outcome outcome = CapturedStreams.run("sensor", "--smi", smi.toString(), "--smi-zone", "+02:00");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("update period  not identifiable", "too slow");
    }
}
