package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wattline.testing.TestDeadlines;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code wattline mock-ptd} as a process of its own. */
class MockPtdCommandIT {
    @TempDir
    Path folder;

    @Test
    void sigtermEndsItAtOnceWithoutAWord() throws IOException, InterruptedException {
        Path log = folder.resolve("ptd.log");
        Process process = start(Map.of(), "--start-delay", "0", "-l", log.toString(), "-p", "0", "49", "/dev/usbtmc0");
        try (BufferedReader output = process.inputReader()) {
            List<String> startup = new ArrayList<>();
            int port = port(output, startup);
            assertThat(startup).contains("Redirecting data output to file " + log);
            assertThat(ask(port, "Identify")).startsWith("YokogawaWT310E,").contains("version=1.11.1-mock-");
            assertThat(output.lines().limit(7)).last().asString().endsWith(": Waiting for a connection...");
            process.toHandle().destroy(); // unlike Process.destroy it leaves the output readable
            TestDeadlines.exitOf(process, 10);
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(output.lines()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void optionsMayStandInTheEnvironmentAndTheCommandLineWins() throws IOException {
        Path state = folder.resolve("with blank.state");
        Process process = start(
                Map.of("WATTLINE_MOCK_OPTIONS", "--start-delay 0 --state '" + state + "' --initial-amps 0.5"),
                "--initial-amps",
                "2",
                "-p",
                "0",
                "49",
                "/dev/usbtmc0");
        try (BufferedReader output = process.inputReader()) {
            assertThat(ask(port(output, new ArrayList<>()), "RR")).isEqualTo("Ranges,0,2.000000,0,300.000000");
            assertThat(state).exists();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void printsThePortAloneWhenAskedTo() throws IOException {
        Process process =
                start(Map.of(), "--port", "0", "--print-port", "--start-delay", "0", "--speed", "100", "49", "COM4");
        try (BufferedReader output = process.inputReader();
                BufferedReader daemon = process.errorReader()) {
            int port = Integer.parseInt(output.readLine());
            assertThat(ask(port, "Hello")).isEqualTo("Hello, PTDaemon here!");
            assertThat(daemon.lines()
                            .filter(line -> line.contains("Establishing the listener on port " + port))
                            .findFirst())
                    .isPresent();
            process.toHandle().destroy();
            assertThat(output.lines()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theExampleInPythonPasses() throws IOException, InterruptedException {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3"))))
                .as("python3 is on the path")
                .isTrue();
        Path root = Path.of("..").toRealPath();
        ProcessBuilder builder = new ProcessBuilder(
                        "python3",
                        root.resolve("docs/examples/test_with_mock_ptd.py").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("python.log").toFile());
        builder.environment().put("WATTLINE", root.resolve("wattline").toString());
        Process python = builder.start();
        TestDeadlines.exitOf(python, 60);
        assertThat(python.exitValue())
                .as(Files.readString(folder.resolve("python.log")))
                .isZero();
    }

    @Test
    void aScenarioMayEndItOrMakeItOutliveSigterm() throws IOException, InterruptedException {
        Path scenario = Files.writeString(folder.resolve("s.json"), """
                {"ignoreSigterm": true, "faults": [{"when": {"start": 0}, "do": "delay", "seconds": 0.01}]}
                """);
        Process process =
                start(Map.of(), "--start-delay", "0", "--scenario", scenario.toString(), "-p", "0", "49", "COM4");
        try (BufferedReader output = process.inputReader()) {
            int port = port(output, new ArrayList<>());
            process.toHandle().destroy(); // unlike Process.destroy it leaves the output readable
            assertThat(ask(port, "Hello")).isEqualTo("Hello, PTDaemon here!");
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
        Files.writeString(scenario, """
                {"faults": [{"when": {"start": 0}, "do": "exit", "status": 7}]}
                """);
        Process failing =
                start(Map.of(), "--start-delay", "0", "--scenario", scenario.toString(), "-p", "0", "49", "COM4");
        TestDeadlines.exitOf(failing, 20);
        assertThat(failing.exitValue()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -p 8888                         | the device type and the device's port are missing
            -p 8888 4711 COM4               | the mock knows no device type 4711
            --signal sine 49 COM4           | signal 'sine': unknown signal 'sine'
            --speed 0 49 COM4               | --speed
            --initial-amps many 49 COM4     | --initial-amps
            --playback nowhere 49 COM4      | there is no recording nowhere
            --playback-ranging x 49 COM4    | both --playback-ranging and --playback-testing
            --scenario nowhere.json 49 COM4 | cannot read the scenario nowhere.json: there is no such file or folder
            --unknown 49 COM4               | no option '--unknown'
            -c 2,3 -p 0 77 COM4             | -c: expected no channel above 3, got 2,3
            -c 1,2,3 -p 0 77 COM4           | -c: expected at most two numbers, got 1,2,3
            -c 1,2 -p 0 49 COM4             | -c: expected the number of one channel
            --port 65536 49 COM4            | --port: expected 0 to 65535, got 65536
            --start-delay -5 -p 0 49 COM4   | --start-delay: expected at least 0
            --noise -1 -p 0 49 COM4         | --noise: expected at least 0
            --supply 0 -p 0 49 COM4         | --supply: expected more than 0
            --crest 0.5 -p 0 49 COM4        | --crest: expected at least 1
            --playback-analyzer 0 49 COM4   | --playback-analyzer: expected at least 1
            -t -p 0 1000 COM4               | no temperature mode
            """)
    void aWrongCommandLineIsExplained(String line, String problem) throws IOException, InterruptedException {
        Process process = start(Map.of(), line.split(" "));
        try (BufferedReader errors = process.errorReader()) {
            assertThat(String.join("\n", errors.lines().toList()))
                    .contains(problem)
                    .doesNotContain("\tat ");
            assertThat(process.waitFor()).isEqualTo(2);
        }
    }

    private static int port(BufferedReader output, List<String> before) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            before.add(line);
            if (line.contains("Establishing the listener on port ")) {
                return Integer.parseInt(line.replaceFirst(".* port (\\d+)\\.\\.\\.", "$1"));
            }
        }
        throw new AssertionError("it never listened: " + before);
    }

    private static String ask(int port, String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TestDeadlines.millis(10));
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return String.valueOf(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine());
        }
    }

    private static Process start(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(Programs.jvm());
        command.add("mock-ptd");
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("WATTLINE_MOCK_OPTIONS");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
