package dev.wattline.ptd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.wattline.model.TimeSource;
import dev.wattline.testing.TestDeadlines;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PtdClientIT {
    private static final Duration WITHIN = TestDeadlines.seconds(10);
    private static final Map<String, String> REPLIES = Map.of(
            "Hello", "Hello, PTDaemon here!\r\n",
            "RR", "Ranges,0,0.500000,1,300.000000\r\n",
            "RL,*,*", "Invalid number of parameters\r\n",
            "RL", "Last 2 samples\r\nrow 1\r\nrow 2\r\n");

    private final PtdConnector connector = PtdConnector.create(PtdOptions.DEFAULT);

    @AfterEach
    void closeConnector() {
        connector.close();
    }

    @Test
    void commandsAndRepliesPassOverASocket() throws Exception {
        try (ScriptedPtd ptd = new ScriptedPtd(REPLIES);
                PtdClient client = connect(ptd.endpoint())) {
            assertThat(client.execute(new PtdCommand.Hello())).isEqualTo("Hello, PTDaemon here!");
            assertThat(client.execute(new PtdCommand.ReadRanges()).voltsAuto()).isEqualTo("1");
            assertThat(client.readUnreadSamples().rows()).containsExactly("row 1", "row 2");
            assertThat(ptd.commands()).containsExactly("Hello", "RR", "RL,*,*", "RL");
        }
    }

    @Test
    void aCommandForSeveralIsOutToAllBeforeAnyListenerHearsOfIt() throws Exception {
        try (ScriptedPtd first = new ScriptedPtd(REPLIES);
                ScriptedPtd second = new ScriptedPtd(REPLIES)) {
            PtdListener slow = new PtdListener() {
                @Override
                public void sending(PtdEndpoint endpoint, String command) {
                    await().until(() -> second.commands().contains("RR")); // this holds up the event loop
                }
            };
            PtdConnection one = TestDeadlines.resultOf(connector.connect(first.endpoint(), WITHIN, slow), 10);
            PtdConnection two =
                    TestDeadlines.resultOf(connector.connect(second.endpoint(), WITHIN, PtdListener.NONE), 10);

            var replies = PtdConnection.executeTogether(List.of(one, two), new PtdCommand.ReadRanges());

            for (var reply : replies) {
                assertThat(TestDeadlines.resultOf(reply, 10).voltsAuto()).isEqualTo("1");
            }
            assertThat(first.commands()).containsExactly("RR");
        }
    }

    @Test
    void refusedPortIsTriedAgainUntilPtdListens() throws Exception {
        PtdEndpoint later = ScriptedPtd.nobody();
        CompletableFuture<PtdConnection> connecting = connector.connect(later, WITHIN, PtdListener.NONE);
        assertThat(connecting).isNotDone();
        try (ScriptedPtd ptd = new ScriptedPtd(REPLIES, later.port())) {
            PtdConnection connection = TestDeadlines.resultOf(connecting, 10);
            assertThat(TestDeadlines.resultOf(connection.execute(new PtdCommand.Hello()), 5))
                    .isEqualTo("Hello, PTDaemon here!");
            assertThat(ptd.commands()).containsExactly("Hello");
        }
    }

    @Test
    void whenNobodyListensTheDeadlineEndsTheAttempts() {
        PtdEndpoint nobody = ScriptedPtd.nobody();
        PtdConnectionException failure = catchThrowableOfType(
                PtdConnectionException.class,
                () -> PtdClient.connect(connector, nobody, Duration.ofMillis(350), PtdListener.NONE));
        assertThat(failure)
                .hasMessageContaining("127.0.0.1:" + nobody.port())
                .hasMessageContaining("tried for 350 ms")
                .hasMessageContaining("refused");
        assertThat(failure.remedy()).isPresent();
    }

    @Test
    void anUnknownHostIsNotTriedAgain() {
        assertThatExceptionOfType(PtdConnectionException.class)
                .isThrownBy(() -> PtdClient.connect(
                        connector,
                        new PtdEndpoint("no-such-host.invalid", 8888),
                        Duration.ofMinutes(5),
                        PtdListener.NONE));
    }

    @Test
    void cancellingEndsTheAttempts() throws Exception {
        PtdEndpoint later = ScriptedPtd.nobody();
        CompletableFuture<PtdConnection> connecting = connector.connect(later, WITHIN, PtdListener.NONE);
        connecting.cancel(false);
        try (ScriptedPtd ptd = new ScriptedPtd(REPLIES, later.port());
                PtdClient second = connect(later)) {
            // One client is served at a time: the second would wait in vain if the first had connected and stayed.
            assertThat(second.execute(new PtdCommand.Hello())).isEqualTo("Hello, PTDaemon here!");
            assertThat(ptd.commands()).hasSize(1);
        }
    }

    @Test
    void lossIsNoticedWhileIdleBeforeAnotherConnectionHasExchangedTwoCommands() throws Exception {
        try (ScriptedPtd ptd = new ScriptedPtd(REPLIES);
                ScriptedPtd another = new ScriptedPtd(REPLIES);
                PtdClient client = connect(ptd.endpoint());
                PtdClient busy = connect(another.endpoint())) {
            client.execute(new PtdCommand.Hello());
            ptd.dropClient();
            // One thread serves both: what it reads with the first reply or earlier it has handled by the second.
            busy.execute(new PtdCommand.Hello());
            busy.execute(new PtdCommand.Hello());
            assertThat(client.connection().closed())
                    .isCompletedWithValueMatching(closure -> closure.source() == PtdClosure.Source.PEER);
            assertThatExceptionOfType(PtdConnectionException.class)
                    .isThrownBy(() -> client.execute(new PtdCommand.Hello()))
                    .withMessageContaining("was not sent");
        }
    }

    @Test
    void lossFailsTheCommandInFlightLongBeforeItsDeadline() throws Exception {
        try (ScriptedPtd ptd = new ScriptedPtd(REPLIES);
                PtdClient client = connect(ptd.endpoint())) {
            CompletableFuture<String> stop = client.connection().execute(new PtdCommand.Stop(), Duration.ofMinutes(10));
            await().until(() -> ptd.commands().contains("Stop"));
            ptd.dropClient();
            await().atMost(TestDeadlines.seconds(5)).until(stop::isCompletedExceptionally);
        }
    }

    @Test
    void aSilentPtdEndsInATimeoutAndAClosedConnection() throws Exception {
        try (ScriptedPtd ptd = new ScriptedPtd(Map.of());
                PtdClient client = connect(ptd.endpoint())) {
            assertThatExceptionOfType(PtdTimeoutException.class)
                    .isThrownBy(() -> client.execute(new PtdCommand.Hello(), Duration.ofMillis(100)))
                    .withMessageContaining("within 100 ms");
            await().until(() -> !client.connection().isOpen());
        }
    }

    @Test
    void waitingIsInterruptible() throws Exception {
        try (ScriptedPtd ptd = new ScriptedPtd(Map.of());
                PtdClient client = connect(ptd.endpoint())) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread waiting = new Thread(() -> {
                try {
                    client.execute(new PtdCommand.Hello());
                } catch (InterruptedException e) {
                    thrown.set(e);
                }
            });
            waiting.start();
            await().until(() -> ptd.commands().contains("Hello"));
            waiting.interrupt();
            waiting.join();
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            assertThat(client.connection().isOpen()).isTrue();
        }
    }

    @Test
    void oneLoopServesManyConnections() throws Exception {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (ScriptedPtd first = new ScriptedPtd(REPLIES);
                ScriptedPtd second = new ScriptedPtd(REPLIES);
                PtdConnector shared = PtdConnector.on(loop, PtdOptions.DEFAULT, TimeSource.system());
                PtdClient one = PtdClient.connect(shared, first.endpoint(), WITHIN, PtdListener.NONE);
                PtdClient other = PtdClient.connect(shared, second.endpoint(), WITHIN, PtdListener.NONE)) {
            assertThat(one.execute(new PtdCommand.Hello())).isEqualTo(other.execute(new PtdCommand.Hello()));
        }
        assertThat(loop.isShuttingDown()).isFalse();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    @Test
    void closingTheConnectorClosesItsConnections() throws Exception {
        try (ScriptedPtd ptd = new ScriptedPtd(REPLIES)) {
            PtdClient client = connect(ptd.endpoint());
            connector.close();
            assertThat(TestDeadlines.resultOf(client.connection().closed(), 5)).isEqualTo(PtdClosure.local());
            assertThatExceptionOfType(PtdConnectionException.class)
                    .isThrownBy(() -> connect(ptd.endpoint()))
                    .withMessageContaining("the connector was closed");
        }
    }

    @Test
    void closingTheConnectorEndsTheAttempts() {
        CompletableFuture<PtdConnection> connecting = connector.connect(ScriptedPtd.nobody(), WITHIN, PtdListener.NONE);
        connector.close();
        assertThat(connecting)
                .failsWithin(TestDeadlines.seconds(1))
                .withThrowableThat()
                .withCauseInstanceOf(PtdConnectionException.class);
    }

    @Test
    void aHundredThousandRowsArriveVerbatim() throws IOException, InterruptedException {
        int count = 100_000;
        String row = "Time,07-23-2024 13:28:10.096,Watts,%d.000000,Volts,118.600000,Amps,1.623000,PF,0.869000";
        String reply = IntStream.range(0, count)
                .mapToObj(i -> row.formatted(i) + "\r\n")
                .collect(Collectors.joining("", "Last " + count + " samples\r\n", ""));
        try (ScriptedPtd ptd = new ScriptedPtd(Map.of("RL", reply));
                PtdClient client = connect(ptd.endpoint())) {
            SampleRows rows = client.execute(new MeasurementQuery.ReadLast(), TestDeadlines.seconds(20));
            assertThat(rows.size()).isEqualTo(count);
            for (int i = 0; i < count; i++) {
                assertThat(rows.row(i)).isEqualTo(row.formatted(i));
            }
            assertThat(rows.sample(count - 1).reading().watts()).isEqualTo(count - 1);
        }
    }

    private PtdClient connect(PtdEndpoint endpoint) throws InterruptedException {
        return PtdClient.connect(connector, endpoint, WITHIN, PtdListener.NONE);
    }
}
