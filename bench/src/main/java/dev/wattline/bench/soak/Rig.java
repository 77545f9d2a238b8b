package dev.wattline.bench.soak;

import dev.wattline.director.Director;
import dev.wattline.director.DirectorClock;
import dev.wattline.director.DirectorEnvironment;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.journal.JournaledSession;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.client.ClientOptions;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.protocol.client.Deadlines;
import dev.wattline.protocol.time.NtpMeasurement;
import dev.wattline.sut.clock.NtpProbe;
import dev.wattline.sut.director.DirectorTarget;
import dev.wattline.sut.output.RunConsole;
import dev.wattline.sut.session.RunEnvironment;
import dev.wattline.sut.session.RunIdentity;
import dev.wattline.sut.session.RunRecord;
import dev.wattline.sut.session.RunRequest;
import dev.wattline.sut.session.Runner;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A director over an embedded mock, and runners for it, all in this JVM. For one thread. */
final class Rig implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(30);
    private static final HostPort NTP = new HostPort("127.0.0.1", 123); // nobody asks it
    private static final NtpProbe IN_SYNC = server -> new NtpMeasurement(server, 0, 0.1, 2, true, 1);
    private static final DirectorClock NO_CLOCK = new DirectorClock() {
        @Override
        public void check() {}

        @Override
        public ControlReply set() {
            return ControlReply.error("the clock of this rig is left alone");
        }
    };

    private final Path folder;
    private final Path state;
    private final EmbeddedPtd ptd;
    private final DirectorConfig config;
    private final Director director;
    private final String initialState;

    private Rig(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.state = folder.resolve("instrument");
        this.ptd = new EmbeddedPtd(state);
        this.config = DirectorConfig.load(configuration(), true, Map.of()).config();
        this.director = Director.start(
                new DirectorEnvironment(
                        config, TimeSource.system(), ZoneOffset.UTC, UUID::randomUUID, ptd, "soak", "none"),
                NO_CLOCK);
        this.initialState = ranges();
    }

    /** Starts a director whose files lie in this folder. */
    static Rig start(Path folder) throws IOException, InterruptedException {
        return new Rig(folder);
    }

    private Path configuration() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        return Files.writeString(folder.resolve("director.conf"), """
                [server]
                ntpServer: localhost
                listen: 127.0.0.1 0
                [ptd]
                ptd: /opt/ptd
                [analyzer1]
                deviceType: 49
                interfaceFlag:
                devicePort: /dev/usbtmc0
                networkPort: %d
                [wattline]
                settle: 0.05
                busy: queue
                stopOn: ptd-lost, range
                ptdStart: 5
                ptdReply: 5
                ptdRange: 5
                ptdRead: 5
                """.formatted(port));
    }

    /** What the instrument has set, without what it counts. */
    private String ranges() throws IOException {
        return String.join(
                "\n",
                Files.readAllLines(state).stream()
                        .filter(line -> line.contains("olts") || line.contains("mps"))
                        .toList());
    }

    /** Has a session in which this goes wrong, and returns when the director has closed it. */
    SoakOutcome session(Mishap mishap) throws IOException {
        Set<Path> before = Set.copyOf(sessions());
        ptd.arm(mishap.scenario());
        String said = "";
        CompletableFuture<Void> workload = new CompletableFuture<>();
        Narration narration = new Narration(() -> workload.complete(null));
        try {
            if (mishap == Mishap.CLIENT_GONE) {
                leave();
                said = "it left";
            } else {
                run(mishap, narration, workload);
            }
        } catch (WattlineException e) {
            said = String.valueOf(e.getMessage());
        }
        Path session = sessions().stream()
                .filter(path -> !before.contains(path))
                .findFirst()
                .orElseThrow(() -> new IOException("no session was opened for " + mishap));
        awaitClosed(session);
        SessionSummary summary = SummaryJson.read(new SessionFolder(session).serverJson());
        Map<String, Object> own = summary.wattline();
        return new SoakOutcome(
                String.valueOf(session.getFileName()),
                said.isEmpty(),
                said,
                narration.heard(),
                String.valueOf(own.get("outcome")),
                "failure=" + own.get("failure") + ", findings=" + own.get("findings"),
                ranges().equals(initialState),
                ptd.running());
    }

    private List<Path> sessions() throws IOException {
        return JournaledSession.all(config.settings().resultsDir()).stream()
                .map(JournaledSession::folder)
                .toList();
    }

    private void run(Mishap mishap, Narration narration, CompletableFuture<Void> workload) {
        Path logs = folder.resolve("loadgen");
        RunRequest request = new RunRequest(
                DirectorTarget.plain(director.address()),
                NTP,
                mishap.workload().command(logs),
                logs,
                folder.resolve("out"),
                "soak",
                Optional.empty(),
                Optional.empty(),
                RunRecord.NONE,
                Optional.empty(),
                Optional.empty(),
                Set.of());
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Runner runner = new Runner(
                request,
                new RunIdentity("soak", "none"),
                new RunEnvironment(
                        TimeSource.system(),
                        ZoneOffset.UTC,
                        IN_SYNC,
                        server -> {},
                        UUID::randomUUID,
                        RunConsole.ofPlainLines(narration, false),
                        nowhere,
                        nowhere));
        CompletableFuture<Void> signal =
                mishap == Mishap.INTERRUPTED ? workload.thenRunAsync(runner::interrupt) : workload;
        try {
            runner.run();
        } finally {
            if (workload.isDone()) {
                signal.join();
            }
        }
    }

    /** A client that opens a session, starts a phase, and is gone. */
    private void leave() {
        try (ControlConnection client = ControlConnection.open(director.address(), ClientOptions.defaults())) {
            String id = client.newSession("soak", UUID.randomUUID()).id().value();
            client.start(id, Phase.RANGING, Optional.empty());
        }
    }

    /** The director serves its next client only when it is through with the last one. */
    private void awaitClosed(Path session) throws IOException {
        Deadlines patient = Deadlines.defaults().withHandshake(CLOSING);
        ControlConnection.open(director.address(), ClientOptions.defaults().withDeadlines(patient))
                .close();
        if (!JournaledSession.read(session).isClosed()) {
            throw new IOException("the director went on to its next client without closing " + session);
        }
    }

    @Override
    public void close() {
        director.close();
    }
}
