package dev.wattline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.WallResult;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs of other forms than nvidia-smi's CSV, and logs with holes, through the whole analysis. */
class TelemetryFormsTest {
    @TempDir
    private Path folder;

    private static SamplingError analyze(AnalysisRequest request) {
        return SessionAnalyzer.analyze(request).summary();
    }

    @ParameterizedTest
    @CsvSource({"02_ipmi_nodes_wide.csv, 4900, 9900", "10_mllog_node_power.txt, 2000, 12000"})
    void wattsOfNodesAreTheWallsAndNeverAGpus(String file, double least, double most) {
        Path log = SharedData.orSkip("telemetry/" + file);

        SamplingError given = analyze(AnalysisRequest.of(null, log));
        SamplingError asWall = analyze(AnalysisRequest.of(log, null));

        WallResult wall = Objects.requireNonNull(given.wall());
        assertThat(wall.meanW()).isBetween(least, most);
        assertThat(wall.energyJ())
                .isEqualTo(Objects.requireNonNull(asWall.wall()).energyJ());
        assertThat(given.gpus()).isEmpty();
        assertThat(given.error().pct()).isNaN();
        assertThat(given.warnings()).anyMatch(warning -> warning.contains("whole nodes"));
        assertThat(asWall.warnings()).anyMatch(warning -> warning.contains("no analyzer's"));
    }

    @Test
    void nodesBesideAnAnalyzerAreRefusedAsTelemetry() throws IOException {
        SimulatedRun run = SimulatedRun.write(folder, 3);
        Path nodes = SharedData.orSkip("telemetry/02_ipmi_nodes_wide.csv");

        assertThatThrownBy(() -> analyze(AnalysisRequest.of(run.spl(), nodes)))
                .isInstanceOf(AnalysisInputException.class)
                .hasMessageContaining("power of a node")
                .hasMessageContaining("not a GPU's");
    }

    @Test
    void aGpusLogIsNoWall() throws IOException {
        SimulatedRun run = SimulatedRun.write(folder, 3);

        assertThatThrownBy(() -> analyze(AnalysisRequest.of(run.smi(), null)))
                .isInstanceOf(AnalysisInputException.class)
                .hasMessageContaining("not the wall's");
    }

    @Test
    void aModuleIsTold() {
        SamplingError found =
                analyze(AnalysisRequest.of(null, SharedData.orSkip("telemetry/04_tegrastats_orin_nano.log")));

        assertThat(found.warnings()).anyMatch(warning -> warning.contains("tegrastats: the power of a module"));
        assertThat(found.warnings()).noneMatch(warning -> warning.contains("23 cards"));
        assertThat(found.gpus()).hasSize(1);
    }

    /** 12,792 equal readings over 699 s, shortened: without a utilisation column nothing but its last digit tells. */
    @Test
    void theRealLogOfAStuckSensorGivesNoFigure() {
        SamplingError found =
                analyze(AnalysisRequest.of(null, SharedData.orSkip("telemetry/06_smi_units_constant.csv")));

        assertThat(found.quality().stuck()).isTrue();
        assertThat(found.error().pct()).isNaN();
        assertThat(found.error().because()).contains("stuck");
        assertThat(found.gpus().get(0).phases())
                .isNotEmpty()
                .allMatch(phase -> phase.status().equals("stuck") && Double.isNaN(phase.energyJ()));
        assertThat(found.warnings()).anyMatch(warning -> warning.contains("it changed 0 times"));
    }

    /** Which rows of a log are not written: a poll in ten, or all of 4 s in 35. */
    private enum Silence {
        A_POLL_IN_TEN {
            @Override
            boolean drops(SplittableRandom random, int second) {
                return random.nextInt(10) == 0;
            }
        },
        FOUR_SECONDS_OF_35 {
            @Override
            boolean drops(SplittableRandom random, int second) {
                return second % 35 < 4;
            }
        };

        abstract boolean drops(SplittableRandom random, int second);
    }

    @ParameterizedTest
    @CsvSource({
        "A_POLL_IN_TEN, 11",
        "A_POLL_IN_TEN, 12",
        "A_POLL_IN_TEN, 13",
        "A_POLL_IN_TEN, 204", // leaves the lag's profile next to no seconds that no hole reaches into
        "A_POLL_IN_TEN, 228",
        "FOUR_SECONDS_OF_35, 11",
        "FOUR_SECONDS_OF_35, 12",
        "FOUR_SECONDS_OF_35, 13"
    })
    void holesWidenTheIntervalAndLeaveTheFigure(Silence silence, long seed) throws IOException {
        SimulatedRun run = SimulatedRun.write(folder, seed);
        SamplingError whole = analyze(request(run, run.smi()));
        SplittableRandom random = new SplittableRandom(seed);
        int begin = silence == Silence.FOUR_SECONDS_OF_35 ? random.nextInt(35) : 0;
        List<String> lines = new ArrayList<>();
        List<String> all = Files.readAllLines(run.smi());
        for (int i = 0; i < all.size(); i++) {
            if (i == 0 || !silence.drops(random, begin + i / 2)) {
                lines.add(all.get(i));
            }
        }
        Path holed = Files.write(folder.resolve("holed.csv"), lines);

        SamplingError found = analyze(request(run, holed));

        PhaseResult load = found.phases().get(0);
        var gpu = Objects.requireNonNull(load.gpu());
        assertThat(gpu.status()).isEqualTo("ok");
        assertThat(gpu.ci95J().low()).isLessThan(run.trueJ());
        assertThat(gpu.ci95J().high()).isGreaterThan(run.trueJ());
        double before = Objects.requireNonNull(whole.phases().get(0).gpu()).relHalfWidthPct();
        assertThat(gpu.relHalfWidthPct()).isGreaterThan(before);
        assertThat(found.warnings()).anyMatch(warning -> warning.startsWith("Holes of the telemetry take up to"));
    }

    private static AnalysisRequest request(SimulatedRun run, Path smi) {
        return AnalysisRequest.of(run.spl(), smi)
                .withPhases(List.of(new AnalysisRequest.GivenPhase("steady", run.startMs(), run.endMs())));
    }
}
