package dev.wattline.protocol.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.ControlRequest.Time;
import dev.wattline.protocol.DirectorLimits;
import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.RawClient;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.SendFile;
import dev.wattline.protocol.StandInDirector;
import dev.wattline.protocol.client.ClientOptions;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.protocol.client.ExchangeListener;
import dev.wattline.protocol.client.PeerSignal;
import dev.wattline.protocol.live.PushedLine.Event;
import dev.wattline.protocol.live.PushedLine.LiveValues;
import dev.wattline.protocol.live.PushedLine.Progress;
import dev.wattline.protocol.server.ControlClient;
import dev.wattline.protocol.server.ControlServer;
import dev.wattline.protocol.server.Endpoint;
import dev.wattline.protocol.server.ServerOptions;
import dev.wattline.testing.TestDeadlines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Wattline peers say beyond v3, and that nobody else hears it. */
class OptInTest {
    private static final Event LOST =
            new Event(EventSeverity.FATAL, Instant.parse("2026-11-22T04:48:46Z"), "ptd-lost", "PTDaemon ended");
    private static final LiveValues LIVE =
            new LiveValues(Instant.parse("2026-11-22T04:48:46Z"), Phase.RANGING, 199.96, 12);

    @TempDir
    Path folder;

    private final StandInDirector director = new StandInDirector();
    private final BlockingQueue<PushedLine> pushed = new LinkedBlockingQueue<>();
    private final List<ControlServer> servers = new ArrayList<>();

    private HostPort start(UnaryOperator<ServerOptions> change) {
        servers.add(ControlServer.start(
                change.apply(ServerOptions.on(Endpoint.plain(new HostPort("127.0.0.1", 0)))), director));
        return server().addresses().get(0);
    }

    private ControlConnection open(HostPort address) {
        return ControlConnection.open(address, ClientOptions.defaults().withListener(new ExchangeListener() {
            @Override
            public void pushed(PushedLine line) {
                pushed.add(line);
            }
        }));
    }

    private ControlServer server() {
        return servers.get(servers.size() - 1);
    }

    @AfterEach
    void close() {
        servers.forEach(ControlServer::close);
    }

    @Test
    void whatWasAgreedIsPushedAndNothingElse() throws Exception {
        try (ControlConnection connection = open(start(options -> options))) {
            ControlClient client = TestDeadlines.next(director.connected, 5);
            assertThat(client.push(LOST)).isFalse();
            Optional<Agreement> agreement =
                    connection.offerExtension(Set.of(Feature.EVENTS, Feature.PROGRESS), Optional.empty());
            assertThat(agreement)
                    .hasValueSatisfying(agreed ->
                            assertThat(agreed.features()).containsExactlyInAnyOrder(Feature.EVENTS, Feature.PROGRESS));
            CompletableFuture<PeerSignal> end = CompletableFuture.supplyAsync(connection::awaitPeer);

            assertThat(client.push(LIVE)).isFalse();
            assertThat(client.push(LOST)).isTrue();
            assertThat(TestDeadlines.next(pushed, 5)).isEqualTo(LOST);
            assertThat(connection.exchange(new Time()).line()).isEqualTo("1795322914.526807");
            assertThat(pushed).isEmpty();
            assertThat(end).isNotDone();
        }
    }

    @Test
    void bothSidesRecordTheOptInAlikeAndNoPushedLine() throws Exception {
        director.answering((client, received) -> {
            client.progress("working", Duration.ofSeconds(2));
            return null;
        });
        try (ControlConnection connection = open(start(options -> options))) {
            connection.offerExtension(Set.of(Feature.PROGRESS), Optional.empty());
            connection.exchange(new Time());

            // A director that stands still here for seconds also reports by itself.
            assertThat(pushed).last().isInstanceOfSatisfying(Progress.class, progress -> {
                assertThat(progress.step()).isEqualTo("working");
                assertThat(progress.expected()).isEqualTo(Duration.ofSeconds(2));
            });
            List<String> ours = lines(connection.messages());
            assertThat(lines(TestDeadlines.next(director.connected, 5).messages()))
                    .isEqualTo(ours);
            assertThat(ours)
                    .containsExactly(
                            "mlcommons/power client v3 -> mlcommons/power server v3",
                            "wattline,1,progress -> OK wattline,1,progress",
                            "time -> 1795322914.526807");
        }
    }

