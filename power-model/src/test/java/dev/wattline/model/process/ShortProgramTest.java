package dev.wattline.model.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wattline.model.process.ShortProgram.End;
import dev.wattline.model.process.ShortProgram.Result;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ShortProgramTest {
    private static final Duration LONG = TestDeadlines.seconds(60);

    @TempDir
    Path folder;

    @Test
    void statusAndBothStreamsAreTold() throws Exception {
        Result result = shell("echo; echo ' out '; echo err >&2; exit 3", LONG);

        assertThat(result).isEqualTo(new Result(End.EXITED, 3, "\n out \nerr\n"));
        assertThat(result.succeeded()).isFalse();
        assertThat(result.said()).isEqualTo("out");
        assertThat(result.lines()).containsExactly(" out ", "err");
    }

    @Test
    void itsInputIsEmptyAndItsEnvironmentHasWhatWasAdded() throws Exception {
        Result result =
                ShortProgram.run(List.of("sh", "-c", "cat; echo \"$ADDED\""), Map.of("ADDED", "given"), "", LONG);

        assertThat(result).isEqualTo(new Result(End.EXITED, 0, "given\n"));
        assertThat(shell("echo", LONG).said()).isEqualTo("nothing");
    }

    @Test
    void itReadsWhatItIsGivenIfItLikes() throws Exception {
        assertThat(ShortProgram.run(List.of("cat"), Map.of(), "a line\n", LONG).output())
                .isEqualTo("a line\n");
        assertThat(ShortProgram.run(List.of("true"), Map.of(), "x".repeat(4096), LONG)
                        .succeeded())
                .isTrue();
    }

    @Test
    void moreThanIsKeptDoesNotHoldUpTheProgram() throws Exception {
        Result result = shell("head -c " + 2 * ShortProgram.MAX_OUTPUT + " /dev/zero | tr '\\0' x; exit 4", LONG);

        assertThat(result.end()).isEqualTo(End.EXITED);
        assertThat(result.status()).isEqualTo(4);
        assertThat(result.output()).isEqualTo("x".repeat(ShortProgram.MAX_OUTPUT));
    }

    @Test
    void oneThatDoesNotEndIsKilledWithWhatItStarted() throws Exception {
        Result result = shell("sleep 1000 & echo $!; wait", Duration.ofSeconds(1));

        assertThat(result.end()).isEqualTo(End.KILLED);
        assertThat(result.status()).isEqualTo(-1);
        assertThat(result.succeeded()).isFalse();
        if (!result.output().isBlank()) { // a loaded machine may not have come as far
            Path stat = Path.of("/proc", result.output().strip(), "stat");
            await().until(() -> !Files.exists(stat) || Files.readString(stat).contains(") Z "));
        }
    }

    @Test
    void whatItLeavesRunningIsNotWaitedFor() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertThat(ShortProgram.run(List.of("mkfifo", fifo.toString()), LONG).succeeded())
                .isTrue();

        // The child holds the output until somebody writes to the pipe, which is done below.
        Result result = shell("echo said; read line < '" + fifo + "' & exit 0", LONG);

        assertThat(result).isEqualTo(new Result(End.EXITED, 0, "said\n"));
        Files.writeString(fifo, "go\n");
    }

    @Test
    void aProgramThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> ShortProgram.run(List.of(folder.resolve("none").toString()), LONG))
                .isInstanceOf(IOException.class);
    }

    private static Result shell(String script, Duration limit) throws Exception {
        return ShortProgram.run(List.of("sh", "-c", script), limit);
    }
}
