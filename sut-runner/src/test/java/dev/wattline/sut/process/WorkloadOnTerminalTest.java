package dev.wattline.sut.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.testing.PseudoTerminal;
import dev.wattline.testing.TestDeadlines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A runner on a terminal: its workload stays there, and all of it ends with the runner nevertheless. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "a workload without a process group of its own is guarded by /proc")
class WorkloadOnTerminalTest {
    @TempDir
    private Path folder;

    private @Nullable Process terminal;
    private @Nullable BufferedReader shown;

    @AfterEach
    void closeTerminal() {
        if (terminal != null) {
            terminal.destroyForcibly();
        }
    }

    @Test
    void theWorkloadAsksOnTheTerminal() throws Exception {
        Process on = start("stty -echo </dev/tty; printf 'Password: ' >/dev/tty; read -r word </dev/tty;"
                + " stty echo </dev/tty; echo; echo \"got $word\"");
        awaitShown("Password: ", false);
        type("sesame\n");

        awaitShown("got sesame", true);
        assertThat(TestDeadlines.exitOf(on, 10)).isZero();
    }

    @Test
    void aKilledRunnersWorkloadEndsWhereverItsProcessesWent() throws Exception {
        Path pids = folder.resolve("pids");
        String note = "echo $$ >> " + pids + "; ";
        String stubborn = "trap '\\''" + "'\\'' TERM INT HUP; ";
        // A daemon in a session of its own; one that forgot its environment and ignores signals, whose parent does not;
        // a child of the first shell; that shell itself.
        startFromShell("setsid sh -c '" + note + "sleep 600; sleep 600' & "
                + "sh -c 'env -i sh -c \"" + note.replace("$", "\\$")
                + "trap \\\"\\\" TERM HUP; sleep 601; sleep 602\" & wait' & "
                + "sh -c '" + stubborn + note + "sleep 603; sleep 604' & "
                + note + "wait");
        long runner = awaitRunner();
        await().atMost(TestDeadlines.seconds(10))
                .until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 4);
        List<Long> all = Files.readAllLines(pids).stream().map(Long::valueOf).toList();
        assertThat(all).allMatch(Processes::isRunning);

        ProcessHandle.of(runner).orElseThrow().destroyForcibly();

        await().alias("the end of " + all)
                .atMost(TestDeadlines.seconds(2))
                .untilAsserted(() -> assertThat(all).noneMatch(Processes::isRunning));
    }

    @Test
    void ctrlCReachesTheWorkloadItself() throws Exception {
        Path noted = folder.resolve("noted");
        Process on = start("trap 'echo INT > " + noted + "; exit 9' INT; echo ready; while :; do sleep 1; done");
        awaitShown("ready", true);
        type(PseudoTerminal.CTRL_C);

        assertThat(TestDeadlines.exitOf(on, 10)).isNotZero();
        await().atMost(TestDeadlines.seconds(2))
                .untilAsserted(() -> assertThat(noted).hasContent("INT\n"));
    }

    private Process start(String workload) throws IOException {
        return onTerminal(RunnerProgram.command(workload));
    }

    /** The terminal is not hung up when the runner ends, for it belongs to a shell that reads from it then. */
    private void startFromShell(String workload) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\"; read -r line", "sh"));
        command.addAll(RunnerProgram.command(workload));
        onTerminal(command);
    }

    private Process onTerminal(List<String> command) throws IOException {
        Process started = new ProcessBuilder(PseudoTerminal.commandOrSkip(command))
                .redirectError(Redirect.INHERIT)
                .start();
        terminal = started;
        shown = started.inputReader(StandardCharsets.UTF_8);
        return started;
    }

    private void type(String text) throws IOException {
        OutputStream keys = Objects.requireNonNull(terminal).getOutputStream();
        keys.write(text.getBytes(StandardCharsets.US_ASCII));
        keys.flush();
    }

    private long awaitRunner() throws IOException {
        String line = awaitShown(RunnerProgram.GUARDED, true);
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    /** Reads on until it has read this; the terminal's end ends the test. */
    private String awaitShown(String text, boolean toLineEnd) throws IOException {
        BufferedReader reader = Objects.requireNonNull(shown);
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            if (c == '\n') {
                if (line.indexOf(text) >= 0) {
                    return line.toString().strip();
                }
                line.setLength(0);
            } else {
                line.append((char) c);
                if (!toLineEnd && line.indexOf(text) >= 0) {
                    return line.toString();
                }
            }
        }
        throw new AssertionError("the terminal was closed before it showed '" + text + "', behind: " + line);
    }
}
