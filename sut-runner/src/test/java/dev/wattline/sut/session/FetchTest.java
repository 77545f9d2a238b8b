package dev.wattline.sut.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.model.SessionId;
import dev.wattline.sut.SutException;
import dev.wattline.sut.director.DirectorTarget;
import dev.wattline.sut.download.Fetch;
import dev.wattline.sut.output.RunConsole;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {
    private static final String ID = SimpleDirector.ID;

    @TempDir
    private Path folder;

    @Test
    void getsAllFilesOfAFinishedSession() throws Exception {
        try (ScriptedDirector director = new ScriptedDirector(new SimpleDirector(true))) {
            Fetch.Result result = fetch(director);

            assertThat(result.fetched()).hasSize(6).contains("journal.log");
            assertThat(result.missing()).isEmpty();
            assertThat(folder.resolve("run_1/spl.txt")).hasContent("content of run_1/spl.txt");
            assertThat(folder.resolve("power/server.json")).exists();
        }
    }

    @Test
    void leavesFilesAloneThatAreRightAndReplacesOthers() throws Exception {
        Files.createDirectories(folder.resolve("ranging"));
        Files.createDirectories(folder.resolve("run_1"));
        Files.writeString(folder.resolve("ranging/spl.txt"), "content of ranging/spl.txt\n");
        Files.writeString(folder.resolve("run_1/spl.txt"), "half of the con");
        try (ScriptedDirector director = new ScriptedDirector(new SimpleDirector(true))) {
            Fetch.Result result = fetch(director);

            assertThat(result.present()).containsExactly("ranging/spl.txt");
            assertThat(result.fetched()).contains("run_1/spl.txt").doesNotContain("ranging/spl.txt");
            assertThat(folder.resolve("run_1/spl.txt")).hasContent("content of run_1/spl.txt");
            assertThat(director.received()).doesNotContain("download," + ID + ",ranging/spl.txt");
        }
    }

    @Test
    void aReferenceDirectorKeepsNoSessions() throws Exception {
        try (ScriptedDirector director = new ScriptedDirector(new SimpleDirector(false))) {
            assertThatThrownBy(() -> fetch(director))
                    .isInstanceOf(SutException.class)
                    .hasMessageContaining("is not one of Wattline");
        }
    }

    @Test
    void aSessionThatTheDirectorDoesNotHaveIsNamed() throws Exception {
        SimpleDirector knowsNothing = new SimpleDirector(true) {
            @Override
            public byte[] answer(String line) {
                return line.startsWith("download,") ? ScriptedDirector.line("Error") : super.answer(line);
            }
        };
        try (ScriptedDirector director = new ScriptedDirector(knowsNothing)) {
            assertThatThrownBy(() -> fetch(director))
                    .isInstanceOf(SutException.class)
                    .hasMessageContaining("has no files of session " + ID);
            assertThat(folder.resolve("power")).doesNotExist();
        }
    }

    @Test
    void aFileThatDoesNotExistYetIsReportedAsMissing() throws Exception {
        SimpleDirector half = new SimpleDirector(true) {
            @Override
            public byte[] answer(String line) {
                return line.endsWith("run_1/ptd_out.txt") ? ScriptedDirector.line("Error") : super.answer(line);
            }
        };
        try (ScriptedDirector director = new ScriptedDirector(half)) {
            assertThat(fetch(director).missing()).isEqualTo(List.of("run_1/ptd_out.txt"));
        }
    }

    @Test
    void whatAFailedSessionNeverHadIsNotMissing() throws Exception {
        SimpleDirector failed = new SimpleDirector(true) {
            @Override
            public byte[] answer(String line) {
                return line.contains("run_1/") ? ScriptedDirector.line("Error") : super.answer(line);
            }
        };
        failed.forget("run_1/ptd_out.txt");
        failed.forget("run_1/spl.txt");
        try (ScriptedDirector director = new ScriptedDirector(failed)) {
            assertThat(fetch(director).missing()).isEmpty();
        }
    }

    private Fetch.Result fetch(ScriptedDirector director) {
        RunConsole console = RunConsole.ofPlainLines(new PrintStream(OutputStream.nullOutputStream()), false);
        return new Fetch(DirectorTarget.plain(director.address()), new SessionId(ID), folder, console).run();
    }
}
