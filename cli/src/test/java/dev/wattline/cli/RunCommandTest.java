package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.testing.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_OUT)
class RunCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-l my/label | invalid --label 'my/label'",
                "-A five -V 300 | expected a number, got 'five'",
                "--l rig | ambiguous option: --l could match --loadgen-logs, --label",
                "--telemetry-i 0 | no telemetry is asked for",
                "--tel | could match --telemetry, --telemetry-settings, --telemetry-required, --telemetry-interval",
                "--label | argument -l/--label: expected one argument",
                "--force=yes | argument -f/--force: ignored explicit argument 'yes'",
                "-p 4951 | name different ports",
                "-p abc | --port",
                "--on-fault explode | --on-fault",
                "--token-file /no/such/file | cannot read /no/such/file",
                "--tls-identity me.p12 | --tls-password-file together",
                "--deadline lunch=30 | expected connect, handshake, command",
                "--deadline stop=soon | expected a number of seconds, got 'soon'",
                "--deadline stop=0 | expected a deadline above 0",
                "--telemetry rocm-smi | no telemetry source 'rocm-smi': expected some of nvidia-smi, nvml, rapl",
                "--telemetry rapl,rapl | named twice: rapl,rapl",
                "--telemetry-required | no telemetry is asked for",
                "--telemetry nvidia-smi --telemetry-interval 0 | at least 1 ms",
                "--ranging-seconds 119 | --ranging-seconds: expected at least 120, got 119",
                "--ranging-seconds 0 --profile | expected at least 1, got 0",
                "--user-conf user.conf | no short ranging is asked for",
                "-A 5 -V 300 --ranging-only | go with neither --ranging-only nor",
                "--colour | --colour"
            })
    void aWrongOptionIsAUsageError(String options, String message) {
        Outcome outcome = run("127.0.0.1:4950", options.split(" "));

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({"''", "' '"})
    void aWorkloadOfNothingIsAUsageError(String command) {
        Outcome outcome = CapturedStreams.run(
                "run", "-a", "127.0.0.1", "-n", "127.0.0.1", "-w", command, "-L", "loadgen", "-o", "out");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains("--run-workload: expected a command");
    }

    @ParameterizedTest
    @CsvSource({"'', host", "host:, port", "[::1, ']'", "host:99999, 65535"})
    void anAddressThatIsNoneIsAUsageError(String address, String message) {
        Outcome outcome = run(address);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({"-a, --addr", "-w, --run-workload", "-L, --loadgen-logs", "-o, --output", "-n, --ntp"})
    void everyRequiredOptionIsMissed(String option, String name) {
        List<String> arguments = new ArrayList<>(arguments("127.0.0.1"));
        int at = arguments.indexOf(option);
        arguments.remove(at + 1);
        arguments.remove(at);

        Outcome outcome = CapturedStreams.run(arguments.toArray(String[]::new));

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(name);
    }

    @Test
    void aDirectorThatIsNotThereIsAFailureWithARemedy() throws IOException {
        int port = Ports.free();

        Outcome outcome = run("127.0.0.1:" + port);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err()).contains("127.0.0.1:" + port);
        assertThat(outcome.err().lines())
                // What else is measured on this machine, or still runs of an earlier session, is named first.
                .filteredOn(line -> !line.startsWith("warning: "))
                .hasSize(2);
    }

    @Test
    void anOutputBelowTheLogsIsWrongUsage() {
        Outcome outcome = CapturedStreams.run(
                "run",
                "-a",
                "127.0.0.1",
                "-n",
                "127.0.0.1",
                "-w",
                "true",
                "-L",
                folder.toString(),
                "-o",
                folder.resolve("out").toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains("lies below INDIR");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"x, no session's name", "../etc, no session's name"})
    void fetchTakesNothingButASessionsName(String session, String message) {
        Outcome outcome =
                CapturedStreams.run("fetch", "--session", session, "-a", "127.0.0.1", "-o", folder.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(message);
    }

    private Outcome run(String address, String... options) {
        List<String> arguments = new ArrayList<>(arguments(address));
        arguments.addAll(Arrays.asList(options));
        return CapturedStreams.run(arguments.toArray(String[]::new));
    }

    private List<String> arguments(String address) {
        return List.of(
                "run",
                "-a",
                address,
                "-n",
                "127.0.0.1:1",
                "-w",
                "true",
                "-L",
                folder.resolve("logs").toString(),
                "-o",
                folder.resolve("out").toString());
    }
}
