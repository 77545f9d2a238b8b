package dev.wattline.ledger.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.read.tree.ResultPlace;
import dev.wattline.model.finding.Finding;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainingStudyTest {
    @TempDir
    Path results;

    static Stream<String> publishedFolders() {
        return Stream.of(
                "smc-dc-power/results/1xSMC-H100-SXM-80GB/dlrm_dcnv2",
                "smc-dc-power/results/1xSMC-H100-SXM-80GB/llama2_70b_lora",
                "smc-dc-power/results/8xSMC-H100-SXM-80GB/resnet");
    }

    @ParameterizedTest
    @MethodSource("publishedFolders")
    void givesTheEnergiesThatWereComputedFromTheLogs(String name) throws IOException {
        Path folder = SharedData.orSkip("ledger/training").resolve(name);
        JsonNode expected = JsonMapper.shared()
                .readTree(Files.readString(SharedData.orSkip("ledger/expected/training.json")))
                .get("v4.0 " + name);

        TrainingFolder study = TrainingStudy.of(folder, name);

        assertThat(study.runs()).hasSize(expected.get("runs").asInt());
        assertThat(study.scalingFactor()).isEqualTo(expected.get("scaling").asDouble());
        assertThat(100 * requireNonNull(study.medianUnderstatement()))
                .isEqualTo(expected.get("median_understatement_pct").asDouble(), within(0.01));
        for (int i = 0; i < study.runs().size(); i++) {
            TrainingRun run = study.runs().get(i);
            JsonNode detail = expected.get("detail").get(i);
            assertThat(run.name()).isEqualTo(detail.get("run").asString());
            close(requireNonNull(run.officialJ()), detail.get("official_J").asDouble(), 2e-4);
            close(requireNonNull(run.windowJ()), detail.get("window_J").asDouble(), 1e-3);
            close(run.interconnectJ(), detail.get("interconnect_J").asDouble(), 1e-9);
            close(requireNonNull(run.trainSeconds()) / 60, detail.get("ttt_min").asDouble(), 1e-12);
        }
    }

    @Test
    void givesThePublishedValueFromReadingsInTheFilesOrder() throws IOException {
        Path training = SharedData.orSkip("ledger/training");

        TrainingFolder llama =
                TrainingStudy.of(training.resolve("smc-dc-power/results/1xSMC-H100-SXM-80GB/llama2_70b_lora"), "llama");
        TrainingFolder resnet =
                TrainingStudy.of(training.resolve("smc-dc-power/results/8xSMC-H100-SXM-80GB/resnet"), "resnet");

        // The values of the published table, kJ with two decimals and minutes with three.
        assertThat(requireNonNull(llama.fileOrderJ()) / 1e3).isEqualTo(11_769.96, within(0.005));
        assertThat(requireNonNull(resnet.fileOrderJ()) / 1e3).isEqualTo(7_757.11, within(0.005));
        assertThat(requireNonNull(resnet.officialJ()) / 1e3).isEqualTo(7_757.486, within(0.0005));
        assertThat(requireNonNull(llama.windowJ())).isEqualTo(11.740e6, within(0.5e3));
        assertThat(requireNonNull(llama.trainSeconds()) / 60).isEqualTo(29.1007, within(5e-5));
        assertThat(ids(llama)).contains("training-official-understates", "training-stop-at-start");
        assertThat(ids(resnet)).contains("training-readings-out-of-order", "training-interconnect-estimated");
    }

    @Test
    void aRunThatIsListedTwiceIsTold() throws IOException {
        Path training = SharedData.orSkip("ledger/training");

        TrainingFolder dlrm =
                TrainingStudy.of(training.resolve("smc-dc-power/results/1xSMC-H100-SXM-80GB/dlrm_dcnv2"), "dlrm");

        assertThat(ids(dlrm)).contains("training-duplicate-run");
        assertThat(dlrm.runs()).filteredOn(run -> run.copyOf() != null).hasSize(5);
    }

    @Test
    void findsEveryFolderBelow() throws IOException {
        Path training = SharedData.orSkip("ledger/training");

        assertThat(TrainingTree.below(training))
                .extracting(path -> training.relativize(path).toString())
                .containsExactlyElementsOf(publishedFolders().toList());
    }

    /** 100 W before the run of 10 s, 300 W in it, 100 W after it. */
    @Test
    void separatesTheRunFromTheRestOfTheLog() throws IOException {
        for (int run = 1; run <= 3; run++) {
            result(run, 10_000, 20_000);
            node(run, 0, 1, stepLog());
        }

        TrainingFolder study = TrainingStudy.of(results, "step");

        TrainingRun.Node node = study.runs().get(0).nodes().get(0);
        assertThat(node.before().watts()).isEqualTo(100);
        assertThat(node.after().watts()).isEqualTo(100);
        assertThat(node.window().watts()).isEqualTo(300, within(1e-9));
        assertThat(requireNonNull(study.windowJ())).isEqualTo(3000, within(1e-9));
        // The mean of the whole log of 30 s is 11 readings of 300 W and 19 of 100 W, each of 1 s.
        assertThat(requireNonNull(study.officialJ())).isEqualTo((11 * 300 + 19 * 100) / 30.0 * 10, within(1e-9));
        assertThat(ids(study)).contains("training-official-understates");
    }

    @Test
    void theEfficiencyOfTheLogIsAFactorAndTold() throws IOException {
        for (int run = 1; run <= 3; run++) {
            result(run, 10_000, 20_000);
            node(run, 0, 0.5, stepLog());
        }

        TrainingFolder study = TrainingStudy.of(results, "half");

        assertThat(requireNonNull(study.windowJ())).isEqualTo(1500, within(1e-9));
        assertThat(ids(study)).contains("training-conversion-efficiency");
    }

    @Test
    void aRunWithoutAPowerLogTakesTheFoldersEnergyWithIt() throws IOException {
        for (int run = 1; run <= 3; run++) {
            result(run, 10_000, 20_000);
        }
        node(1, 0, 1, stepLog());
        node(2, 0, 1, stepLog());

        TrainingFolder study = TrainingStudy.of(results, "lacking");

        assertThat(study.officialJ()).isNull();
        assertThat(study.windowJ()).isNull();
        assertThat(study.runs().get(0).windowJ()).isEqualTo(3000, within(1e-9));
        assertThat(ids(study)).contains("training-run-without-power");
    }

    @Test
    void readingsThatDoNotReachTheEndOfTheRunAreTold() throws IOException {
        for (int run = 1; run <= 3; run++) {
            result(run, 10_000, 60_000);
            node(run, 0, 1, stepLog());
        }

        TrainingFolder study = TrainingStudy.of(results, "short");

        assertThat(study.findings())
                .filteredOn(finding -> finding.id().equals("training-window-not-covered"))
                .singleElement() // one of the folder, however many logs it has
                .satisfies(finding -> assertThat(finding.values())
                        .containsEntry("coverage", "0.4")
                        .containsEntry("places", "3"));
    }

    @Test
    void aRunThatFailedTakesThePlaceOfTheSlowest() throws IOException {
        result(1, 10_000, 20_000);
        result(2, 10_000, 21_000);
        result(3, 10_000, 22_000);
        for (int run = 1; run <= 3; run++) {
            node(run, 0, 1, stepLog());
        }
        Files.writeString(
                results.resolve("result_4.txt"),
                line(10_000, "run_start", "null", "{}")
                        + line(90_000, "run_stop", "null", "{\"status\": \"aborted\"}"));

        TrainingFolder study = TrainingStudy.of(results, "failed");

        assertThat(requireNonNull(study.trainSeconds())).isEqualTo(11.5);
        assertThat(ids(study)).contains("training-run-not-ended");
    }

    @Test
    void unet3dDropsFourRunsAtEachEnd() throws IOException {
        Path unet = Files.createDirectory(results.resolve("unet3d"));
        for (int run = 1; run <= 9; run++) {
            Files.writeString(
                    unet.resolve("result_" + run + ".txt"),
                    line(10_000, "run_start", "null", "{}")
                            + line(20_000 + run * run * 100, "run_stop", "null", "{\"status\": \"success\"}"));
        }

        TrainingFolder study = TrainingStudy.of(unet, "unet3d");

        assertThat(study.dropped()).isEqualTo(4);
        assertThat(requireNonNull(study.trainSeconds())).isEqualTo(12.5);
    }

    /** MLPerf HPC: strong scaling as Training has it, below a folder of that name. */
    @Test
    void strongScalingOfHpcIsTakenAsTraining() throws IOException {
        for (int run = 1; run <= 3; run++) {
            result(run, 10_000, 19_000 + run * 1000);
            node(run, 0, 1, stepLog());
        }
        TrainingFolder training = TrainingStudy.of(results, "training");
        Path strong = copyTo("ACME/results/m/strong/deepcam");

        TrainingFolder hpc = TrainingStudy.of(strong, "strong");

        assertThat(TrainingTree.below(results.resolve("ACME"))).containsExactly(strong);
        assertThat(hpc.officialJ()).isEqualTo(requireNonNull(training.officialJ()));
        assertThat(hpc.windowJ()).isEqualTo(requireNonNull(training.windowJ()));
        assertThat(ResultPlace.of(results, strong).benchmark()).isEqualTo("deepcam");
    }

    /** Of weak scaling the official code leaves out the run of the least energy alone, whatever scaling.json says. */
    @Test
    void weakScalingOfHpcLeavesOutTheLeastEnergyOnly() throws IOException {
        for (int run = 1; run <= 4; run++) {
            result(run, 10_000, 19_000 + run * 1000);
            node(run, 0, 1, stepLog());
        }
        Files.writeString(results.resolve("scaling.json"), "{\"scaling_factor\": 2.0}");
        Path weak = copyTo("ACME/results/m/weak/cosmoflow");

        TrainingFolder hpc = TrainingStudy.of(weak, "weak");

        List<Double> energies = hpc.runs().stream()
                .map(run -> requireNonNull(run.officialJ()))
                .sorted()
                .toList();
        assertThat(requireNonNull(hpc.officialJ()))
                .isEqualTo((energies.get(1) + energies.get(2) + energies.get(3)) / 3, within(1e-9));
        assertThat(hpc.trainSeconds()).isNull();
        assertThat(ids(hpc)).doesNotContain("training-too-few-runs");
    }

    private Path copyTo(String name) throws IOException {
        Path target = results.resolve(name);
        try (Stream<Path> files = Files.walk(results)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(results.relativize(file));
                Files.createDirectories(requireNonNull(copy.getParent()));
                Files.move(file, copy);
            }
        }
        return target;
    }

    @Test
    void aBrokenScalingFileNamesItsPlace() throws IOException {
        Files.writeString(results.resolve("scaling.json"), "{\"scaling_factor\": 1.0");

        assertThatThrownBy(() -> TrainingStudy.of(results, "broken"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("scaling.json:1:");
    }

    private static List<String> ids(TrainingFolder study) {
        return study.findings().stream().map(Finding::id).toList();
    }

    private static void close(Double value, double expected, double fraction) {
        assertThat(value).isEqualTo(expected, within(Math.abs(expected) * fraction));
    }

    private void result(int run, long start, long stop) throws IOException {
        Files.writeString(
                results.resolve("result_" + run + ".txt"),
                "0: " + line(start, "run_start", "null", "{}")
                        + line(stop, "run_stop", "null", "{\"status\": \"success\"}"));
    }

    private void node(int run, int node, double efficiency, String readings) throws IOException {
        Path folder = Files.createDirectories(results.resolve("power/result_" + run));
        String factor = efficiency == 1 ? "" : line(0, "conversion_eff", String.valueOf(efficiency), "\"\"");
        Files.writeString(
                folder.resolve("node_" + node + ".txt"),
                line(0, "power_measurement_start", "\"null\"", "\"\"")
                        + factor
                        + readings
                        + line(0, "power_measurement_stop", "\"null\"", "\"\""));
    }

    private static String stepLog() {
        StringBuilder log = new StringBuilder();
        for (int second = 1; second <= 30; second++) {
            int watts = second >= 10 && second <= 20 ? 300 : 100;
            log.append(line(second * 1000L, "power_reading", String.valueOf(watts), "\"\""));
        }
        return log.toString();
    }

    private static String line(long millis, String key, String value, String metadata) {
        return ":::MLLOG {\"namespace\": \"\", \"time_ms\": " + millis
                + ", \"event_type\": \"POINT_IN_TIME\", \"key\": \"" + key + "\", \"value\": " + value
                + ", \"metadata\": " + metadata + "}\n";
    }
}
