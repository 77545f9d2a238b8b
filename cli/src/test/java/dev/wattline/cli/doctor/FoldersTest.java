package dev.wattline.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.config.AnalyzerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldersTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | LAST | PASS | can be written",
                "new | LAST | PASS | will be made in",
                "new/deep | LAST | FAIL | nor does the folder it is to be in",
                "new/deep | ALL | PASS | will be made in",
                "file | ALL | FAIL | is no folder",
                "file/below | LAST | FAIL | nor does the folder"
            })
    void foldersAreTriedOutAndNotMade(String path, FolderCheck.Missing missing, Status status, String cause)
            throws IOException {
        Files.writeString(folder.resolve("file"), "");

        CheckOutcome outcome = new FolderCheck("folder", folder.resolve(path), missing, "Another.").run();

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.cause()).contains(cause);
        assertThat(folder).isDirectoryContaining("glob:**file");
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatCannotBeWrittenFailsWithTheRemedy() { // not even root can write there
        CheckOutcome outcome =
                new FolderCheck("folder", Path.of("/proc/1"), FolderCheck.Missing.LAST, "Another.").run();

        assertThat(outcome.status()).isEqualTo(Status.FAIL);
        assertThat(outcome.cause()).contains("cannot write to /proc/1");
        assertThat(outcome.remedy()).isEqualTo("Another.");
    }

    @ParameterizedTest
    @CsvSource({"999999, FAIL", "1000000, WARN", "2999999, WARN", "3000000, PASS"})
    void spaceIsComparedWithWhatIsNeeded(long free, Status status) {
        CheckOutcome outcome = new DiskSpaceCheck(
                        "space", folder.resolve("not/yet"), new SpaceNeeded(1_000_000, "a test"), existing -> {
                            assertThat(existing).isEqualTo(folder);
                            return free;
                        })
                .run();

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.values()).containsEntry("freeBytes", free).containsEntry("neededBytes", 1_000_000L);
    }

    @Test
    void spaceThatCannotBeToldIsAWarning() {
        CheckOutcome outcome = new DiskSpaceCheck("space", folder, new SpaceNeeded(1, "a test"), existing -> {
                    throw new IOException("stale handle");
                })
                .run();

        assertThat(outcome.status()).isEqualTo(Status.WARN);
        assertThat(outcome.cause()).contains("stale handle");
    }

    @Test
    void spaceOfThisMachineIsAsTheSystemTells() throws IOException {
        CheckOutcome outcome = new DiskSpaceCheck("space", folder, new SpaceNeeded(1, "a test")).run();

        assertThat(Objects.requireNonNull(outcome.values().get("freeBytes")).longValue())
                .isCloseTo(
                        Files.getFileStore(folder).getUsableSpace(),
                        org.assertj.core.data.Percentage.withPercentage(50));
    }

    @Test
    void spaceGrowsWithLengthAnalyzersAndChannels() {
        AnalyzerConfig single = new AnalyzerConfig(1, 49, "", "/dev/usbtmc0", 8888, null, null, null);
        AnalyzerConfig three = new AnalyzerConfig(2, 77, "", "/dev/usbtmc1", 8889, List.of(1, 3), null, null);
        long none = SpaceNeeded.onDirector(List.of(single), Duration.ZERO).bytes();
        Duration hour = Duration.ofHours(1);

        // 3 rows of 150 bytes and 2 copies of 200 printed bytes a second, in two phases
        assertThat(SpaceNeeded.onDirector(List.of(single), hour).bytes() - none).isEqualTo(2L * 3600 * 850);
        // 3 rows of 360 bytes and 2 copies of 650
        assertThat(SpaceNeeded.onDirector(List.of(single, three), hour).bytes() - none)
                .isEqualTo(2L * 3600 * (850 + 2380));
        assertThat(SpaceNeeded.onRunner(hour).bytes() - none).isEqualTo(2L * 3600 * (360 + 650));
        assertThat(SpaceNeeded.onDirector(List.of(single, three), hour).what())
                .isEqualTo("two phases of 1 h with 2 analyzer(s)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logs | out | PASS | can be written",
                "missing | out | WARN | does not exist yet",
                "logs | logs | FAIL | lies in the LoadGen folder",
                "logs | logs/out | FAIL | lies in the LoadGen folder",
                "file | out | FAIL | is no folder"
            })
    void loadgenFolderLiesApartFromTheOutput(String logs, String output, Status status, String cause)
            throws IOException {
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("file"), "");

        CheckOutcome outcome = new LoadgenFolderCheck(folder.resolve(logs), Optional.of(folder.resolve(output))).run();

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.cause()).contains(cause);
    }
}
