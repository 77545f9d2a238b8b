package dev.wattline.protocol.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.Phase;
import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.ControlRequest.Time;
import dev.wattline.protocol.ControlTimeoutException;
import dev.wattline.protocol.DirectorBusyException;
import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.ProtocolViolationException;
import dev.wattline.protocol.RawDirector;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.live.Feature;
import dev.wattline.protocol.live.PushedLine;
import dev.wattline.protocol.live.PushedLine.Progress;
import dev.wattline.testing.Ports;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client against directors that are late, wrong or gone. */
class OddDirectorTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final ClientOptions OPTIONS = ClientOptions.defaults();
    private static final ClientOptions IMPATIENT =
            OPTIONS.withDeadlines(Deadlines.defaults().withHandshake(SHORT).withCommand(SHORT));

    @TempDir
    Path folder;

    @Test
    void absentDirectorIsNamedWithARemedy() throws Exception {
        int port = Ports.free();
        assertThatThrownBy(() -> ControlConnection.open(new HostPort("127.0.0.1", port), OPTIONS))
                .isInstanceOfSatisfying(ControlConnectionException.class, failure -> {
                    assertThat(failure).hasMessageStartingWith("cannot connect to director 127.0.0.1:" + port + ": ");
                    assertThat(failure.remedy()).isPresent();
                });
        assertThatThrownBy(() -> ControlConnection.open(new HostPort("no-such-host.invalid", 1), OPTIONS))
                .hasMessageContaining("no address is known for 'no-such-host.invalid'");
    }

    @Test
    void busyDirectorIsNamed() throws Exception {
        String busy = "Error: busy, serving 10.0.0.7:40112 since 2026-11-22T04:48:34Z";
        try (RawDirector director = new RawDirector(peer -> peer.answer(busy))) {
            assertThatThrownBy(() -> ControlConnection.open(director.address(), OPTIONS))
                    .isInstanceOfSatisfying(
                            DirectorBusyException.class,
                            failure -> assertThat(failure.reply()).isEqualTo(busy));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlcommons/power server v2", "SSH-2.0-OpenSSH_9.2p1", ""})
    void wrongMagicIsNamed(String magic) throws Exception {
        try (RawDirector director = new RawDirector(peer -> peer.answer(magic))) {
            assertThatThrownBy(() -> ControlConnection.open(director.address(), OPTIONS))
                    .isInstanceOf(ProtocolViolationException.class)
                    .hasMessage(director.address() + " answered the handshake with '" + magic
                            + "' instead of 'mlcommons/power server v3'");
        }
    }

    @Test
    void directorThatHangsUpInTheHandshakeIsNamed() throws Exception {
        try (RawDirector director = new RawDirector(RawDirector.Peer::hear)) {
            assertThatThrownBy(() -> ControlConnection.open(director.address(), OPTIONS))
                    .isInstanceOf(ControlConnectionException.class)
                    .hasMessage("connection to director " + director.address()
                            + " lost: the director closed the connection")
                    .isInstanceOfSatisfying(
                            ControlConnectionException.class,
                            e -> assertThat(e.remedy().orElse("")).contains("'allow'", "--tls-identity"));
        }
    }

    @Test
    void silentDirectorIsGivenUpOn() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (RawDirector director = new RawDirector(peer -> done.await())) {
            assertThatThrownBy(() -> ControlConnection.open(director.address(), IMPATIENT))
                    .isInstanceOf(ControlTimeoutException.class)
                    .hasMessage("director " + director.address()
                            + " did not answer 'mlcommons/power client v3' within 100 ms");
            done.countDown();
        }
    }

    @Test
    void lateReplyIsNotTakenForTheNextOne() throws Exception {
        ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);
        CountDownLatch gaveUp = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        ExchangeListener listener = new ExchangeListener() {
            @Override
            public void receivedLate(String request, String reply, Duration after) {
                if (request.equals("time") && reply.equals("1.0") && after.equals(SHORT)) {
                    late.countDown();
                }
            }
        };
        try (RawDirector director = RawDirector.greeting(peer -> {
                    peer.hear();
                    time.advance(SHORT);
                    gaveUp.await();
                    peer.say("1.0\r\n");
                    peer.answer("2.0");
                });
                ControlConnection connection = ControlConnection.open(
                        director.address(), IMPATIENT.withListener(listener).withTime(time))) {
            assertThatThrownBy(() -> connection.exchange(new Time())).isInstanceOf(ControlTimeoutException.class);
            gaveUp.countDown();
            assertThat(connection.exchange(new Time()).line()).isEqualTo("2.0");
            assertThat(late.await(TestDeadlines.millis(1), MILLISECONDS)).isTrue();
            assertThat(connection.messages())
                    .extracting(ExchangedMessage::reply)
                    .containsExactly("mlcommons/power server v3", "1.0", "2.0");
        }
    }

    @Test
    void repliesMayComeInPiecesAndTogether() throws Exception {
        try (RawDirector director = RawDirector.greeting(peer -> {
                    peer.hear();
                    for (char c : "1.5\r\r\n".toCharArray()) {
                        peer.say(String.valueOf(c));
                    }
                    peer.hear();
                    peer.say("2.5\n\u00ff\r\n");
                });
                ControlConnection connection = ControlConnection.open(director.address(), OPTIONS)) {
            assertThat(connection.exchange(new Time()).line()).isEqualTo("1.5");
            assertThat(connection.exchange(new Time()).line()).isEqualTo("2.5");
            assertThat(connection.awaitPeer()).isEqualTo(new PeerSignal.UnaskedLine("\ufffd"));
            assertThat(connection.awaitPeer()).isInstanceOf(PeerSignal.Closed.class);
        }
    }

    @Test
    void endlessReplyIsCutOff() throws Exception {
        try (RawDirector director = RawDirector.greeting(peer -> {
                    peer.hear();
                    peer.say("x".repeat(4096));
                    peer.hear();
                });
                ControlConnection connection = ControlConnection.open(director.address(), OPTIONS)) {
            assertThatThrownBy(() -> connection.exchange(new Time()))
                    .isInstanceOf(ControlConnectionException.class)
                    .hasMessageContaining("a line of more than 4096 bytes");
        }
    }

    @Test
    void unaskedLinesAreHandedOutOneByOne() throws Exception {
        try (RawDirector director = RawDirector.greeting(peer -> peer.answer("1.0\r\n" + "x\r\n".repeat(199) + "y"));
                ControlConnection connection = ControlConnection.open(director.address(), OPTIONS)) {
            connection.exchange(new Time());
            for (int i = 0; i < 199; i++) {
                assertThat(connection.awaitPeer()).isEqualTo(new PeerSignal.UnaskedLine("x"));
            }
            assertThat(connection.awaitPeer()).isEqualTo(new PeerSignal.UnaskedLine("y"));
            assertThat(connection.awaitPeer()).isInstanceOf(PeerSignal.Closed.class);
        }
    }

    @Test
    void linesWithAnAsteriskAreRepliesWhereNothingWasAgreed() throws Exception {
        try (RawDirector director = RawDirector.greeting(peer -> {
                    peer.answer("Error");
                    peer.answer("* live,x=1");
                });
                ControlConnection connection = ControlConnection.open(director.address(), OPTIONS)) {
            assertThat(connection.offerExtension(Set.of(Feature.LIVE), Optional.empty()))
                    .isEmpty();
            assertThat(connection.exchange(new Time()).line()).isEqualTo("* live,x=1");
            assertThat(connection.messages()).extracting(ExchangedMessage::cmd).contains("wattline,1,live");
        }
    }

    @ParameterizedTest
    @CsvSource({"abc", "-1", "+5", "1_0", "1048577", "99999999", "' 5'", "''", "0x10"})
    void whatIsNoChunkLengthEndsTheConnection(String header) throws Exception {
        try (RawDirector director = RawDirector.greeting(peer -> {
                    peer.answer("3\r\nabc" + header);
                    peer.hear();
                });
                ControlConnection connection = ControlConnection.open(director.address(), OPTIONS)) {
            assertThatThrownBy(() -> connection.download("s", "power/server.log", folder.resolve("f")))
                    .isInstanceOf(ProtocolViolationException.class)
                    .hasMessageContaining("sent '" + header + "' in the transfer of 'download,s,power/server.log'");
            assertThatThrownBy(() -> connection.exchange(new Time())).isInstanceOf(ControlConnectionException.class);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5\r\nabc", "3\r\nabc", "3\r\nabc2\r", "3\r\nabc0"})
    void brokenOffDownloadLeavesNothingBehind(String sent) throws Exception {
        try (RawDirector director = RawDirector.greeting(peer -> {
                    peer.hear();
                    peer.say(sent);
                });
                ControlConnection connection = ControlConnection.open(director.address(), OPTIONS)) {
            assertThatThrownBy(() -> connection.download("s", "power/server.log", folder.resolve("f")))
                    .isInstanceOf(ControlConnectionException.class)
                    .hasMessageContaining("'download,s,power/server.log' broke off");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void stalledDownloadIsGivenUpOn() throws Exception {
        ClientOptions options = OPTIONS.withDeadlines(Deadlines.defaults().withStall(SHORT));
        try (RawDirector director = RawDirector.greeting(peer -> {
                    peer.hear();
                    peer.say("5\r\nab");
                    peer.hear();
                });
                ControlConnection connection = ControlConnection.open(director.address(), options)) {
            assertThatThrownBy(() -> connection.download("s", "power/server.log", folder.resolve("f")))
                    .isInstanceOf(ControlConnectionException.class)
                    .hasMessageContaining("broke off");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusedRequestsCarryBothLines() throws Exception {
        try (RawDirector director = RawDirector.greeting(peer -> {
                    peer.answer("Error: invalid label");
                    peer.answer("soon");
                });
                ControlConnection connection = ControlConnection.open(director.address(), OPTIONS)) {
            assertThatThrownBy(() -> connection.newSession("bad label", new java.util.UUID(0, 0)))
                    .isInstanceOfSatisfying(RequestRejectedException.class, failure -> {
                        assertThat(failure.reply()).isEqualTo("Error: invalid label");
                        assertThat(failure.request()).startsWith("new,bad label,");
                    });
            assertThatThrownBy(connection::compareClocks)
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageContaining("answered 'soon' to 'time'");
        }
    }

    @Test
    void silenceOfADirectorThatAgreedToReportProgressIsNoticed() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        ClientOptions options = OPTIONS.withDeadlines(Deadlines.defaults().withSilence(SHORT));
        try (RawDirector director = RawDirector.greeting(peer -> {
                    peer.answer("OK wattline,1,progress");
                    peer.hear();
                    done.await();
                });
                ControlConnection connection = ControlConnection.open(director.address(), options)) {
            connection.offerExtension(Set.of(Feature.PROGRESS), Optional.empty());
            assertThatThrownBy(() -> connection.exchange(new Time()))
                    .isInstanceOf(ControlTimeoutException.class)
                    .hasMessageContaining("was silent for 100 ms while it worked on 'time'");
            done.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource({"Error, 30000", "'OK wattline,1,progress', 0"})
    void onlyAStopOfADirectorThatReportsNoProgressIsWaitedForByItsSamples(String offered, long extra) throws Exception {
        ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);
        Deadlines deadlines = Deadlines.defaults();
        try (RawDirector director = RawDirector.greeting(peer -> {
                    peer.answer(offered);
                    peer.answer("OK");
                });
                ControlConnection connection = ControlConnection.open(director.address(), OPTIONS.withTime(time))) {
            connection.offerExtension(Set.of(Feature.PROGRESS), Optional.empty());
            connection.start("s", Phase.TESTING, Optional.empty());
            time.advance(Duration.ofMinutes(500));
            assertThat(connection.stopDeadline())
                    .isEqualTo(extra == 0 ? deadlines.stop() : deadlines.stopAfter(Duration.ofSeconds(extra)));
        }
    }

    @Test
    void aStepThatTheDirectorExpectsToTakeLongIsWaitedFor() throws Exception {
        Duration deadline = Duration.ofSeconds(2);
        ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);
        CountDownLatch told = new CountDownLatch(1);
        ExchangeListener listener = new ExchangeListener() {
            @Override
            public void pushed(PushedLine line) {
                told.countDown();
            }
        };
        ClientOptions options = OPTIONS.withDeadlines(Deadlines.defaults().withCommand(deadline))
                .withListener(listener)
                .withTime(time);
        try (RawDirector director = RawDirector.greeting(peer -> {
                    peer.answer("OK wattline,1,progress");
                    peer.hear();
                    peer.say(new Progress("stopping", Duration.ZERO, Duration.ofSeconds(60)).line() + "\r\n");
                    told.await();
                    time.advance(deadline.multipliedBy(2));
                    peer.say(new Progress("stopping", deadline.multipliedBy(2), Duration.ofSeconds(60)).line()
                            + "\r\n"); // wakes the client, which looks at its deadline
                    peer.say("1795322914.526807\r\n");
                });
                ControlConnection connection = ControlConnection.open(director.address(), options)) {
            connection.offerExtension(Set.of(Feature.PROGRESS), Optional.empty());
            assertThat(connection.exchange(new Time()).line()).isEqualTo("1795322914.526807");
        }
    }

    @Test
    void closingWakesWhoeverWaits() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        try (RawDirector director = RawDirector.greeting(peer -> done.await())) {
            ControlConnection connection = ControlConnection.open(director.address(), OPTIONS);
            Thread closer = new Thread(connection::close);
            closer.start();
            assertThat(connection.awaitPeer())
                    .isInstanceOfSatisfying(
                            PeerSignal.Closed.class,
                            closed -> assertThat(closed.cause()).hasMessageEndingWith("was closed by this side"));
            done.countDown();
        }
    }
}
