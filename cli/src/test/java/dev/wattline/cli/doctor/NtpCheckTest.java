package dev.wattline.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.NtpClient;
import dev.wattline.protocol.time.NtpException;
import dev.wattline.protocol.time.NtpMeasurement;
import dev.wattline.protocol.time.SntpServer;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_OUT)
class NtpCheckTest {
    private static final HostPort ANY = new HostPort("127.0.0.1", 0);

    @ParameterizedTest
    @CsvSource({"0, PASS", "250, WARN", "-250, WARN", "3000, FAIL", "-3000, FAIL"})
    void offsetOfARealServerIsJudged(long offsetMillis, Status status) {
        ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-22T04:48:34Z"));
        try (SntpServer server = SntpServer.start(ANY, time, Duration.ofMillis(offsetMillis))) {
            NtpClient client = new NtpClient(4, TestDeadlines.seconds(5), time);

            CheckOutcome outcome = new NtpCheck("NTP", () -> client.measure(server.address())).run();

            assertThat(outcome.status()).as(outcome.cause()).isEqualTo(status);
            assertThat(Objects.requireNonNull(outcome.values().get("offsetMillis"))
                            .doubleValue())
                    .isCloseTo((double) offsetMillis, within(1e-3));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // offset and delay in ms, whether the server is set
        "0, 10, true, PASS",
        "100, 10, true, PASS",
        "101, 10, true, WARN",
        "399.9, 10, true, WARN",
        "400, 10, true, FAIL",
        "-400, 10, true, FAIL",
        "0, 201, true, WARN",
        "0, 10, false, FAIL"
    })
    void limitsAreTheRules(double offset, double delay, boolean synchronised, Status status) {
        NtpMeasurement measured = new NtpMeasurement(new HostPort("ntp.lab", 123), offset, delay, 2, synchronised, 4);

        CheckOutcome outcome = new NtpCheck("NTP", () -> measured).run();

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.values())
                .containsEntry("offsetMillis", offset)
                .containsEntry("uncertaintyMillis", delay / 2)
                .containsEntry("stratum", 2);
    }

    @Test
    void aServerThatDoesNotAnswerIsAFailure() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            NtpClient client = new NtpClient(2, Duration.ofMillis(200), TimeSource.system());
            NtpCheck check =
                    new NtpCheck("NTP", () -> client.measure(new HostPort("127.0.0.1", silent.getLocalPort())));

            assertThatThrownBy(check::run).isInstanceOf(NtpException.class).hasMessageContaining("no answer within");
        }
    }
}
