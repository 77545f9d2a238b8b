package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.testing.TestDeadlines;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code wattline doctor --deep} with stand-ins of nvidia-smi and dcgmi that have the same cards. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are those of POSIX")
class DoctorDeepIT {
    @TempDir
    private Path folder;

    /** Puts the stand-ins where they are found. */
    private void cards(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "mock-smi",
                "--gain",
                "1",
                "--offset",
                "0",
                "--efficiency",
                "1",
                "--signal-start",
                Long.toString(System.currentTimeMillis())));
        words.addAll(Arrays.asList(options));
        Programs programs = new Programs(folder);
        programs.script("nvidia-smi", words.toArray(String[]::new));
        programs.script("dcgmi", words.toArray(String[]::new));
    }

    /** The checks of the counters. */
    private List<JsonNode> doctor(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Programs.jvm());
        command.addAll(List.of("doctor", "--deep", "--json", "--timeout", "10m"));
        command.addAll(Arrays.asList(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("report.json").toFile())
                .redirectError(folder.resolve("said").toFile());
        builder.environment().merge("PATH", folder.toString(), (path, mine) -> mine + File.pathSeparator + path);
        Process process = builder.start();
        TestDeadlines.exitOf(process, 200);
        JsonNode report = JsonMapper.builder().build().readTree(Files.readAllBytes(folder.resolve("report.json")));
        return report.path("checks")
                .valueStream()
                .filter(check -> check.path("name").asString().startsWith("energy counters"))
                .toList();
    }

    @Test
    void aCardThatPollingKeepsAwakeIsFoundAndWithoutALoadTheGainIsNotKnown() throws Exception {
        cards("--signal", "constant,watts=140", "--awake", "80:" + folder.resolve("polls"));

        List<JsonNode> checks = doctor("--deep-seconds", "15");

        JsonNode polling = checks.get(0);
        assertThat(polling.path("name").asString()).isEqualTo("energy counters: polling");
        assertThat(polling.path("status").asString()).as(polling.toString()).isEqualTo("warn");
        assertThat(polling.path("cause").asString()).contains("NVIDIA H100 PCIe GPU-", ": kept awake, ");
        JsonNode values = polling.path("values");
        assertThat(values.path("card0UnpolledWatts").asDouble())
                .isCloseTo(
                        100, within(values.path("card0UnpolledWattsHalfWidth").asDouble()));
        assertThat(values.path("card0PolledWatts").asDouble())
                .isCloseTo(180, within(values.path("card0PolledWattsHalfWidth").asDouble()));
        assertThat(checks.get(1).path("name").asString()).isEqualTo("energy counters: gain");
        assertThat(checks.get(1).path("cause").asString()).startsWith("not known: ");
    }

    @Test
    void underALoadEachCountersGainIsFoundAndTheLoadIsEnded() throws Exception {
        cards(
                "--cards",
                "3",
                "--signal",
                "square,low=110,high=1090,period=80,duty=0.5",
                "--counter",
                "gpu,card=1,gain=1.1",
                "--counter",
                "gpu,card=2,stuck=45");

        List<JsonNode> checks = doctor("--load", "echo loading; echo $$ > pid; sleep 4000 & sleep 5000");

        JsonNode gain = checks.get(1);
        assertThat(gain.path("status").asString()).as(gain.toString()).isEqualTo("fail");
        List<String> cards = gain.path("cause").asString().lines().toList();
        assertThat(cards).hasSize(3);
        assertThat(cards.get(0)).contains(": agrees, ");
        assertThat(cards.get(1)).contains(": scaled, ");
        assertThat(cards.get(2)).contains(": stuck, ");
        assertThat(gain.path("values").path("card0Gain").asDouble()).isCloseTo(1, within(0.02));
        assertThat(gain.path("values").path("card1Gain").asDouble()).isCloseTo(1.1, within(0.03));
        assertThat(Files.readString(folder.resolve("said"))).contains("loading");
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
