package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.SntpServer;
import dev.wattline.testing.Ports;
import dev.wattline.testing.TestDeadlines;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** {@code wattline doctor} from the command line, with a mock PTDaemon as a process. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "PTDaemon is a shell script, and signals are a POSIX system's")
@ResourceLock(Resources.SYSTEM_OUT)
class DoctorCommandIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--expect never | expected a length such as 13h",
                "--timeout 1s | too short",
                "--timeout x | expected a length",
                "-p 4950 | --port is given without --addr",
                "-a host:1 -p 2 | name different ports",
                "-a host:99999 | 65535",
                "-n host: | port",
                "--colour | --colour",
                "stray | stray"
            })
    void aWrongCommandLineIsAUsageError(String arguments, String message) {
        Outcome outcome = doctor(arguments.split(" "));

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(message);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void bothSidesPassOnOneMachineAndNothingIsLeftBehind() throws IOException {
        try (SntpServer ntp = SntpServer.start(new HostPort("127.0.0.1", 0), TimeSource.system(), Duration.ZERO)) {
            Path configuration =
                    configuration(ptd("--start-delay", "0"), ntp.address().toString());
            Files.createDirectories(folder.resolve("loadgen"));

            Outcome outcome = doctor(
                    "-c", configuration.toString(),
                    "-n", ntp.address().toString(),
                    "-w", "sh -c true",
                    "-L", folder.resolve("loadgen").toString(),
                    "-o", folder.resolve("out").toString(),
                    "--expect", "10m",
                    "--timeout", "5m");

            assertThat(outcome.out())
                    .doesNotContain("FAIL")
                    .contains("YokogawaWT310E", "two phases of 10 min", "0 failed");
            assertThat(outcome.exitCode()).as(outcome.out() + outcome.err()).isEqualTo(ExitCode.OK.code());
            assertThat(folder.toFile().list()).containsExactlyInAnyOrder("director.conf", "loadgen", "ptd");
            assertThat(mocks()).isEmpty();
        }
    }

    @Test
    void hostsThatSayNothingAreReportedWithinTheTime() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket director = new ServerSocket(0, 5, loopback);
                DatagramSocket ntp = new DatagramSocket(0, loopback)) {
            Outcome outcome = doctor(
                    "-a", "127.0.0.1:" + director.getLocalPort(), "-n", "127.0.0.1:" + ntp.getLocalPort(), "--json");

            assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
            JsonNode report = new ObjectMapper().readTree(outcome.out());
            assertThat(report.get("verdict").stringValue()).isEqualTo("fail");
            assertThat(statusOf(report, "director's clock")).isEqualTo("warn");
            assertThat(statusOf(report, "NTP server")).isEqualTo("fail");
            assertThat(statusOf(report, "Java")).isEqualTo("pass");
            assertThat(outcome.out())
                    .doesNotContain("no result within"); // none was cut off at the end of the whole time
        }
    }

    @Test
    void hostsThatAreNotThereAreFailures() throws IOException {
        Outcome outcome = doctor("-a", "127.0.0.1:" + Ports.free(), "-n", "127.0.0.1:" + Ports.free());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.out()).contains("FAIL  director's clock", "FAIL  NTP server", "nothing listens there");
    }

    @Test
    void aConfigurationThatIsNotThereIsAFinding() {
        Outcome outcome = doctor("-c", folder.resolve("none.conf").toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.out()).contains("FAIL  configuration").contains("there is no such file");
    }

    @Test
    void anInterruptedDoctorLeavesNoPtdaemonRunning() throws Exception {
        Path configuration = configuration(ptd("--start-delay", "60000"), "127.0.0.1:9");
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("doctor", "-c", configuration.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            Awaitility.await().atMost(TestDeadlines.seconds(30)).until(() -> !mocks().isEmpty());
            process.toHandle().destroy();

            TestDeadlines.exitOf(process, 20);
            assertThat(process.exitValue()).isEqualTo(ExitCode.TERMINATED.code());
            Awaitility.await().atMost(TestDeadlines.seconds(2)).until(() -> mocks().isEmpty());
            try (BufferedReader output = process.inputReader()) {
                assertThat(output.lines()).noneMatch(line -> line.contains("Exception"));
            }
        } finally {
            process.destroyForcibly();
            mocks().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static String statusOf(JsonNode report, String name) {
        for (JsonNode check : report.get("checks")) {
            if (check.get("name").stringValue().equals(name)) {
                return check.get("status").stringValue();
            }
        }
        throw new AssertionError("no check named " + name + " in " + report);
    }

    private static Outcome doctor(String... arguments) {
        List<String> all = new ArrayList<>(List.of("doctor"));
        all.addAll(Arrays.asList(arguments));
        return CapturedStreams.run(all.toArray(String[]::new));
    }

    /** The mocks of this test, known by a property before the class path: of a long command line only the start is told. */
    private List<ProcessHandle> mocks() {
        String mark = "wattline.test.ptd=" + folder;
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(mark))
                        .isPresent())
                .toList();
    }

    /** A script that stands for PTDaemon's binary. */
    private Path ptd(String... options) throws IOException {
        Path script = folder.resolve("ptd");
        List<String> words = new ArrayList<>(Programs.jvm());
        words.add(1, "-Dwattline.test.ptd=" + folder);
        Files.writeString(
                script,
                "#!/bin/sh\nexec '" + String.join("' '", words) + "' mock-ptd " + String.join(" ", options)
                        + " \"$@\"\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> java() {
        List<String> words = new ArrayList<>(Programs.jvm());
        words.add(1, "-Dwattline.test.folder=" + folder);
        return words;
    }

    private Path configuration(Path ptd, String ntp) throws IOException {
        return Files.writeString(folder.resolve("director.conf"), """
                [server]
                ntpServer: %s
                listen: 127.0.0.1 %d
                [ptd]
                ptd: %s
                [analyzer1]
                deviceType: 49
                interfaceFlag:
                devicePort: /dev/usbtmc0
                networkPort: %d
                [wattline]
                ptdStart: 300
                """.formatted(ntp, Ports.free(), ptd, Ports.free()));
    }
}
