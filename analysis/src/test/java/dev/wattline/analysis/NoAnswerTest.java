package dev.wattline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.analysis.json.AnalysisJson;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.result.Analysis;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import dev.wattline.model.SplRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the method gives no answer there must be no number, and a reason. */
class NoAnswerTest {
    private static final Instant START = Instant.parse("2024-07-17T09:44:00Z");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private Path spl(int seconds, IntToDoubleFunction watts) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= seconds; i++) {
            Reading reading = new Reading(watts.applyAsDouble(i), 230, 5, 0.96);
            text.append(SplRow.format(new PowerSample(START.plusSeconds(i), reading, "test_testing", List.of())))
                    .append('\n');
        }
        return Files.writeString(folder.resolve("spl.txt"), text);
    }

    private Path smi(int seconds, Instant from, IntToDoubleFunction watts, IntToDoubleFunction utilisation)
            throws IOException {
        StringBuilder text = new StringBuilder("timestamp, uuid, utilization.gpu [%], power.draw [W]\n");
        for (int i = 0; i < seconds; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s, GPU-1, %.0f %%, %.2f W%n",
                    STAMP.format(from.plusSeconds(i)),
                    utilisation.applyAsDouble(i),
                    watts.applyAsDouble(i)));
        }
        return Files.writeString(folder.resolve("nvidia-smi.csv"), text);
    }

    private static double load(int second) {
        return second < 60 || second > 240 ? 70 : 300 + 40 * Math.sin(second * second);
    }

    private static SamplingError analyze(@Nullable Path spl, @Nullable Path smi) {
        return SessionAnalyzer.analyze(AnalysisRequest.of(spl, smi).withZone(ZoneId.of("UTC")))
                .summary();
    }

    @Test
    void aStuckSensorGivesNoError() throws IOException {
        SamplingError found =
                analyze(spl(300, i -> 400 + load(i)), smi(300, START, i -> 46.19, i -> load(i) > 100 ? 95 : 0));

        assertThat(found.quality().stuck()).isTrue();
        assertThat(found.quality().stuckGpus()).containsExactly("GPU-1");
        assertThat(found.error().pct()).isNaN();
        assertThat(found.error().because()).contains("stuck");
        assertThat(found.gpus().get(0).phases()).allMatch(phase -> Double.isNaN(phase.energyJ()));
        assertThat(found.clock().accepted()).isFalse();
        assertThat(found.warnings()).anyMatch(warning -> warning.contains("stuck"));
        assertThat(java.util.Objects.requireNonNull(found.wall()).energyJ()).isPositive();
    }

    /** What keeps the GPUs' figures away, and the status that their phases then have. */
    private enum Silence {
        STUCK("stuck", "stuck") {
            @Override
            Path log(NoAnswerTest test) throws IOException {
                return test.smi(300, START, i -> 46.19, i -> load(i) > 100 ? 95 : 0);
            }
        },
        NO_OVERLAP("unplaced", "overlap") {
            @Override
            Path log(NoAnswerTest test) throws IOException {
                return test.smi(300, START.plusSeconds(4000), NoAnswerTest::load, i -> 50);
            }
        },
        ANOTHER_COURSE("unplaced", "no lag") {
            @Override
            Path log(NoAnswerTest test) throws IOException {
                return test.smi(300, START, i -> load((i + 120) % 300), i -> 50);
            }
        },
        TOO_SHORT("unplaced", "60 s are needed") {
            @Override
            Path log(NoAnswerTest test) throws IOException {
                return test.smi(50, START.plusSeconds(40), i -> load(i + 40), i -> 50);
            }
        },
        HOLES("invalid", "holes") {
            @Override
            Path log(NoAnswerTest test) throws IOException {
                Path whole = test.smi(300, START, NoAnswerTest::load, i -> 50);
                List<String> lines = Files.readAllLines(whole);
                lines.subList(80, 220).clear(); // 140 s of the 180 s of load
                return Files.write(whole, lines);
            }
        };

        private final String status;
        private final String reason;

        Silence(String status, String reason) {
            this.status = status;
            this.reason = reason;
        }

        abstract Path log(NoAnswerTest test) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Silence.class)
    void noOutputHasANumberThatTheMethodDoesNotGive(Silence silence) throws IOException {
        double begin = START.toEpochMilli() + 61_000.0;
        AnalysisRequest request = AnalysisRequest.of(spl(300, i -> 400 + load(i)), silence.log(this))
                .withZone(ZoneId.of("UTC"))
                .withPhases(List.of(new AnalysisRequest.GivenPhase("steady", begin, begin + 178_000)));

        Analysis found = SessionAnalyzer.analyze(request);

        JsonNode json = JsonMapper.builder().build().readTree(AnalysisJson.write(found.summary()));
        assertThat(json.path("error").path("because").asString()).contains(silence.reason);
        assertThat(numbers(json.path("error"))).as("error").isEmpty();
        JsonNode phase = json.path("phases").path(0);
        assertThat(phase.path("wallEnergyJ").isNumber()).isTrue(); // the analyzer's own figures stand
        List<JsonNode> silent = new ArrayList<>(List.of(phase.path("gpu")));
        json.path("gpus").forEach(gpu -> gpu.path("phases").forEach(silent::add));
        assertThat(silent).hasSize(2).allSatisfy(gpu -> {
            assertThat(gpu.path("status").asString()).isEqualTo(silence.status);
            assertThat(numbers(gpu)).as("%s", gpu).isSubsetOf("values", "rampUpWps", "rampDownWps");
        });
        assertThat(numbers(json.path("reps"))).as("reps").isEmpty();
        assertThat(json.path("profile"))
                .extracting(entry -> entry.path("name").asString())
                .noneMatch(name -> (name.contains("GPU power") && !name.startsWith("wall"))
                        || name.contains("error")
                        || name.contains("saw"));
        assertThat(AnalysisText.lines(found.summary()))
                .anyMatch(line -> line.startsWith("nvidia-smi: no statement: ") && line.contains(silence.reason))
                .anyMatch(line -> line.startsWith("steady") && line.endsWith(silence.status));
        assertThat(numbers(json.path("alias"))).as("alias").isEmpty();
        assertThat(json.path("subsampling")).isEmpty();
        if (!silence.status.equals("invalid")) {
            assertThat(json.path("wall").path("slope").isNull()).isTrue();
            assertThat(json.path("wall").path("gpuCorrelatedJ").isNull()).isTrue();
        }
        if (silence.status.equals("unplaced")) {
            assertThat(numbers(json.path("clock"))).isSubsetOf("tzOffsetMin", "overlapS", "sseRatio");
            Path merged = folder.resolve("merged.csv");
            MergedCsv.write(merged, found);
            assertThat(Files.readAllLines(merged))
                    .hasSize(301)
                    .filteredOn(line -> !line.startsWith("time_utc"))
                    .allMatch(line -> line.endsWith(",,,")); // no sum, no GPU, no residual beside the analyzer
        }
    }

    /** Names of all numbers below a node, those in arrays by the array's name. */
    private static Set<String> numbers(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            boolean number = value.isNumber();
            for (JsonNode element : value) {
                number |= element.isNumber();
            }
            if (number) {
                names.add(entry.getKey());
            }
            if (value.isObject()) {
                names.addAll(numbers(value));
            }
        });
        return names;
    }

    @Test
    void phasesInAnotherClockAreNotLookedForInALogWithoutZone() throws IOException {
        double begin = START.toEpochMilli() + 61_000.0;
        AnalysisRequest request = AnalysisRequest.of(null, smi(300, START, NoAnswerTest::load, i -> 50))
                .withPhases(List.of(new AnalysisRequest.GivenPhase("steady", begin, begin + 178_000)));

        SamplingError found = SessionAnalyzer.analyze(request).summary();

        assertThat(found.error().pct()).isNaN();
        assertThat(found.error().because()).contains("zone");
        assertThat(found.gpus().get(0).phases())
                .allMatch(phase -> phase.status().equals("unplaced"));
    }

    @Test
    void logsWithoutOverlapGiveNoLag() throws IOException {
        SamplingError found =
                analyze(spl(300, i -> 400 + load(i)), smi(300, START.plusSeconds(4000), i -> load(i), i -> 50));

        assertThat(found.clock().accepted()).isFalse();
        assertThat(found.clock().lagS()).isNaN();
        assertThat(found.clock().reason()).contains("overlap");
        assertThat(java.util.Objects.requireNonNull(found.wall()).slope()).isNaN();
        assertThat(found.wall().reason()).isNotEmpty();
        assertThat(AnalysisJson.write(found)).contains("\"lagS\" : null");
    }

    @Test
    void logsThatDoNotShowTheSameCourseGiveNoErrorAndNoSlope() throws IOException {
        // The SUT's clock is two minutes behind, more than is looked for.
        SamplingError found =
                analyze(spl(300, i -> 400 + load(i)), smi(300, START, i -> load((i + 120) % 300), i -> 50));

        assertThat(found.clock().accepted()).isFalse();
        assertThat(found.clock().lagS()).isNaN();
        assertThat(java.util.Objects.requireNonNull(found.wall()).slope()).isNaN();
        assertThat(found.error().pct()).isNaN();
        assertThat(found.error().because()).contains("where the window lies", "no lag between the clocks was found");
    }

    @Test
    void pollsOnceASecondGiveNoPeriod() throws IOException {
        SamplingError found = analyze(spl(300, i -> 400 + load(i)), smi(300, START, NoAnswerTest::load, i -> 50));

        var sensor = found.gpus().get(0).sensor();
        assertThat(sensor.identifiable()).isFalse();
        assertThat(sensor.detectedPeriodMs()).isNaN();
        assertThat(sensor.source()).isEqualTo("unknown");
        assertThat(sensor.periodMs()).isNaN();
        assertThat(sensor.windowMs()).isNaN();
        assertThat(sensor.reason()).contains("too slow").contains("not known");
    }

    @Test
    void aRunOfAFewSecondsGivesNoInterval() throws IOException {
        SamplingError found = analyze(spl(3, i -> 400), smi(3, START, i -> 100 + i, i -> 50));

        assertThat(found.error().pct()).isNaN();
        assertThat(found.error().because()).contains("the logs overlap for 2 s, 60 s are needed");
        assertThat(found.clock().accepted()).isFalse();
        assertThat(found.reps().nForTarget()).isEmpty();
        assertThat(found.alias().status()).isEqualTo("unknown");
    }

    @Test
    void theAnalyzerAloneGivesEnergyAndPhases() throws IOException {
        Analysis found = SessionAnalyzer.analyze(AnalysisRequest.of(spl(300, i -> 400 + load(i)), null));

        assertThat(found.summary().gpus()).isEmpty();
        assertThat(found.summary().error().because()).contains("no telemetry");
        assertThat(java.util.Objects.requireNonNull(found.summary().wall()).energyJ())
                .isPositive();
        assertThat(found.summary().phases()).isNotEmpty();
        assertThat(found.trace().size()).isEqualTo(300);
        assertThat(found.trace().gpuW()).isEmpty();
    }

    @Test
    void nvidiaSmiAloneGivesItsEstimateAndSaysWhatIsMissing() throws IOException {
        SamplingError found = SessionAnalyzer.analyze(
                        AnalysisRequest.of(null, smi(300, START, NoAnswerTest::load, i -> 50)))
                .summary();

        assertThat(found.wall()).isNull();
        assertThat(found.error().pct()).isNotNaN();
        assertThat(found.clock().tzOffsetMin()).isNull();
        assertThat(found.warnings()).anyMatch(warning -> warning.contains("zone"));
    }

    @Test
    void nothingIsRefused() {
        assertThatThrownBy(() -> SessionAnalyzer.analyze(AnalysisRequest.of(null, null)))
                .isInstanceOf(AnalysisInputException.class)
                .hasMessageContaining("nothing to analyse");
    }

    @Test
    void aFolderThatIsNoSessionIsNamed() {
        assertThatThrownBy(() -> AnalysisRequest.ofSession(folder))
                .isInstanceOf(AnalysisInputException.class)
                .hasMessageContaining("spl.txt");
    }
}
