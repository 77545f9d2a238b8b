package dev.wattline.protocol.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import dev.wattline.protocol.ControlAnswer;
import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.ControlRequest.StartPhase;
import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.RawClient;
import dev.wattline.protocol.Replies;
import dev.wattline.protocol.StandInDirector;
import dev.wattline.protocol.server.LostCause.Reason;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our server against clients that say what they like. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class ControlServerTest {
    private static final Duration SHORT = Duration.ofMillis(150);

    private final StandInDirector director = new StandInDirector();
    private final List<ControlServer> servers = new ArrayList<>();

    private int start(UnaryOperator<ServerOptions> change) {
        servers.add(ControlServer.start(
                change.apply(ServerOptions.on(Endpoint.plain(new HostPort("127.0.0.1", 0)))), director));
        return server().port();
    }

    private ControlServer server() {
        return servers.get(servers.size() - 1);
    }

    @AfterEach
    void close() {
        servers.forEach(ControlServer::close);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mlcommons/power client v3\r\n", "mlcommons/power client v3\n", "mlcommons/power client v3\r\r\n"
            })
    void greetsAndAnswersInOrder(String greeting) throws Exception {
        try (RawClient client = new RawClient(start(options -> options))) {
            client.send(greeting);
            assertThat(client.line()).isEqualTo("mlcommons/power server v3");
            client.send("time\r\nnonsense\r\nstop\r\n");
            assertThat(client.line()).isEqualTo("1795322914.526807");
            assertThat(client.line()).isEqualTo("Error");
            assertThat(client.line()).isEqualTo("OK");
        }
        assertThat(director.disconnected.poll(5, SECONDS).reason()).isEqualTo(Reason.CLOSED_BY_CLIENT);
    }

    @Test
    void whatIsInstantIsAnsweredByTheNetworkThreadUnlessOtherWorkIsBeforeIt() throws Exception {
        List<String> handled = new CopyOnWriteArrayList<>();
        director.answering((client, received) -> {
            handled.add(received.line() + " by " + Thread.currentThread().getName());
            return null;
        });
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            await().until(
                            () -> { // the first ones may still find the greeting being worked on
                                handled.clear();
                                client.ask("time");
                                return handled.equals(List.of("time by control-network"));
                            });
            handled.clear();
            client.send("stop\r\ntime\r\n"); // one packet: both are there before either is answered
            assertThat(client.line()).isEqualTo("OK");
            assertThat(client.line()).isEqualTo("1795322914.526807");
            assertThat(handled).containsExactly("stop by control-session", "time by control-session");
        }
    }

    @Test
    void linesMayArriveByteByByte() throws Exception {
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            client.socket().setTcpNoDelay(true);
            for (char c : "time\r\n".toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.line()).isEqualTo("1795322914.526807");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlcommons/power client v2", "", "GET / HTTP/1.1", "time"})
    void wrongMagicIsAnsweredByOursAndAHangUp(String magic) throws Exception {
        try (RawClient client = new RawClient(start(options -> options))) {
            client.send(magic + "\r\n");
            assertThat(client.line()).isEqualTo("mlcommons/power server v3");
            assertThat(client.line()).isNull();
        }
        assertThat(director.connected).isEmpty();
    }

    @Test
    void secondClientIsToldWhoIsServedSinceWhen() throws Exception {
        int port = start(options -> options);
        try (RawClient first = RawClient.greeted(port);
                RawClient second = new RawClient(port)) {
            second.send("mlcommons/power client v3\r\n");
            assertThat(second.line())
                    .matches("Error: busy, serving 127\\.0\\.0\\.1:"
                            + first.socket().getLocalPort() + " since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
            assertThat(second.line()).isNull();
            assertThat(first.ask("time")).isEqualTo("1795322914.526807");
        }
    }

    @Test
    void secondClientWaitsForItsTurnWhereThatIsConfigured() throws Exception {
        int port = start(options -> options.withBusy(BusyPolicy.QUEUE));
        try (RawClient second = new RawClient(port)) {
            try (RawClient first = RawClient.greeted(port)) {
                second.send("mlcommons/power client v3\r\ntime\r\n");
                assertThat(first.ask("time")).isEqualTo("1795322914.526807");
                assertThat(second.socket().getInputStream().available()).isZero();
            }
            assertThat(second.line()).isEqualTo("mlcommons/power server v3");
            assertThat(second.line()).isEqualTo("1795322914.526807");
        }
    }

    @Test
    void nextClientIsNotSentAwayWhileTheLastOneIsBeingEnded() throws Exception {
        CountDownLatch restored = new CountDownLatch(1);
        StandInDirector slow = new StandInDirector();
        servers.add(ControlServer.start(
                ServerOptions.on(Endpoint.plain(new HostPort("127.0.0.1", 0))), new ControlHandler() {
                    @Override
                    public ControlAnswer handle(ControlClient client, ReceivedRequest request) {
                        return slow.handle(client, request);
                    }

                    @Override
                    public void disconnected(ControlClient client, LostCause cause) {
                        awaitLatch(restored);
                    }
                }));
        RawClient.greeted(server().port()).close();
        try (RawClient next = new RawClient(server().port())) {
            next.send("mlcommons/power client v3\r\n");
            await().during(400, MILLISECONDS)
                    .until(() -> next.socket().getInputStream().available() == 0);
            restored.countDown();
            assertThat(next.line()).isEqualTo("mlcommons/power server v3");
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void silentStrangerIsHungUpOnAndBlocksNobody() throws Exception {
        int port = start(options -> options.withHello(SHORT));
        try (RawClient silent = new RawClient(port);
                RawClient client = RawClient.greeted(port)) {
            assertThat(client.ask("time")).isEqualTo("1795322914.526807");
            assertThat(silent.line()).isNull();
            assertThat(client.ask("time")).isEqualTo("1795322914.526807");
        }
    }

    @Test
    void idleClientIsHungUpOn() throws Exception {
        try (RawClient client = RawClient.greeted(start(options -> options.withIdle(SHORT)))) {
            assertThat(client.ask("time")).isEqualTo("1795322914.526807");
            assertThat(client.line()).isNull();
        }
        assertThat(director.disconnected.poll(5, SECONDS).reason()).isEqualTo(Reason.IDLE);
    }

    @Test
    void silenceIsRightWhileAPhaseRunsOrARequestIsWorkedOn() throws Exception {
        director.answering((client, received) -> {
            if (received.request() instanceof StartPhase) {
                client.idleDeadline(false);
                await().pollDelay(SHORT.multipliedBy(2)).until(() -> true);
                assertThat(client.lostCause()).isEmpty();
            } else if (received.line().endsWith("stop,ranging")) {
                client.idleDeadline(true);
            }
            return null;
        });
        try (RawClient client = RawClient.greeted(start(options -> options.withIdle(SHORT)))) {
            assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");
            await().during(SHORT.multipliedBy(2))
                    .until(() -> client.socket().getInputStream().available() == 0);
            assertThat(client.ask("session,*,stop,ranging")).isEqualTo("OK");
            assertThat(client.line()).isNull();
        }
        assertThat(director.lost.poll(5, SECONDS).reason()).isEqualTo(Reason.IDLE);
    }

    @Test
    void endlessLineIsCutOff() throws Exception {
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            client.send("x".repeat(4096));
            assertThat(client.line()).isEqualTo("Error: line too long");
            assertThat(client.line()).isNull();
        }
        assertThat(director.disconnected.poll(5, SECONDS).reason()).isEqualTo(Reason.VIOLATION);
        assertThat(director.asked).isEmpty();
    }

    @Test
    void longestLineIsServed() throws Exception {
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            assertThat(client.ask("x".repeat(4094))).isEqualTo("Error");
        }
    }

    @Test
    void floodOfRequestsIsCutOff() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        director.answering((client, received) -> {
            awaitLatch(go);
            return null;
        });
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            client.send("session,*,start,ranging\r\n"); // not 'time', which the network thread may answer itself
            await().until(() -> director.asked.size() == 1); // and held by the latch
            client.send("time\r\n".repeat(100));
            assertThat(director.lost.poll(5, SECONDS).reason()).isEqualTo(Reason.VIOLATION);
            go.countDown();
        }
        assertThat(director.disconnected.poll(5, SECONDS).reason()).isEqualTo(Reason.VIOLATION);
        assertThat(director.asked).hasSize(1);
    }

    @Test
    void lossIsHeardAtOnceByTheHandlerAndByWhoeverWaits() throws Exception {
        director.answering((client, received) -> {
            client.lost().join();
            return null;
        });
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            client.send("session,*,start,ranging\r\n");
            await().until(() -> director.asked.size() == 1);
        }
        assertThat(director.lost.poll(1, SECONDS).reason()).isEqualTo(Reason.CLOSED_BY_CLIENT);
        assertThat(director.disconnected.poll(1, SECONDS).reason()).isEqualTo(Reason.CLOSED_BY_CLIENT);
    }

    @Test
    void resetIsALossByTheNetwork() throws Exception {
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            client.socket().setSoLinger(true, 0);
        }
        assertThat(director.lost.poll(5, SECONDS).reason()).isEqualTo(Reason.NETWORK);
    }

    @Test
    void failureOfTheHandlerIsAnException() throws Exception {
        director.answering((client, received) -> {
            throw new IllegalStateException("no analyzer");
        });
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            assertThat(client.ask("time")).isEqualTo("Error: exception");
            ControlClient served = director.connected.poll(5, SECONDS);
            assertThat(served.messages())
                    .last()
                    .satisfies(message -> assertThat(message.reply()).isEqualTo("Error: exception"));
        }
    }

    @Test
    void strangersAreHungUpOnWithoutAWord() throws Exception {
        int port = start(options -> options.withAllow(AllowedNetworks.parse("10.0.0.0/8, ::1")));
        try (RawClient client = new RawClient(port)) {
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void recordsWhatWasAskedNotWhatWasUnderstood() throws Exception {
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            client.ask("time,now");
            assertThat(director.connected.poll(5, SECONDS).messages())
                    .extracting(ExchangedMessage::cmd)
                    .containsExactly("mlcommons/power client v3", "time,now");
        }
    }

    @Test
    void closeEndsTheSessionBeforeItReturns() throws Exception {
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            server().close();
            assertThat(director.disconnected.poll().reason()).isEqualTo(Reason.CLOSED_HERE);
            assertThat(client.line()).isNull();
            assertThatThrownBy(() -> new RawClient(server().port())).isInstanceOf(Exception.class);
        }
    }

    @Test
    void handlerMayHangUpAfterItsReply() throws Exception {
        director.answering((client, received) -> {
            client.close("enough");
            return Replies.OK;
        });
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            assertThat(client.ask("stop")).isEqualTo("OK");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void takenPortIsNamed() {
        int port = start(options -> options);
        assertThatThrownBy(() -> ControlServer.start(
                        ServerOptions.on(Endpoint.plain(new HostPort("127.0.0.1", port))), director))
                .isInstanceOf(ControlConnectionException.class)
                .hasMessageStartingWith("cannot listen on 127.0.0.1:" + port);
    }

    @Test
    void listensOnSeveralAddressesOfBothFamilies() throws Exception {
        servers.add(ControlServer.start(
                ServerOptions.on(Endpoint.plain(new HostPort("127.0.0.1", 0)), Endpoint.plain(new HostPort("::1", 0))),
                director));
        assertThat(server().addresses().get(1).host()).contains(":");
        try (Socket socket = new Socket(
                InetAddress.getAllByName("::1")[0], server().addresses().get(1).port())) {
            socket.getOutputStream().write("mlcommons/power client v3\n".getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(27), US_ASCII))
                    .isEqualTo("mlcommons/power server v3\r\n");
        }
    }
}
