package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.mock.ptd.MockPtd;
import dev.wattline.mock.ptd.MockPtdOptions;
import dev.wattline.mock.ptd.PtdArguments;
import dev.wattline.testing.Ports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_OUT)
class PtdCommandLineIT {
    private static MockPtd mock;
    private static String address;

    @BeforeAll
    static void startMock() {
        mock = MockPtd.start(MockPtdOptions.builder(PtdArguments.of(49))
                .startDelay(Duration.ZERO)
                .speed(50)
                .stdout(OutputStream.nullOutputStream())
                .build());
        address = "127.0.0.1:" + mock.port();
    }

    @AfterAll
    static void endMock() {
        mock.close();
    }

    @Test
    void commandsGivenAreAnsweredInOrder() {
        Outcome outcome = CapturedStreams.run("ptd", address, "Hello", "SR,V,300", "RR");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines()).hasSize(3).startsWith("Hello, PTDaemon here!", "Range V changed");
    }

    @Test
    void nothingIsSentBehindARefusedCommand() {
        Outcome outcome = CapturedStreams.run("ptd", address, "Hello", "Stop", "RR");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.out().lines()).containsExactly("Hello, PTDaemon here!", "Error: no measurement to stop");
        assertThat(outcome.err()).contains("refused 'Stop'");
    }

    @Test
    void linesFromAPipeAreSentOneByOneAndTheirRowsPrinted() {
        Outcome outcome = piped("Go,1000,0,by-hand\n\nStop\nRL,1\nRL,*,*\nHello\n", "ptd", address);
        assertThat(outcome.out().lines())
                .contains(
                        "Starting untimed measurement, maximum 500000 samples at 1000ms with 0 rampup samples",
                        "Stopping untimed measurement",
                        "Invalid number of parameters",
                        "Hello, PTDaemon here!")
                .doesNotContain("ptd> ");
        assertThat(outcome.out().lines().filter(line -> line.startsWith("Time,")))
                .isNotEmpty();
        assertThat(outcome.err()).contains("refused 'RL,*,*'");
        assertThat(outcome.exitCode()).as("RL,*,* was refused").isEqualTo(ExitCode.FAILURE.code());
    }

    @Test
    void quitEndsTheDialogue() {
        Outcome outcome = piped("Hello\nquit\nHello\n", "ptd", address);
        assertThat(outcome.out().lines()).containsExactly("Hello, PTDaemon here!");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void nobodyListeningIsAFailureWithARemedy() {
        int free = Ports.free();
        Outcome outcome = CapturedStreams.run("ptd", "127.0.0.1:" + free, "--connect", "0.2", "Hello");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err()).contains("connecting to PTDaemon at 127.0.0.1:" + free, "Check that PTDaemon runs");
    }

    @Test
    void aSilentPeerEndsAtTheDeadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome =
                    CapturedStreams.run("ptd", "127.0.0.1:" + silent.getLocalPort(), "--deadline", "0.1", "Hello");
            assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
            assertThat(outcome.err()).contains("did not answer 'Hello' within 100 ms");
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost, Hello, HOST:PORT", "localhost:0, Hello, port", "localhost:8888, ' ', COMMAND"})
    void whatCannotBeMeantIsAUsageError(String where, String command, String named) {
        Outcome outcome = CapturedStreams.run("ptd", where, "--connect", "0.1", command);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(named);
    }

    @ParameterizedTest
    @CsvSource({"--deadline, 0", "--deadline, -1", "--connect, NaN"})
    void deadlinesMustBePositive(String option, String value) {
        Outcome outcome = CapturedStreams.run("ptd", address, option, value, "Hello");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(option + ": expected seconds above 0");
    }

    private static Outcome piped(String input, String... args) {
        InputStream in = System.in;
        try {
            System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            return CapturedStreams.run(args);
        } finally {
            System.setIn(in);
        }
    }
}
