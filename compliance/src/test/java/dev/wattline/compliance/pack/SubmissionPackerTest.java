package dev.wattline.compliance.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionPackerTest {
    @TempDir
    Path temp;

    private static SubmissionPacker.Packed pack(Path session, Path target) {
        return SubmissionPacker.pack(session, target, "latest", null);
    }

    private static List<String> listing(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theFoldersHoldExactlyWhatASubmissionMayHold() throws IOException {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        session.write("run_1/ptd_out.txt", "x").write("power/notes.txt", "x");
        SubmissionPacker.Packed packed = pack(session.folder(), temp.resolve("Offline/performance"));
        Path performance = packed.performance();
        assertThat(listing(performance)).containsExactly("power", "ranging", "run_1");
        assertThat(listing(performance.resolve("power")))
                .containsExactly("client.json", "client.log", "ptd_logs.txt", "server.json", "server.log");
        for (String run : List.of("ranging", "run_1")) {
            assertThat(listing(performance.resolve(run)))
                    .containsExactly("mlperf_log_detail.txt", "mlperf_log_summary.txt", "spl.txt");
        }
        assertThat(packed.left()).containsExactly("power/notes.txt", "run_1/ptd_out.txt");
        assertThat(new SessionChecker(new CheckOptions("latest", null, false))
                        .check(performance)
                        .overall())
                .isEqualTo(Verdict.PASS);
        assertThat(listing(temp.resolve("Offline")))
                .containsExactly("analyzer_table.md", "performance", "power_settings.md");
    }

    @Test
    void theAnalyzerTableHoldsWhatTheAnalyzerReported() throws IOException {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        SubmissionPacker.Packed packed = pack(session.folder(), temp.resolve("packed"));
        assertThat(Files.readString(packed.documents().analyzerTable()))
                .contains(
                        "| Vendor | YOKOGAWA |",
                        "| Model | WT310E |",
                        "| Firmware version | F1.04 |",
                        "| PTDaemon version | 1.11.1-69286632-20240907 |",
                        "| PTDaemon device type | 49 |",
                        "| Channels used | the only one |",
                        "| Current range while testing | 2.0 A |");
        assertThat(Files.readString(packed.documents().powerSettings()))
                .contains("# Power settings", SyntheticSession.NAME);
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        Path there = Files.createDirectories(temp.resolve("there"));
        Files.writeString(there.resolve("mine"), "x");
        assertThatThrownBy(() -> pack(session.folder(), there)).isInstanceOf(PackException.class);
        assertThat(listing(there)).containsExactly("mine");
        Path scenario = Files.createDirectories(temp.resolve("Offline"));
        Files.writeString(scenario.resolve("analyzer_table.md"), "of another analyzer");
        assertThatThrownBy(() -> pack(session.folder(), scenario.resolve("performance")))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("is there already");
        assertThat(listing(scenario)).containsExactly("analyzer_table.md");
    }

    @Test
    void powerSettingsThatAreThereAreLeftAsTheyAre() throws IOException {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        Path settings = Files.createDirectories(temp.resolve("Offline")).resolve("power_settings.md");
        Files.writeString(settings, "mine");
        assertThat(pack(session.folder(), temp.resolve("Offline/performance")).settingsKept())
                .isTrue();
        assertThat(Files.readString(settings)).isEqualTo("mine");
    }

    /** Up to v5.1 the submission checker looks in measurements, since v6.0 beside the results. */
    @ParameterizedTest
    @CsvSource({"v5.1,true", "v6.0,false", "v6.1,false", "latest,false", "v7.0=latest,false"})
    void inASubmissionTheDocumentsGoWhereTheRoundsCheckerLooks(String round, boolean measurements) throws IOException {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        Path division = temp.resolve("closed/ACME");
        SubmissionPacker.pack(
                session.folder(), division.resolve("results/sys/resnet50/Offline/performance"), round, null);
        assertThat(listing(division.resolve("results/sys/resnet50/Offline")))
                .containsExactlyElementsOf(
                        measurements
                                ? List.of("performance")
                                : List.of(
                                        "analyzer_table.md", "measurements.json", "performance", "power_settings.md"));
        assertThat(division.resolve("measurements"))
                .satisfies(folder -> assertThat(Files.exists(folder)).isEqualTo(measurements));
        if (measurements) {
            assertThat(listing(division.resolve("measurements/sys/resnet50/Offline")))
                    .containsExactly("analyzer_table.md", "power_settings.md");
        }
    }

    @Test
    void theFormOfTheImplementationHasTheCheckersKeysAndIsNotOverwritten() throws IOException {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        Path scenario = temp.resolve("closed/ACME/results/sys/resnet50/Offline");
        SubmissionPacker.Packed packed =
                SubmissionPacker.pack(session.folder(), scenario.resolve("performance"), "v6.0", null);
        assertThat(packed.measurementsKept()).isFalse();
        assertThat(Files.readString(packed.documents().measurements().orElseThrow()))
                .contains(
                        "\"input_data_types\"",
                        "\"retraining\"",
                        "\"starting_weights_filename\"",
                        "\"weight_data_types\"",
                        "\"weight_transformations\"");

        Path other = Files.createDirectories(temp.resolve("closed/ACME/results/sys/bert/Offline"));
        Files.writeString(other.resolve("measurements.json"), "mine");
        assertThat(SubmissionPacker.pack(session.folder(), other.resolve("performance"), "v6.0", null)
                        .measurementsKept())
                .isTrue();
        assertThat(Files.readString(other.resolve("measurements.json"))).isEqualTo("mine");
    }

    @Test
    void thePowerSettingsHoldWhatTheSystemSaidOfItself() throws IOException {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        session.write("system/sut.json", """
                {"schema": "wattline-system/1", "host": {"name": "node7", "vendor": "ACME", "product": "X-9000",
                 "firmware": "2.1"}, "software": {"system": "Ubuntu 24.04", "kernel": "Linux 6.8.0", "architecture": "amd64",
                 "bootOptions": ["nosmt"]}, "processor": {"model": "Xeon 8480+", "sockets": 2, "cores": 112,
                 "threads": 112, "governors": "performance on 112 CPUs", "turbo": "off"}, "memoryBytes": 549755813888,
                 "gpuDriver": "550.54.15", "gpus": [{"index": 0, "name": "NVIDIA H100 PCIe", "limitW": 310,
                 "maxLimitW": 350, "persistence": "Enabled"}], "workload": "./run.sh"}
                """);
        Path settings =
                pack(session.folder(), temp.resolve("packed")).documents().powerSettings();
        assertThat(Files.readString(settings))
                .contains(
                        "- System: ACME, X-9000\n",
                        "- CPU frequency governor: performance on 112 CPUs\n",
                        "- Turbo: off\n",
                        "- Kernel boot options that bear on power: nosmt\n",
                        "- Processors: Xeon 8480+, 2 sockets, 112 cores, 112 threads\n",
                        "- Memory: 512 GiB\n",
                        "- Driver version: 550.54.15\n",
                        "- Accelerator 0: NVIDIA H100 PCIe, power limit 310 W, greatest 350 W, persistence mode Enabled\n",
                        "- C-states:\n", // which only the submitter knows
                        "- Workload: ./run.sh\n")
                .doesNotContain("null", "node7");
        assertThat(listing(temp.resolve("packed"))).doesNotContain("system");
    }

    @Test
    void severalAnalyzersAreEachInTheTable() throws IOException {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        String identity = "YokogawaWT310E,1000,1,1,1,1,0,1,1,version=1.11.1,OS=Linux,mode=power,1,1,1,0,0,no_cal_date,";
        session.edit(
                "power/server.json",
                text -> text.replaceFirst(
                        "\\{",
                        "{\"wattline\": {\"analyzers\": ["
                                + "{\"ptd_messages\": [{\"cmd\": \"Identify\", \"reply\": \"" + identity
                                + "YOKOGAWA;WT310E;A1;F1\"}]},"
                                + "{\"ptd_messages\": [{\"cmd\": \"Identify\", \"reply\": \"" + identity
                                + "YOKOGAWA;WT310E;B2;F1\"}]}"
                                + "]}, "));
        assertThat(Files.readString(pack(session.folder(), temp.resolve("packed"))
                        .documents()
                        .analyzerTable()))
                .contains("| Serial number of analyzer 1 | A1 |", "| Serial number of analyzer 2 | B2 |");
    }

    @Test
    void theNameplateIsWrittenSinceV61AndReadByTheAudit() throws IOException {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        Path division = temp.resolve("closed/ACME");
        Path target = division.resolve("results/sys/resnet50/Offline/performance");
        assertThatThrownBy(() -> SubmissionPacker.pack(
                        session.folder(), target, "v6.0", new PowerSupplies(List.of(1200, 1500), 1)))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("v6.0");
        SubmissionPacker.pack(session.folder(), target, "v6.1", new PowerSupplies(List.of(1200, 1500), 1));
        assertThat(Files.readString(division.resolve("systems/sys_power.yaml")))
                .contains("Min PSUs Needed: 1", "PowerCapacityWatts: 1200", "PowerCapacityWatts: 1500");
        assertThat(nameplate(target)).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("nameplate");
            assertThat(finding.message()).contains("1500 W"); // the largest that is needed
        });
        Files.writeString(division.resolve("systems/sys_power.yaml"), """
                rack:
                - node:
                  - Min PSUs needed: 1
                    PSUs:
                    - PowerCapacityWatts: 100
                    - PowerCapacityWatts: 90
                - switch:
                  - Min PSUs Needed: 1
                    PSUs: [{PowerCapacityWatts: 50}]
                """);
        assertThat(nameplate(target)).extracting(Finding::id).containsExactly("nameplate-exceeded", "nameplate");
        Files.writeString(division.resolve("systems/sys.json"), "{\"system_power_capacity\": 400}");
        assertThat(nameplate(target))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("400 W"));
        Files.delete(division.resolve("systems/sys.json"));
        Files.writeString(division.resolve("systems/sys_power.yaml"), "node: [{PSUs: 2}]");
        assertThat(nameplate(target)).extracting(Finding::id).containsExactly("nameplate-unreadable");
    }

    private static List<Finding> nameplate(Path session) {
        return new SessionChecker(new CheckOptions("v6.1", null, true))
                .check(session).audit().stream()
                        .filter(finding -> finding.id().startsWith("nameplate"))
                        .toList();
    }

    @Test
    void aRunIsNotPackedUnderAnotherScenario() throws IOException {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        assertThatThrownBy(() -> pack(session.folder(), temp.resolve("Server/performance")))
                .isInstanceOfSatisfying(PackException.class, e -> {
                    assertThat(e.getMessage()).contains("the folder Server", "Offline");
                    assertThat(e.remedy()).contains("Name a folder for Offline.");
                });
        assertThat(listing(temp)).containsExactly("session");
        session.replace("run_1/mlperf_log_detail.txt", "\"Offline\"", "\"SingleStream\"");
        pack(session.folder(), temp.resolve("Offline/performance")); // inferred
    }

    @Test
    void anIncompleteSessionLeavesNothingBehind() throws IOException {
        SyntheticSession session =
                SyntheticSession.create(temp.resolve("session")).delete("ranging/spl.txt");
        assertThatThrownBy(() -> pack(session.folder(), temp.resolve("packed")))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("ranging/spl.txt");
        assertThat(listing(temp)).containsExactly("session");
    }

    @Test
    void aWrongFolderIsRefusedAndTheRightOneSuggested() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("a/session"));
        assertThatThrownBy(() -> pack(temp.resolve("a"), temp.resolve("packed")))
                .isInstanceOfSatisfying(
                        PackException.class, e -> assertThat(e.remedy()).contains("Name " + session.folder() + "."));
        assertThatThrownBy(() -> pack(temp.resolve("nowhere"), temp.resolve("packed")))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("does not exist");
    }
}
