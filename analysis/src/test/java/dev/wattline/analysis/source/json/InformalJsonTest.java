package dev.wattline.analysis.source.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.calibration.Cooling;
import dev.wattline.analysis.calibration.Cooling.Course;
import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.json.JsonSchema;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.source.CrossVerdict;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.PhaseEnergy;
import dev.wattline.analysis.source.ScopeEnergy;
import dev.wattline.analysis.source.json.InformalJson.Informal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InformalJsonTest {
    private static final Instant BEGIN = Instant.parse("2026-01-20T09:00:00Z");

    @TempDir
    private Path folder;

    private static EnergyStatement statement() {
        WallPrediction wall = new WallPrediction(
                99.5,
                533,
                5,
                "gpu+rapl+redfish",
                Map.of("fit", 3.0, "day", 4.0),
                List.of("2.0 months old"),
                false,
                true);
        return new EnergyStatement(
                100,
                List.of(
                        new ScopeEnergy("gpu", "nvml", "counter", 2, 30_000, 500, ""),
                        new ScopeEnergy("rail", "tegrastats", "sampled", 1, 20, 25, ""),
                        new ScopeEnergy("dram", "rapl", "counter", 1, Double.NaN, Double.NaN, "it stood still")),
                List.of(new CrossVerdict(
                        "gpu within node (redfish)",
                        List.of("gpu nvml", "node redfish"),
                        CrossVerdict.Outcome.CONTRADICT,
                        900,
                        300,
                        "the parts draw more than the whole")),
                List.of("fans"),
                Optional.of(new EnergyStatement.Inferred(wall, "lab.json", "sha256:00")),
                new Cooling(
                        new TreeMap<>(Map.of("cooling a/fan1", new Course(0, 0, 0))),
                        new TreeMap<>(Map.of("nvidia-smi GPU-1", new Course(40, 55, 70)))),
                List.of(),
                List.of());
    }

    private Path written() throws IOException {
        Path file = folder.resolve(InformalJson.FILE);
        InformalJson.Ran ran = new InformalJson.Ran(
                List.of("serve", "-m"), 3, BEGIN, BEGIN.plusSeconds(100), List.of("late"), OptionalDouble.of(50));
        ScopeEnergy energy = new ScopeEnergy("gpu", "nvml", "counter", 2, 12_000, 300, "");
        List<PhaseEnergy> phases = List.of(new PhaseEnergy("prefill", 3, 40, List.of(energy)));
        InformalJson.write(file, new Informal(ran, statement(), phases));
        return file;
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Informal read = InformalJson.read(written());

        assertThat(read.ran().command()).containsExactly("serve", "-m");
        assertThat(read.ran().exitStatus()).isEqualTo(3);
        assertThat(read.ran().end()).isEqualTo(BEGIN.plusSeconds(100));
        assertThat(read.ran().tokensPerSecond()).hasValue(50);
        assertThat(read.ran().windowEnd()).isEqualTo(BEGIN.plusSeconds(100));
        assertThat(read.phases()).singleElement().satisfies(phase -> {
            assertThat(phase.name()).isEqualTo("prefill");
            assertThat(phase.count()).isEqualTo(3);
            assertThat(phase.energies().get(0).sigmaJ()).isCloseTo(300, within(1e-9));
        });
        ScopeEnergy gpu = read.statement().energies().get(0);
        assertThat(gpu.sigmaJ()).isCloseTo(500, within(1e-9));
        assertThat(gpu.devices()).isEqualTo(2);
        assertThat(read.statement().energies().get(2).why()).isEqualTo("it stood still");
        assertThat(read.statement().energies().get(1).sigmaJ()).isCloseTo(25, within(1e-9));
        assertThat(read.statement().cooling()).isEqualTo(statement().cooling());
        assertThat(read.statement().verdicts()).isEqualTo(statement().verdicts());
        WallPrediction wall = read.statement().wall().orElseThrow().prediction();
        assertThat(wall.sigmaW()).isCloseTo(5, within(1e-9));
        assertThat(wall.confidence())
                .isEqualTo(statement().wall().orElseThrow().prediction().confidence());
        assertThat(wall.termsW()).isEqualTo(Map.of("fit", 3.0, "day", 4.0));
    }

    @Test
    void theReportOfEnergyNamesMethodScopeIntervalAndTokens() throws IOException {
        JsonNode root = JsonMapper.builder().build().readTree(Files.readAllBytes(written()));
        JsonNode report = root.path("energyReport");

        assertThat(report.path("measurementMethod").asString()).isEqualTo("calibrated-model");
        assertThat(report.path("scope").asString()).isEqualTo("wall");
        assertThat(report.path("confidence").asString()).startsWith("High: calibrated on two days");
        assertThat(report.path("calibrationHash").asString()).isEqualTo("sha256:00");
        assertThat(report.path("tokens").asDouble()).isEqualTo(4_975);
        assertThat(report.path("jPerToken").asDouble()).isCloseTo(533.0 / 50, within(1e-9));
        assertThat(StatementJson.texts(report.path("sources"))).containsExactly("gpu", "rapl", "redfish");
        assertThat(StatementJson.texts(report.path("unseen"))).containsExactly("fans");
        assertThat(root.path("energies").path(0).path("confidence").asString()).startsWith("Low: contradicted");
        assertThat(root.path("stack").path(0).path("basis").asString()).isEqualTo("measured");
    }

    @Test
    void lowerEndOfWhatUsesNextToNothingIsNotBelowZeroAndAStillFanIsAFinding() throws IOException {
        JsonNode root = JsonMapper.builder().build().readTree(Files.readAllBytes(written()));

        JsonNode rail = root.path("energies").path(1);
        assertThat(rail.path("intervalJ").path(0).asDouble()).isZero();
        assertThat(rail.path("intervalJ").path(1).asDouble()).isCloseTo(69, within(1e-9));
        assertThat(root.path("cooling").path("fansWatched").asBoolean()).isTrue();
        assertThat(root.path("findings").valueStream().map(one -> one.path("id").asString()))
                .containsExactly("sources.contradict", "fan.stands-still");
    }

    @Test
    void bothFilesFitTheirSchemas() throws IOException {
        Path sources = folder.resolve(SourcesJson.FILE);
        SourcesJson.write(sources, statement(), BEGIN, BEGIN.plusSeconds(100), OptionalDouble.of(50));
        Path nothing = folder.resolve("nothing.json");
        SourcesJson.write(nothing, EnergyStatement.none(100), BEGIN, BEGIN.plusSeconds(100), OptionalDouble.empty());

        assertThat(violations("informal", written())).isEmpty();
        assertThat(violations("sources", sources)).isEmpty();
        assertThat(violations("sources", nothing)).isEmpty();
        assertThat(violations("sources", written())).isNotEmpty();
    }

    private static List<String> violations(String schema, Path file) throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        Path path = Path.of("..", "docs", "schemas", schema + ".schema.json");
        return new JsonSchema(mapper.readTree(Files.readAllBytes(path)))
                .violations(mapper.readTree(Files.readAllBytes(file)));
    }

    @Test
    void aFileThatIsNoneIsSaidToBeNone() throws IOException {
        Path file = Files.writeString(folder.resolve(InformalJson.FILE), "{}");

        assertThatExceptionOfType(AnalysisInputException.class)
                .isThrownBy(() -> InformalJson.read(file))
                .withMessageContaining("wattline-informal/1");
        Files.writeString(file, "{\"schema\": ");
        assertThatExceptionOfType(AnalysisInputException.class)
                .isThrownBy(() -> InformalJson.read(file))
                .withMessageContaining("is damaged");
    }
}
