package dev.wattline.protocol.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.commons.net.ntp.NtpV3Impl;
import org.apache.commons.net.ntp.TimeStamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The NTP client against our server and against bad ones; it also shows that commons-net works without commons-io. */
class NtpClientTest {
    private static final HostPort ANY = new HostPort("127.0.0.1", 0);

    /** Stands still unless a test moves it, so that an exchange takes no time. */
    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-22T04:48:34.488199Z"));

    @ParameterizedTest
    @ValueSource(longs = {0, 250, -250, 400, 86_400_000, -3_600_000})
    void measuresAServersOffset(long millis) {
        try (SntpServer server = SntpServer.start(ANY, time, Duration.ofMillis(millis))) {
            NtpMeasurement measured = new NtpClient(4, TestDeadlines.seconds(5), time).measure(server.address());

            assertThat(measured.offsetMillis()).isCloseTo((double) millis, within(1e-3));
            assertThat(measured.uncertaintyMillis()).isZero();
            assertThat(measured.exchanges()).isEqualTo(4);
            assertThat(measured.stratum()).isEqualTo(1);
            assertThat(measured.synchronised()).isTrue();
        }
    }

    @Test
    void syncLimitIsStrict() {
        assertThat(measurement(399.999).isInSync()).isTrue();
        assertThat(measurement(400).isInSync()).isFalse();
        assertThat(measurement(-400).isInSync()).isFalse();
        assertThat(measurement(-399.999).isInSync()).isTrue();
        assertThat(measurement(1.25).describe())
                .isEqualTo("1.250 ms behind NTP server ntp:123 (uncertainty 0.250 ms, stratum 2)");
    }

    private static NtpMeasurement measurement(double offset) {
        return new NtpMeasurement(new HostPort("ntp", 123), offset, 0.5, 2, true, 4);
    }

    @Test
    void silentServerIsNamed() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            NtpClient client = new NtpClient(3, Duration.ofMillis(120), TimeSource.system());
            assertThatThrownBy(() -> client.measure(new HostPort("127.0.0.1", silent.getLocalPort())))
                    .isInstanceOf(NtpException.class)
                    .hasMessage("cannot compare this machine's clock with NTP server 127.0.0.1:" + silent.getLocalPort()
                            + ": no answer within 120 ms");
        }
    }

    @Test
    void unknownHostIsNamed() {
        assertThatThrownBy(() ->
                        NtpClient.withDefaults(TimeSource.system()).measure(new HostPort("no-such-host.invalid", 123)))
                .isInstanceOf(NtpException.class)
                .hasMessageContaining("no address is known for 'no-such-host.invalid'");
    }

    @Test
    void forgedAndShortPacketsAreSkippedAndALostOneCostsOneExchange() throws Exception {
        try (DatagramSocket bad = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Duration each = TestDeadlines.seconds(5);
            Thread thread = new Thread(() -> answerBadlyOnceThenWell(bad, each));
            thread.start();
            NtpMeasurement measured =
                    new NtpClient(2, each.multipliedBy(2), time).measure(new HostPort("127.0.0.1", bad.getLocalPort()));
            thread.join();
            assertThat(measured.exchanges()).isEqualTo(1);
            assertThat(measured.offsetMillis()).isCloseTo(5000, within(1e-3));
            assertThat(measured.synchronised()).isFalse();
        }
    }

    private void answerBadlyOnceThenWell(DatagramSocket socket, Duration each) {
        try {
            DatagramPacket first = receive(socket); // this one stays without its answer
            socket.send(new DatagramPacket(new byte[12], 12, first.getSocketAddress()));
            socket.send(reply(new TimeStamp(12345L), 3, 2, first));
            time.advance(each);
            socket.send(reply(new TimeStamp(12345L), 3, 2, first)); // wakes the client, whose time for it is over
            DatagramPacket second = receive(socket);
            NtpV3Impl request = new NtpV3Impl();
            request.setDatagramPacket(second);
            socket.send(reply(new TimeStamp(12345L), 0, 2, second));
            socket.send(reply(request.getTransmitTimeStamp(), 3, 2, second));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusalIsNamed() throws Exception {
        try (DatagramSocket refusing = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try {
                    DatagramPacket packet = receive(refusing);
                    NtpV3Impl request = new NtpV3Impl();
                    request.setDatagramPacket(packet);
                    refusing.send(reply(request.getTransmitTimeStamp(), 0, 0, packet));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            thread.start();
            assertThatThrownBy(() -> new NtpClient(4, TestDeadlines.seconds(20), time)
                            .measure(new HostPort("127.0.0.1", refusing.getLocalPort())))
                    .hasMessageContaining("it refuses to serve");
            thread.join();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 2, true", "1, 15, true", "3, 2, false", "0, 16, false", "3, 16, false", "0, 255, false"})
    void aServerWhoseOwnClockIsNotSetIsNoMeasure(int leap, int stratum, boolean set) throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try {
                    DatagramPacket packet = receive(server);
                    NtpV3Impl request = new NtpV3Impl();
                    request.setDatagramPacket(packet);
                    server.send(reply(request.getTransmitTimeStamp(), leap, stratum, packet));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            thread.start();
            NtpMeasurement measured = new NtpClient(1, TestDeadlines.seconds(5), time)
                    .measure(new HostPort("127.0.0.1", server.getLocalPort()));
            thread.join();

            assertThat(measured.synchronised()).isEqualTo(set);
            if (set) { // five seconds off, as the reply says
                assertThatThrownBy(() -> ClockCheck.requireInSync(measured)).isInstanceOf(ClockException.class);
            } else {
                assertThatThrownBy(() -> ClockCheck.requireInSync(measured))
                        .isInstanceOf(NtpException.class)
                        .hasMessageContaining("its own clock is not set (stratum " + stratum + ")");
            }
        }
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[48], 48);
        socket.receive(packet);
        return packet;
    }

    private DatagramPacket reply(TimeStamp originate, int leap, int stratum, DatagramPacket to) {
        NtpV3Impl reply = new NtpV3Impl();
        reply.setMode(4);
        reply.setVersion(4);
        reply.setLeapIndicator(leap);
        reply.setStratum(stratum);
        reply.setOriginateTimeStamp(originate);
        TimeStamp stamp = NtpTime.of(time.now().plusSeconds(5));
        reply.setReceiveTimeStamp(stamp);
        reply.setTransmitTime(stamp);
        DatagramPacket packet = reply.getDatagramPacket();
        return new DatagramPacket(packet.getData(), 48, to.getSocketAddress());
    }

    @Test
    void timesSurviveTheFormatToTheNanosecondInBothEras() {
        for (String text : List.of(
                "1999-12-31T23:59:59.999999999Z",
                "2026-11-22T04:48:34.488199Z",
                "2036-02-07T06:28:15.5Z",
                "2036-02-07T06:28:16Z",
                "2040-01-01T00:00:00.000000001Z")) {
            Instant instant = Instant.parse(text);
            Instant back = NtpTime.instant(NtpTime.of(instant));
            assertThat(Duration.between(instant, back).abs()).as(text).isLessThan(Duration.ofNanos(2));
        }
    }

    @Test
    void takenPortIsNamed() {
        try (SntpServer server = SntpServer.start(ANY, TimeSource.system(), Duration.ZERO)) {
            HostPort taken = server.address();
            assertThatThrownBy(() -> SntpServer.start(taken, TimeSource.system(), Duration.ZERO))
                    .isInstanceOf(NtpException.class)
                    .hasMessageStartingWith("cannot listen for NTP requests on " + taken);
        }
    }
}
