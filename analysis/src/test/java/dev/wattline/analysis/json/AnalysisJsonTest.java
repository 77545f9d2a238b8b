package dev.wattline.analysis.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.analysis.MergedCsv;
import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.SimulatedRun;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.result.Analysis;
import dev.wattline.analysis.result.ProfileEntry;
import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.series.AnalysisInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnalysisJsonTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    private Path folder;

    private Analysis analyze(boolean analyzer, boolean telemetry) throws IOException {
        SimulatedRun run = SimulatedRun.write(folder, 7);
        return SessionAnalyzer.analyze(AnalysisRequest.of(analyzer ? run.spl() : null, telemetry ? run.smi() : null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"both", "analyzer", "telemetry"})
    void whatIsWrittenFulfilsTheSchema(String logs) throws IOException {
        Analysis found = analyze(!logs.equals("telemetry"), !logs.equals("analyzer"));

        JsonNode document = MAPPER.readTree(AnalysisJson.write(found.summary()));

        assertThat(new JsonSchema(MAPPER.readTree(AnalysisJson.schema())).violations(document))
                .isEmpty();
        assertThat(document.path("schema").asString()).isEqualTo("gpu-sampling/1");
    }

    /** Every field that {@code gpu-sampling/1} was designed with, and those added to it, with a number where a run gives one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/inputs/analyzer",
                "/inputs/smi",
                "/inputs/smiZone",
                "/inputs/zoneSource",
                "/clock/tzOffsetMin",
                "/clock/lagS",
                "/clock/lagSigmaS",
                "/clock/sseRatio",
                "/clock/accepted",
                "/clock/method",
                "/quality/rows",
                "/quality/missing",
                "/quality/duplicates",
                "/quality/outOfOrder",
                "/quality/gaps",
                "/quality/gapSeconds",
                "/quality/pollMedianMs",
                "/quality/pollP99Ms",
                "/quality/stuck",
                "/gpus/0/key",
                "/gpus/0/field",
                "/gpus/0/sensor/source",
                "/gpus/0/sensor/identifiable",
                "/gpus/0/phases/0/name",
                "/gpus/0/phases/0/start",
                "/gpus/0/phases/0/end",
                "/gpus/0/phases/0/meanW",
                "/gpus/0/phases/0/energyJ",
                "/gpus/0/phases/0/ci95J/1",
                "/gpus/0/phases/0/relHalfWidthPct",
                "/gpus/0/phases/0/components/coveragePct",
                "/gpus/0/phases/0/components/edgePct",
                "/gpus/0/phases/0/components/quantPct",
                "/gpus/0/phases/0/components/lagPct",
                "/gpus/0/phases/0/components/gainPct",
                "/gpus/0/phases/0/components/offsetPct",
                "/wall/energyJ",
                "/wall/slope",
                "/wall/slopeCi/0",
                "/wall/interceptW",
                "/wall/R2",
                "/wall/durbinWatson",
                "/wall/gpuCorrelatedSharePct",
                "/wall/shareIsUpperBound",
                "/alias/status",
                "/alias/worstPeriodicPct",
                "/alias/worstPeriodMs",
                "/correlation/pairwise/0/1",
                "/correlation/lagCorrected",
                "/correlation/attenuation/0",
                "/correlation/nEff",
                "/reps/cv1Pct",
                "/reps/nForTarget/5",
                "/reps/nForTarget/2",
                "/reps/nForTarget/1",
                "/error/pct",
                "/error/ci95Pct/0",
                "/error/components/coveragePct",
                "/subsampling/0/rateHz",
                "/subsampling/0/sdPct",
                "/profile/0/quantity",
                "/profile/0/value",
                "/profile/0/bounds/0",
                "/profile/0/confidence",
                "/profile/0/source",
                "/warnings/0"
            })
    void holdsEveryFieldOfItsDesign(String pointer) throws IOException {
        JsonNode document =
                MAPPER.readTree(AnalysisJson.write(analyze(true, true).summary()));

        JsonNode field = document.at(pointer);

        assertThat(field.isMissingNode()).as("missing").isFalse();
        assertThat(field.isNull()).as("null").isFalse();
    }

    @Test
    void fieldsThatARunMayNotGiveAreThereAllTheSame() throws IOException {
        JsonNode document =
                MAPPER.readTree(AnalysisJson.write(analyze(true, true).summary()));

        for (String field : List.of("periodMs", "windowMs", "coverage", "R")) {
            assertThat(document.path("gpus").path(0).path("sensor").has(field))
                    .as(field)
                    .isTrue();
        }
        for (String field : List.of("rampUpWps", "rampDownWps")) {
            assertThat(document.path("gpus").path(0).path("phases").path(0).has(field))
                    .as(field)
                    .isTrue();
        }
    }

    @Test
    void theProfileHasLevelsEnergiesRampsAndSensorWithBoundsAndConfidence() throws IOException {
        List<ProfileEntry> profile = analyze(true, true).summary().profile();

        assertThat(profile)
                .extracting(ProfileEntry::quantity)
                .contains(
                        "steady: wall power",
                        "steady: wall energy",
                        "steady: GPU power",
                        "steady: rise",
                        "steady: fall",
                        "wall power per GPU power reported",
                        "error of nvidia-smi's energy")
                .doesNotHaveDuplicates();
        assertThat(profile).allSatisfy(entry -> {
            assertThat(entry.confidence()).isIn("High", "Medium", "Low");
            assertThat(entry.source()).isNotBlank();
            assertThat(entry.value()).isFinite();
            if (entry.bounds().isKnown()) {
                assertThat(entry.value())
                        .isBetween(entry.bounds().low(), entry.bounds().high());
            }
        });
    }

    @Test
    void theSchemaRefusesWhatItShould() throws IOException {
        JsonSchema schema = new JsonSchema(MAPPER.readTree(AnalysisJson.schema()));
        String good = AnalysisJson.write(analyze(true, true).summary());

        assertThat(schema.violations(MAPPER.readTree(good.replace("\"accepted\" : true", "\"accepted\" : 1"))))
                .isNotEmpty();
        assertThat(schema.violations(MAPPER.readTree(good.replace("gpu-sampling/1", "gpu-sampling/2"))))
                .isNotEmpty();
        assertThat(schema.violations(MAPPER.readTree(good.replace("\"warnings\"", "\"remarks\""))))
                .hasSize(2);
    }

    @Test
    void theSchemaInTheDocumentsIsTheOneThatIsShipped() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.exists(root.resolve("docs/schemas/sampling-error.schema.json"))) {
            root = root.getParent();
        }

        assertThat(root).isNotNull();
        assertThat(Files.readString(
                        java.util.Objects.requireNonNull(root).resolve("docs/schemas/sampling-error.schema.json")))
                .isEqualTo(AnalysisJson.schema());
    }

    @Test
    void noNumberIsNullAndNeverNaN() throws IOException {
        String text = AnalysisJson.write(analyze(true, false).summary());

        assertThat(text).doesNotContain("NaN").doesNotContain("Infinity").contains("\"pct\" : null");
    }

    @Test
    void localTimesOfAnUnknownZoneDoNotCallThemselvesUtc() throws IOException {
        SimulatedRun run = SimulatedRun.write(folder, 7);
        AnalysisRequest alone = AnalysisRequest.of(null, run.smi());

        assertThat(begin(SessionAnalyzer.analyze(alone))).matches("[0-9T:.-]+");
        assertThat(begin(SessionAnalyzer.analyze(alone.withZone(ZoneId.of("Europe/London")))))
                .matches("[0-9T:.-]+Z");
    }

    private static String begin(Analysis found) {
        return MAPPER.readTree(AnalysisJson.write(found.summary()))
                .path("phases")
                .path(0)
                .path("start")
                .asString();
    }

    @Test
    void mergedRowsStandBesideEachOther() throws IOException {
        Analysis found = analyze(true, true);
        Path csv = folder.resolve(MergedCsv.FILE);

        MergedCsv.write(csv, found);

        List<String> lines = Files.readAllLines(csv);
        assertThat(lines.get(0)).isEqualTo("time_utc,unix_ms,phase,wall_w,gpu_sum_w,GPU-0_w,GPU-1_w,wall_residual_w");
        assertThat(lines).hasSize(found.trace().size() + 1);
        assertThat(lines.get(lines.size() / 2).split(",", -1)).hasSize(8).doesNotContain("");
    }

    @Test
    void aCalibrationIsReadBackAsItWasWritten() throws IOException {
        CardCalibrations cards = new CardCalibrations(
                "x",
                true,
                List.of(
                        new CardCalibrations.Entry(
                                "GPU-1",
                                null,
                                null,
                                "power.draw",
                                new Calibration(0.954, 0.005, -1.2, 1, false),
                                101.2,
                                25,
                                0),
                        new CardCalibrations.Entry(null, 3, "A100", null, null, 100, 25, 1)));
        Path file = folder.resolve("card.json");

        CalibrationJson.write(file, cards);

        assertThat(CalibrationJson.read(file).entries()).isEqualTo(cards.entries());
        assertThat(CalibrationJson.read(file).gainCommon()).isTrue();
    }

    @Test
    void oneCardMayStandAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("card.json"), "{\"gain\": 0.95, \"offsetW\": -2}");

        Calibration card = CalibrationJson.read(file)
                .calibration("any", 5, "", "power.draw")
                .orElseThrow();

        assertThat(card.gain()).isEqualTo(0.95);
        assertThat(card.gainSigma()).isEqualTo(0.0095);
        assertThat(card.offsetSigmaW()).isEqualTo(1.5);
        assertThat(card.prior()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[1]", "nonsense", "{\"gain\": \"x\"}", "{\"gain\": -1}", "{\"schema\":\"y\",\"gain\":1}"})
    void whatIsNoCalibrationIsRefused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("card.json"), text);

        assertThatThrownBy(() -> CalibrationJson.read(file))
                .isInstanceOf(AnalysisInputException.class)
                .hasMessageContaining("card.json");
    }
}
