package dev.wattline.protocol.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wattline.model.ManualTimeSource;
import dev.wattline.protocol.ControlAnswer;
import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.ControlRequest.StartPhase;
import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.RawClient;
import dev.wattline.protocol.Replies;
import dev.wattline.protocol.StandInDirector;
import dev.wattline.protocol.server.LostCause.Reason;
import dev.wattline.testing.TestDeadlines;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our server against clients that say what they like. */
class ControlServerTest {
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final String NEW = "new,rig,8c14f61d-1776-4b23-b328-083fba3d64a8";

    private final StandInDirector director = new StandInDirector();
    private final List<ControlServer> servers = new ArrayList<>();

    /** The server's deadlines go by this where a test says so, so that none passes before the test lets it. */
    private final ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);

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
        assertThat(TestDeadlines.next(director.disconnected, 5).reason()).isEqualTo(Reason.CLOSED_BY_CLIENT);
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
        try (RawClient first = inSession(port);
                RawClient second = new RawClient(port)) {
            second.send("mlcommons/power client v3\r\n");
            assertThat(second.line()).matches(busyWith(first));
            assertThat(second.line()).isNull();
            assertThat(first.ask("time")).isEqualTo("1795322914.526807");
        }
    }

    private static RawClient inSession(int port) throws IOException {
        RawClient client = RawClient.greeted(port);
        assertThat(client.ask(NEW)).isEqualTo(StandInDirector.OPENED);
        return client;
    }

    private static String busyWith(RawClient holder) {
        return "Error: busy, serving 127\\.0\\.0\\.1:" + holder.socket().getLocalPort()
                + " since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
    }

    @Test
    void whoHasNoSessionKeepsNobodyOut() throws Exception {
        int port = start(options -> options);
        try (RawClient stranger = RawClient.greeted(port);
                RawClient first = inSession(port)) {
            assertThat(stranger.ask("time")).isEqualTo("1795322914.526807");
            assertThat(stranger.ask("session,*,start,ranging")).isEqualTo("OK"); // the handler's to refuse

            assertThat(stranger.ask(NEW)).matches(busyWith(first));
            assertThat(stranger.line()).isNull();
            assertThat(first.ask("session,*,done")).isEqualTo("OK");
        }
    }

    @Test
    void thePlaceIsFreeOnceTheSessionIsDoneThoughItsClientStays() throws Exception {
        int port = start(options -> options);
        try (RawClient first = inSession(port)) {
            assertThat(first.ask("session,*,done")).isEqualTo("OK");
            try (RawClient second = inSession(port)) {
                assertThat(first.ask(NEW)).matches(busyWith(second));
            }
        }
    }

    @Test
    void aSessionThatCouldNotBeOpenedTakesNoPlace() throws Exception {
        StandInDirector refusing = new StandInDirector();
        servers.add(ControlServer.start(
                ServerOptions.on(Endpoint.plain(new HostPort("127.0.0.1", 0))), new ControlHandler() {
                    @Override
                    public boolean needsPlace(ControlRequest request) {
                        return request instanceof ControlRequest.New;
                    }

                    @Override
                    public ControlAnswer handle(ControlClient client, ReceivedRequest request) {
                        refusing.asked.add(request.line());
                        return Replies.INVALID_LABEL;
                    }
                }));
        try (RawClient first = RawClient.greeted(server().port());
                RawClient second = RawClient.greeted(server().port())) {
            assertThat(first.ask(NEW)).isEqualTo(Replies.INVALID_LABEL.line());
            assertThat(second.ask(NEW)).isEqualTo(Replies.INVALID_LABEL.line());
            assertThat(server().current()).isEmpty();
        }
    }

    @Test
    void secondClientWaitsForItsTurnWhereThatIsConfigured() throws Exception {
        int port = start(options -> options.withBusy(BusyPolicy.QUEUE));
        try (RawClient second = new RawClient(port)) {
            try (RawClient first = inSession(port)) {
                second.send("mlcommons/power client v3\r\ntime\r\n");
                assertThat(first.ask("time")).isEqualTo("1795322914.526807");
                assertThat(second.socket().getInputStream().available()).isZero();
            }
            assertThat(second.line()).isEqualTo("mlcommons/power server v3");
            assertThat(second.line()).isEqualTo("1795322914.526807");
        }
    }

    @Test
    void sessionsOfClientsThatWaitAreOpenedInTheOrderInWhichTheyAsked() throws Exception {
        int port = start(options -> options.withBusy(BusyPolicy.QUEUE));
        try (RawClient second = RawClient.greeted(port);
                RawClient third = RawClient.greeted(port)) {
            try (RawClient first = inSession(port)) {
                second.send(NEW + "\r\n");
                await().until(() -> working(second)); // which only the line before it tells from outside
                third.send(NEW + "\r\n");
                assertThat(first.ask("time")).isEqualTo("1795322914.526807");
                assertThat(second.socket().getInputStream().available()).isZero();
            }
            assertThat(second.line()).isEqualTo(StandInDirector.OPENED);
            assertThat(third.socket().getInputStream().available()).isZero();
            assertThat(second.ask("session,*,done")).isEqualTo("OK");
            assertThat(third.line()).isEqualTo(StandInDirector.OPENED);
        }
    }

    /** Whether the server has taken the request of a client that gets no answer yet: it waits in a thread for the place. */
    private static boolean working(RawClient client) {
        return client.socket().isConnected()
                && Thread.getAllStackTraces().values().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(frame -> frame.getClassName().endsWith(".Place")
                                && frame.getMethodName().equals("take"));
    }

    @Test
    void nextClientIsNotSentAwayWhileTheLastOneIsBeingEnded() throws Exception {
        CountDownLatch restored = new CountDownLatch(1);
        StandInDirector slow = startEndingSlowly(restored);
        inSession(server().port()).close();
        await().until(() -> slow.lost.size() == 1);
        try (RawClient next = new RawClient(server().port())) {
            next.send("mlcommons/power client v3\r\n");
            await().during(400, MILLISECONDS) // of the clock that stands still nothing passes
                    .until(() -> next.socket().getInputStream().available() == 0);
            restored.countDown();
            assertThat(next.line()).isEqualTo("mlcommons/power server v3");
        }
    }

    @Test
    void nextClientIsToldThatTheDirectorIsBusyIfTheLastOnesEndTakesLong() throws Exception {
        CountDownLatch restored = new CountDownLatch(1);
        StandInDirector slow = startEndingSlowly(restored);
        String busy = "Error: busy, closing the session of 127.0.0.1:";
        try (RawClient greeted = RawClient.greeted(server().port());
                RawClient next = new RawClient(server().port())) {
            greeted.socket().setSoTimeout(TestDeadlines.millis(60));
            next.socket().setSoTimeout(TestDeadlines.millis(60));
            inSession(server().port()).close();
            await().until(() -> slow.lost.size() == 1);
            next.send("mlcommons/power client v3\r\n");
            greeted.send(NEW + "\r\n");
            await().until(() -> {
                time.advance(SHORT);
                return greeted.socket().getInputStream().available() > 0
                        && next.socket().getInputStream().available() > 0;
            });
            assertThat(greeted.line()).startsWith(busy);
            assertThat(next.line()).startsWith(busy);
            assertThat(next.line()).isNull();
        } finally {
            restored.countDown();
        }
        await().until(() -> server().current().isEmpty());
        inSession(server().port()).close();
    }

    private StandInDirector startEndingSlowly(CountDownLatch restored) {
        StandInDirector slow = new StandInDirector() {
            @Override
            public void disconnected(ControlClient client, LostCause cause) {
                if (holdsPlace(client)) {
                    awaitLatch(restored);
                }
            }
        };
        servers.add(ControlServer.start(
                ServerOptions.on(Endpoint.plain(new HostPort("127.0.0.1", 0))).withTime(time), slow));
        return slow;
    }

    @Test
    void strangersWithoutNumberKeepNobodyOut() throws Exception {
        int port = start(options -> options);
        List<RawClient> strangers = new ArrayList<>();
        try (RawClient holder = inSession(port)) {
            for (int i = 0; i < 3 * ClientAdmission.MAX_CONNECTIONS; i++) {
                strangers.add(new RawClient(port));
            }
            assertThat(strangers.get(0).line()).isNull(); // the oldest of those that have not greeted made room
            assertThat(holder.ask("session,*,done")).isEqualTo("OK");
            RawClient next = inSession(port);
            strangers.add(next);
            assertThat(next.ask("time")).isEqualTo("1795322914.526807");
        } finally {
            for (RawClient stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void whoTricklesALineIsHungUpOnAsIfItSaidNothing() throws Exception {
        int port = start(options -> options.withHello(SHORT.multipliedBy(2)).withTime(time));
        try (RawClient slow = new RawClient(port)) {
            RawClient.greeted(port).close(); // connections are taken in their order
            slow.socket().setSoTimeout(10);
            time.advance(SHORT);
            for (int i = 0; i < 20; i++) {
                slow.send("m");
                requireStillOpen(slow.socket());
            }
            time.advance(SHORT);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 4000; i++) {
                            slow.send("m");
                            requireStillOpen(slow.socket());
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(director.connected).hasSize(1);
    }

    /** Waits for the end of the connection, as long as the socket's timeout, and fails if it comes. */
    private static void requireStillOpen(Socket socket) throws IOException {
        try {
            if (socket.getInputStream().read() < 0) {
                throw new EOFException("hung up");
            }
        } catch (SocketTimeoutException e) {
            // nothing came: it is still open
        }
    }

    @Test
    void whoAsksWithoutEndAndOpensNoSessionIsHungUpOn() throws Exception {
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            String line = "x".repeat(4000);
            int asked = 0;
            client.send(line + "\r\n");
            while (client.line() != null) {
                asked++;
                client.send(line + "\r\n");
            }
            assertThat(asked).isBetween(100, 140); // half a MiB of lines of 4 KB
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(TestDeadlines.millis(60), MILLISECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void silentStrangerIsHungUpOnAndBlocksNobody() throws Exception {
        int port = start(options -> options.withHello(SHORT).withTime(time));
        try (RawClient silent = new RawClient(port);
                RawClient client = RawClient.greeted(port)) {
            assertThat(client.ask("time")).isEqualTo("1795322914.526807");
            time.advance(SHORT);
            assertThat(silent.line()).isNull();
            assertThat(client.ask("time")).isEqualTo("1795322914.526807");
        }
    }

    @Test
    void idleClientIsHungUpOn() throws Exception {
        try (RawClient client =
                RawClient.greeted(start(options -> options.withIdle(SHORT).withTime(time)))) {
            assertThat(client.ask("time")).isEqualTo("1795322914.526807");
            passUntilOneIsLost();
            assertThat(client.line()).isNull();
        }
        assertThat(TestDeadlines.next(director.disconnected, 5).reason()).isEqualTo(Reason.IDLE);
    }

    /** A deadline that was set just now has all of its time before it, so that time has to pass again. */
    private void passUntilOneIsLost() {
        await().until(() -> {
            time.advance(SHORT);
            return !director.lost.isEmpty();
        });
    }

    @Test
    void silenceIsRightWhileAPhaseRunsOrARequestIsWorkedOn() throws Exception {
        director.answering((client, received) -> {
            if (received.request() instanceof StartPhase) {
                client.idleDeadline(false);
                time.advance(SHORT.multipliedBy(2));
                await().during(SHORT.multipliedBy(2))
                        .until(() -> client.lostCause().isEmpty());
            } else if (received.line().endsWith("stop,ranging")) {
                client.idleDeadline(true);
            }
            return null;
        });
        try (RawClient client =
                RawClient.greeted(start(options -> options.withIdle(SHORT).withTime(time)))) {
            assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");
            time.advance(SHORT.multipliedBy(2));
            await().during(SHORT.multipliedBy(2))
                    .until(() -> client.socket().getInputStream().available() == 0);
            assertThat(client.ask("session,*,stop,ranging")).isEqualTo("OK");
            passUntilOneIsLost();
            assertThat(client.line()).isNull();
        }
        assertThat(TestDeadlines.next(director.lost, 5).reason()).isEqualTo(Reason.IDLE);
    }

    @Test
    void endlessLineIsCutOff() throws Exception {
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            client.send("x".repeat(4096));
            assertThat(client.line()).isEqualTo("Error: line too long");
            assertThat(client.line()).isNull();
        }
        assertThat(TestDeadlines.next(director.disconnected, 5).reason()).isEqualTo(Reason.VIOLATION);
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
            assertThat(TestDeadlines.next(director.lost, 5).reason()).isEqualTo(Reason.VIOLATION);
            go.countDown();
        }
        assertThat(TestDeadlines.next(director.disconnected, 5).reason()).isEqualTo(Reason.VIOLATION);
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
        assertThat(TestDeadlines.next(director.lost, 1).reason()).isEqualTo(Reason.CLOSED_BY_CLIENT);
        assertThat(TestDeadlines.next(director.disconnected, 1).reason()).isEqualTo(Reason.CLOSED_BY_CLIENT);
    }

    @Test
    void resetIsALossByTheNetwork() throws Exception {
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            client.socket().setSoLinger(true, 0);
        }
        assertThat(TestDeadlines.next(director.lost, 5).reason()).isEqualTo(Reason.NETWORK);
    }

    @Test
    void failureOfTheHandlerIsAnException() throws Exception {
        director.answering((client, received) -> {
            throw new IllegalStateException("no analyzer");
        });
        try (RawClient client = RawClient.greeted(start(options -> options))) {
            assertThat(client.ask("time")).isEqualTo("Error: exception");
            ControlClient served = TestDeadlines.next(director.connected, 5);
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
            assertThat(TestDeadlines.next(director.connected, 5).messages())
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
    void closeWaitsForTheEndOfASessionWhoseClientIsGoneAlready() throws Exception {
        CountDownLatch restored = new CountDownLatch(1);
        StandInDirector slow = new StandInDirector() {
            @Override
            public void disconnected(ControlClient client, LostCause cause) {
                awaitLatch(restored);
                super.disconnected(client, cause);
            }
        };
        servers.add(ControlServer.start(ServerOptions.on(Endpoint.plain(new HostPort("127.0.0.1", 0))), slow));
        inSession(server().port()).close();
        await().until(() -> slow.lost.size() == 1);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server()::close);
        await().during(SHORT).until(() -> !closing.isDone());
        restored.countDown();
        TestDeadlines.resultOf(closing, 5);
        assertThat(slow.disconnected).hasSize(1);
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
