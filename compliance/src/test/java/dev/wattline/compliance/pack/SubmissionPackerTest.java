package dev.wattline.compliance.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionPackerTest {
    @TempDir
    Path temp;

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
        SubmissionPacker.Packed packed = SubmissionPacker.pack(session.folder(), temp.resolve("Offline/performance"));
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
        SubmissionPacker.Packed packed = SubmissionPacker.pack(session.folder(), temp.resolve("packed"));
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
        assertThatThrownBy(() -> SubmissionPacker.pack(session.folder(), there)).isInstanceOf(PackException.class);
        assertThat(listing(there)).containsExactly("mine");
        Path scenario = Files.createDirectories(temp.resolve("Server"));
        Files.writeString(scenario.resolve("analyzer_table.md"), "of another analyzer");
        assertThatThrownBy(() -> SubmissionPacker.pack(session.folder(), scenario.resolve("performance")))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("is there already");
        assertThat(listing(scenario)).containsExactly("analyzer_table.md");
    }

    @Test
    void powerSettingsThatAreThereAreLeftAsTheyAre() throws IOException {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        Path settings = Files.createDirectories(temp.resolve("Server")).resolve("power_settings.md");
        Files.writeString(settings, "mine");
        assertThat(SubmissionPacker.pack(session.folder(), temp.resolve("Server/performance"))
                        .settingsKept())
                .isTrue();
        assertThat(Files.readString(settings)).isEqualTo("mine");
    }

    @Test
    void inASubmissionTheDocumentsGoToMeasurementsWhereTheSubmissionCheckerLooks() throws IOException {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        Path division = temp.resolve("closed/ACME");
        SubmissionPacker.pack(session.folder(), division.resolve("results/sys/resnet50/Offline/performance"));
        assertThat(listing(division.resolve("results/sys/resnet50/Offline"))).containsExactly("performance");
        assertThat(listing(division.resolve("measurements/sys/resnet50/Offline")))
                .containsExactly("analyzer_table.md", "power_settings.md");
    }

    @Test
    void anIncompleteSessionLeavesNothingBehind() throws IOException {
        SyntheticSession session =
                SyntheticSession.create(temp.resolve("session")).delete("ranging/spl.txt");
        assertThatThrownBy(() -> SubmissionPacker.pack(session.folder(), temp.resolve("packed")))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("ranging/spl.txt");
        assertThat(listing(temp)).containsExactly("session");
    }

    @Test
    void aWrongFolderIsRefusedAndTheRightOneSuggested() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("a/session"));
        assertThatThrownBy(() -> SubmissionPacker.pack(temp.resolve("a"), temp.resolve("packed")))
                .isInstanceOfSatisfying(
                        PackException.class, e -> assertThat(e.remedy()).contains("Name " + session.folder() + "."));
        assertThatThrownBy(() -> SubmissionPacker.pack(temp.resolve("nowhere"), temp.resolve("packed")))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("does not exist");
    }
}
