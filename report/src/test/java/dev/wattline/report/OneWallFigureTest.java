package dev.wattline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.GpuPhase;
import dev.wattline.analysis.result.GpuResult;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.ProfileEntry;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.WallResult;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page says of the power at the wall, on recorded sessions: no two intervals of one quantity exclude each other. */
class OneWallFigureTest {
    private static final List<String> ROUNDS = List.of("v1.0", "v1.1", "v4.1");

    @Test
    void theMetricsIntervalAndTheEstimatesMeet() throws IOException {
        int compared = 0;
        for (Path session : sessions()) {
            WallResult wall = Objects.requireNonNull(SessionAnalyzer.analyze(AnalysisRequest.ofSession(session))
                    .summary()
                    .wall());
            PowerMetric metric = new SessionChecker(new CheckOptions(null, null, true))
                    .check(session)
                    .metric();
            if (metric == null || !"W".equals(metric.unit())) {
                continue;
            }
            PowerMetric.Interval official = metric.ci95();
            if (official == null) {
                continue;
            }
            compared++;
            assertThat(official.low())
                    .as(session.toString())
                    .isLessThanOrEqualTo(wall.meanCi95W().high());
            assertThat(official.high())
                    .as(session.toString())
                    .isGreaterThanOrEqualTo(wall.meanCi95W().low());
        }
        assertThat(compared).isGreaterThan(10);
    }

    @Test
    void windowPhaseAndProfileHaveOneFigure() throws IOException {
        for (Path session : sessions()) {
            SamplingError found =
                    SessionAnalyzer.analyze(AnalysisRequest.ofSession(session)).summary();
            WallResult wall = Objects.requireNonNull(found.wall());
            PhaseResult window = found.phases().stream()
                    .filter(phase -> phase.source().equals("loadgen"))
                    .findFirst()
                    .orElseThrow();

            assertThat(window.wallEnergyJ()).isEqualTo(wall.energyJ());
            assertThat(window.wallEnergyCi95J()).isEqualTo(wall.energyCi95J());
            assertThat(window.wallMeanW()).isEqualTo(wall.meanW());
            assertThat(window.wallCi95W()).isEqualTo(wall.meanCi95W());
            assertThat(profile(found, "steady: wall power")).isEqualTo(wall.meanCi95W());
            assertThat(profile(found, "steady: wall energy")).isEqualTo(wall.energyCi95J());
        }
    }

    /** Window, phases, sums of cards, error and profile of captures with telemetry. */
    @ParameterizedTest
    @ValueSource(strings = {"merge_llm_avg1s", "merge_phases_a100"})
    void noTwoIntervalsOfOneQuantityExcludeEachOther(String fixture) {
        Path folder = SharedData.orSkip("gpu/" + fixture);
        SamplingError found = SessionAnalyzer.analyze(
                        AnalysisRequest.of(folder.resolve("spl.txt"), folder.resolve("nvidia-smi.csv")))
                .summary();
        WallResult wall = Objects.requireNonNull(found.wall());
        ErrorResult error = found.error();
        meet("wall", wall.meanCi95W(), wall.energyCi95J().times(1 / wall.windowS()));
        meet(
                "error of nvidia-smi",
                error.ci95Pct(),
                new Interval(
                        100 * (error.reportedJ() / error.estimateCi95J().high() - 1),
                        100 * (error.reportedJ() / error.estimateCi95J().low() - 1)));
        int windows = 0;
        for (int p = 0; p < found.phases().size(); p++) {
            PhaseResult phase = found.phases().get(p);
            meet(phase.name(), phase.wallCi95W(), phase.wallEnergyCi95J().times(1 / phase.wallCoveredS()));
            GpuPhase gpus = Objects.requireNonNull(phase.gpu());
            Interval sum = new Interval(0, 0);
            for (GpuResult card : found.gpus()) {
                Interval one = card.phases().get(p).ci95J();
                sum = new Interval(sum.low() + one.low(), sum.high() + one.high());
            }
            meet(phase.name() + ", cards", gpus.ci95J(), sum);
            if (phase.start().equals(found.windowStart()) && phase.end().equals(found.windowEnd())) {
                windows++;
                meet("window at the wall", phase.wallCi95W(), wall.meanCi95W());
                meet("window of the GPUs", gpus.ci95J(), error.estimateCi95J());
            }
        }
        assertThat(windows).isEqualTo(1);
        for (ProfileEntry entry : found.profile()) {
            for (ProfileEntry other : found.profile()) {
                if (entry.quantity().equals(other.quantity())) {
                    meet(entry.quantity(), entry.bounds(), other.bounds());
                }
            }
        }
    }

    private static void meet(String what, Interval one, Interval other) {
        if (one.isKnown() && other.isKnown()) {
            assertThat(one.low()).as(what + ": " + one + " and " + other).isLessThanOrEqualTo(other.high());
            assertThat(one.high()).as(what + ": " + one + " and " + other).isGreaterThanOrEqualTo(other.low());
        }
    }

    private static Interval profile(SamplingError found, String quantity) {
        return found.profile().stream()
                .filter(entry -> entry.quantity().equals(quantity))
                .findFirst()
                .orElseThrow()
                .bounds();
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