    private static List<String> lines(List<ExchangedMessage> messages) {
        return messages.stream().map(m -> m.cmd() + " -> " + m.reply()).toList();
    }

    @Test
    void longRequestIsReportedEveryThreeSeconds() throws Exception {
        ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);
        CompletableFuture<Void> twice = new CompletableFuture<>();
        director.answering((client, received) -> {
            time.advance(Duration.ofSeconds(5));
            twice.join();
            return null;
        });
        BlockingQueue<PushedLine> heard = new LinkedBlockingQueue<>();
        ExchangeListener listener = new ExchangeListener() {
            @Override
            public void pushed(PushedLine line) {
                heard.add(line);
                if (heard.size() == 2) {
                    twice.complete(null);
                }
            }
        };
        try (ControlConnection connection = ControlConnection.open(
                start(options -> options.withTime(time)),
                ClientOptions.defaults().withListener(listener))) {
            long agreeing = TimeSource.system().nanoTime();
            connection.offerExtension(Set.of(Feature.PROGRESS), Optional.empty());
            connection.start("*", Phase.RANGING, Optional.empty());
            // A busy machine reports later and may be late at the end too, but never early.
            assertThat(Duration.ofNanos(TimeSource.system().nanoTime() - agreeing))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(6));
            assertThat(heard)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(line -> assertThat(line)
                            .isInstanceOfSatisfying(
                                    Progress.class,
                                    report -> assertThat(report.elapsed()).isEqualTo(Duration.ofSeconds(5))));
        }
        assertThat(DirectorLimits.PROGRESS_INTERVAL).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void pythonClientHearsNothingButReplies() throws Exception {
        director.answering((client, received) -> {
            client.push(LOST);
            client.progress("working", Duration.ZERO);
            return null;
        });
        try (RawClient client = RawClient.greeted(start(options -> options).port())) {
            assertThat(client.ask("time")).isEqualTo("1795322914.526807");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
        }
    }

    @Test
    void eventsWaitForTheEndOfADownload() throws Exception {
        byte[] content = new byte[8 * 1024 * 1024];
        Path file = Files.write(folder.resolve("spl.txt"), content);
        director.answering((client, received) -> received.line().startsWith("download") ? new SendFile(file) : null);
        try (RawClient client = RawClient.greeted(start(options -> options).port())) {
            assertThat(client.ask("wattline,1,events,live")).isEqualTo("OK wattline,1,live,events");
            client.send("download,s,f\r\n");
            assertThat(client.line()).isEqualTo("1048576");
            ControlClient served = TestDeadlines.next(director.connected, 5);
            assertThat(served.push(LIVE)).isFalse();
            assertThat(served.push(LOST)).isTrue();
            for (int chunk = 0; chunk < 8; chunk++) {
                assertThat(client.bytes(1024 * 1024)).hasSize(1024 * 1024).containsOnly(0);
                assertThat(client.line()).isEqualTo(chunk < 7 ? "1048576" : "0");
            }
            assertThat(client.line()).isEqualTo(LOST.line());
        }
    }

    @Test
    void tokenIsAskedForBeforeAnythingElse() throws Exception {
        HostPort address = start(options -> options.withToken("secret"));
        try (RawClient client = RawClient.greeted(address.port())) {
            assertThat(client.ask("time")).isEqualTo("Error: token required");
            assertThat(client.ask("wattline-proof,00")).isEqualTo("Error");
        }
        try (ControlConnection connection = open(address)) {
            assertThatThrownBy(() -> connection.offerExtension(Set.of(), Optional.empty()))
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageContaining("serves only clients that know its token");
        }
        try (ControlConnection connection = open(address)) {
            assertThatThrownBy(() -> connection.offerExtension(Set.of(), Optional.of("wrong")))
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageContaining("Error: wrong token");
            assertThatThrownBy(() -> connection.exchange(new Time())).isInstanceOf(ControlConnectionException.class);
        }
        try (ControlConnection connection = open(address)) {
            assertThat(connection.offerExtension(Set.of(Feature.EVENTS), Optional.of("secret")))
                    .isPresent();
            assertThat(connection.exchange(new Time()).line()).isEqualTo("1795322914.526807");
            assertThat(connection.messages()).noneMatch(m -> m.cmd().contains("secret"));
        }
        assertThat(director.asked).containsExactly("time");
    }
}
