package dev.wattline.sut.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.sut.SutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunFoldersTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"logs, out", "logs, logs2", "out/logs, out", "logs/../a, logs"})
    void acceptsFoldersThatLieApart(String in, String out) {
        assertThatCode(() -> new RunFolders(folder.resolve(in), folder.resolve(out)).requireApart())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"logs, logs", "logs, logs/out", "logs/../a, a", "., out"})
    void refusesAnOutputThatIsOrLiesBelowTheLogs(String in, String out) {
        assertThatThrownBy(() -> new RunFolders(folder.resolve(in), folder.resolve(out)).requireApart())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("INDIR");
    }

    @Test
    void deletesTheLogsButNotWhatALinkLeadsTo() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Files.createFile(kept.resolve("file"));
        Path logs = Files.createDirectories(folder.resolve("logs/deep"));
        Files.createFile(logs.resolve("old"));
        Files.createSymbolicLink(logs.resolve("link"), kept);

        new RunFolders(folder.resolve("logs"), folder.resolve("out")).deleteLoadgenLogs();

        assertThat(folder.resolve("logs")).doesNotExist();
        assertThat(kept.resolve("file")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "${user.home}", "${user.home}/..", "", ".."})
    void refusesToDeleteRootHomeOrWorkingFolder(String logs) {
        Path in = Path.of(logs.replace("${user.home}", System.getProperty("user.home")));

        assertThatThrownBy(() -> new RunFolders(in, folder.resolve("out")).deleteLoadgenLogs())
                .isInstanceOf(SutException.class)
                .hasMessageContaining("--force would delete");
    }

    @Test
    void makesTheOutputFolderButNotItsParents() throws IOException {
        new RunFolders(folder.resolve("logs"), folder.resolve("out")).prepareOutput();
        assertThat(folder.resolve("out")).isEmptyDirectory();

        assertThatThrownBy(() -> new RunFolders(folder.resolve("logs"), folder.resolve("a/b")).prepareOutput())
                .isInstanceOf(SutException.class)
                .hasMessageContaining("could not create the output folder");
    }

    @Test
    void anOutputThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> new RunFolders(folder.resolve("logs"), file).prepareOutput())
                .isInstanceOf(SutException.class)
                .hasMessageContaining("could not write to the output folder " + file);
    }

    @Test
    void aDiskWithoutRoomIsNamedWithWhatIsLeft() {
        RunFolders folders = new RunFolders(folder.resolve("logs"), folder);

        assertThatCode(() -> folders.requireSpace(1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> folders.requireSpace(Long.MAX_VALUE))
                .isInstanceOf(SutException.class)
                .hasMessageContaining("the disk of " + folder + " has ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"power", "ranging", "run_1"})
    void findsAnEarlierSession(String part) throws IOException {
        Files.createDirectories(folder.resolve("out").resolve(part));

        assertThatThrownBy(() -> new RunFolders(folder.resolve("logs"), folder.resolve("out")).requireNoSession())
                .isInstanceOf(SutException.class)
                .hasMessageContaining(part + " exists");
    }
}
