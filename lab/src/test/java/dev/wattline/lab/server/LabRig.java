package dev.wattline.lab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.director.LabDoor;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.live.LiveFeed;
import dev.wattline.lab.queue.QueueJournal;
import dev.wattline.model.SessionId;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlAnswer;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.Replies;
import dev.wattline.protocol.client.ClientOptions;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.protocol.client.LabConnection;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabProtocol.Role;
import dev.wattline.protocol.lab.json.LabJson;
import dev.wattline.protocol.server.ControlClient;
import dev.wattline.protocol.server.ControlHandler;
import dev.wattline.protocol.server.ControlServer;
import dev.wattline.protocol.server.Endpoint;
import dev.wattline.protocol.server.LostCause;
import dev.wattline.protocol.server.ReceivedRequest;
import dev.wattline.protocol.server.ServerOptions;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The lab behind a real server, with sessions that measure nothing, and agents that a test plays. */
final class LabRig implements AutoCloseable {
    static final Duration PATIENCE = TestDeadlines.seconds(20);

    final List<String> cancelled = new CopyOnWriteArrayList<>();
    final LiveFeed live = new LiveFeed();
    private final LabService lab;
    private final ControlServer server;

    /**
     * Machines whose agents were here before can have jobs although they are away: rig, other and away.
     *
     * @param section what stands in {@code [lab]}
     */
    LabRig(Path folder, String section) throws IOException {
        this(folder, section, TimeSource.system(), QueueJournal.Disk::usual);
    }

    /**
     * The same with a clock and a disk of its own.
     *
     * @param clock the lab's
     */
    LabRig(Path folder, String section, TimeSource clock, QueueJournal.Disk disk) throws IOException {
        Path suts = Files.createDirectories(folder.resolve("results/lab/suts"));
        for (String sut : List.of("rig", "other", "away")) {
            Files.writeString(suts.resolve(sut + ".json"), LabJson.line(hello(sut)) + "\n");
        }
        Path file = Files.writeString(folder.resolve("director.conf"), """
                [server]
                ntpServer: 127.0.0.1
                listen: 127.0.0.1 0
                [ptd]
                ptd: ptd
                [analyzer1]
                deviceType: 49
                interfaceFlag:
                devicePort: /dev/usbtmc0
                [wattline]
                resultsDir: results
                [lab]
                %s
                """.formatted(section));
        DirectorConfig config = DirectorConfig.load(file, true, Map.of()).config();
        LabDoor.Surroundings director = new LabDoor.Surroundings(config, clock, live, (session, cause) -> {
            cancelled.add(session + " " + cause);
            return true;
        });
        lab = LabService.open(director, disk);
        server = ControlServer.start(
                ServerOptions.on(Endpoint.plain(new HostPort("127.0.0.1", 0))).withSide(lab), new Sessions());
    }

    /** One session at a time, which its client opens and ends. */
    private final class Sessions implements ControlHandler {
        private volatile @Nullable ControlClient holder;

        @Override
        public boolean needsPlace(ControlRequest request) {
            return request instanceof ControlRequest.New;
        }

        @Override
        public boolean holdsPlace(ControlClient client) {
            return holder == client;
        }

        @Override
        public ControlAnswer handle(ControlClient client, ReceivedRequest request) {
            if (request.request() instanceof ControlRequest.New opening) {
                holder = client;
                SessionId id = SessionId.of(LocalDateTime.of(2026, 11, 30, 1, 2, 3), opening.label());
                live.began(
                        id.value(),
                        client.address().toString(),
                        TimeSource.system().now());
                return ControlReply.opened(id, UUID.randomUUID());
            }
            return Replies.OK;
        }

        @Override
        public void disconnected(ControlClient client, LostCause cause) {
            if (holder == client) {
                holder = null;
                live.ended("done", null, TimeSource.system().now());
            }
        }
    }

    int port() {
        return server.port();
    }

    private HostPort address() {
        return new HostPort("127.0.0.1", server.port());
    }

    LabConnection console(String... token) {
        return connect(Role.CONSOLE, token);
    }

    LabConnection connect(Role role, String... token) {
        Optional<LabConnection.NamedToken> named =
                token.length == 0 ? Optional.empty() : Optional.of(LabConnection.NamedToken.parse(token[0]));
        return LabConnection.open(address(), Optional.empty(), role, named, PATIENCE);
    }

    /** A runner with a ticket, or a free one. */
    ControlConnection runner(String... ticket) {
        ClientOptions options = ClientOptions.defaults();
        return ControlConnection.open(address(), ticket.length == 0 ? options : options.withTicket(ticket[0]));
    }

    /** An agent that has said hello; no workload has parameters. */
    LabConnection agent(String sut) {
        LabConnection agent = connect(Role.AGENT);
        ask(agent, hello(sut));
        return agent;
    }

    static LabMessage hello(String sut) {
        return LabMessage.request("hello")
                .with("sut", sut)
                .with("workloads", List.of(LabMessage.empty().with("name", "bert")))
                .with("settings", List.of())
                .with(
                        "actions",
                        List.of(
                                LabMessage.empty().with("name", "reboot").with("returns-seconds", 1800),
                                LabMessage.empty().with("name", "fans")));
    }

    static LabMessage ask(LabConnection connection, LabMessage request) {
        return connection.ask(request, PATIENCE);
    }

    static void ready(LabConnection agent) {
        ask(agent, LabMessage.request("ready").with("ready", true));
    }

    /** The next request of the director to an agent; others are answered. */
    static LabMessage next(LabConnection agent, String what) {
        while (true) {
            LabMessage message = agent.receive(PATIENCE).orElseThrow();
            if (message.has("do")) {
                agent.send(LabMessage.empty()
                        .with("re", message.whole("id", 0, Long.MAX_VALUE))
                        .with("ok", true));
                if (message.text("do").equals(what)) {
                    return message;
                }
            }
        }
    }

    /** Queues a job while its agent is not ready to be asked. */
    static String queue(LabConnection console, String sut, String kind) {
        return queue(console, sut, "bert", kind);
    }

    static String queue(LabConnection console, String sut, String workload, String kind) {
        return ask(
                        console,
                        LabMessage.request("start")
                                .with("sut", sut)
                                .with("workload", workload)
                                .with("kind", kind))
                .text("job");
    }

    static LabMessage job(LabConnection console, String id) {
        return ask(console, LabMessage.request("logs").with("job", id));
    }

    static LabMessage handedOver(String job, int attempt) {
        return LabMessage.request("handed-over").with("job", job).with("attempt", attempt);
    }

    static void awaitState(LabConnection console, String job, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(job(console, job).text("state")).isEqualTo(state));
    }

    static LabMessage outcome(String job, int attempt, String status) {
        return LabMessage.request("outcome")
                .with("job", job)
                .with("attempt", attempt)
                .with("status", status);
    }

    @Override
    public void close() {
        server.close();
        lab.close();
    }
}
