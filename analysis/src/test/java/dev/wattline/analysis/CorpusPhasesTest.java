package dev.wattline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.stats.Stats;
import dev.wattline.files.LoadgenLog;
import dev.wattline.files.PowerWindow;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Phase edges found from the analyzer alone against LoadGen's power window, on real sessions of public submissions. */
class CorpusPhasesTest {
    private static final List<String> ROUNDS = List.of("v1.0", "v1.1", "v4.1");

    @Test
    void edgesLieWhereLoadgenPutsThem() throws IOException {
        List<Double> begins = new ArrayList<>();
        List<Double> ends = new ArrayList<>();
        for (Path session : sessions()) {
            Optional<PowerWindow> window = LoadgenLog.powerWindow(session.resolve("run_1/mlperf_log_detail.txt"));
            SamplingError found = SessionAnalyzer.analyze(AnalysisRequest.of(session.resolve("run_1/spl.txt"), null))
                    .summary();
            double begin = Double.POSITIVE_INFINITY;
            double end = Double.POSITIVE_INFINITY;
            for (PhaseResult phase : found.phases()) {
                PowerWindow power = window.orElseThrow();
                begin = Math.min(
                        begin,
                        Math.abs(phase.start().toEpochMilli() - power.begin().toEpochMilli()) / 1e3);
                end = Math.min(
                        end, Math.abs(phase.end().toEpochMilli() - power.end().toEpochMilli()) / 1e3);
            }
            begins.add(begin);
            ends.add(end);
        }

        double[] begin = begins.stream().mapToDouble(Double::doubleValue).toArray();
        double[] end = ends.stream().mapToDouble(Double::doubleValue).toArray();
        assertThat(begin).hasSizeGreaterThan(40);
        assertThat(Stats.median(begin)).isLessThan(1.5);
        assertThat(Stats.median(end)).isLessThan(1);
        assertThat(java.util.Arrays.stream(end).max().orElseThrow()).isLessThanOrEqualTo(2);
    }

    @Test
    void aSessionWithoutTelemetryHasItsSteadyPhaseFromLoadgen() throws IOException {
        for (Path session : sessions()) {
            SamplingError found =
                    SessionAnalyzer.analyze(AnalysisRequest.ofSession(session)).summary();

            assertThat(found.windowSource()).as(session.toString()).isEqualTo("loadgen");
            assertThat(found.error().because()).isEqualTo("there is no telemetry");
            assertThat(java.util.Objects.requireNonNull(found.wall()).energyJ()).isPositive();
        }
    }

    private static List<Path> sessions() throws IOException {
        List<Path> sessions = new ArrayList<>();
        for (String round : ROUNDS) {
            try (Stream<Path> folders = Files.list(SharedData.orSkip("corpus/" + round))) {
                folders.filter(folder -> Files.exists(folder.resolve("run_1/mlperf_log_detail.txt")))
                        .sorted()
                        .forEach(sessions::add);
            }
        }
        return sessions;
    }
}
