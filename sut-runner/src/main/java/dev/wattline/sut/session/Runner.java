package dev.wattline.sut.session;

import dev.wattline.files.ProgramSources;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.model.FileTrouble;
import dev.wattline.model.Phase;
import dev.wattline.model.PythonRepr;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.ControlReply.Opened;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.protocol.time.ClockSetter;
import dev.wattline.sut.SutException;
import dev.wattline.sut.process.Leftovers;
import dev.wattline.sut.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A whole run on the measured machine, told from top to bottom on the calling thread: connect, compare clocks, open a
 * session, both phases, summary, downloads. Whatever ends it early, the workload's processes are ended, what was
 * measured is written, and the director is told, so that it keeps its part.
 */
public final class Runner {
    /** How long an interrupted run has to write and fetch what there is, before the process ends all the same. */
    private static final Duration WIND_UP = Duration.ofSeconds(30);

    private final RunRequest request;
    private final RunSurroundings around;
    private final SessionContext context;
    private final PhaseMarks marks;
    private final ClockSync clocks;
    private final Telemetry telemetry;
    private final PhaseRunner phases;
    private final ClientSummary summary;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile @Nullable DirectorLink link;
    private @Nullable Opened session;
    private @Nullable SessionFolder folder;
    private @Nullable UUID uuid;

    public Runner(RunRequest request, RunIdentity identity, RunSurroundings around) {
        this.request = request;
        this.around = around;
        RunConsole console = around.console();
        ClientLog log = new ClientLog(around.time(), around.zone(), console::logged);
        LiveStatus status = new LiveStatus(console, around.time(), request.has(RunOption.LIVE));
        this.context = new SessionContext(
                log,
                console,
                status,
                new RunEvents(),
                around.time(),
                around.stdout(),
                around.stderr(),
                new CopyOnWriteArrayList<>(),
                new CopyOnWriteArrayList<>());
        this.marks = new PhaseMarks(around.time());
        Optional<ClockSetter> setter =
                request.has(RunOption.SET_CLOCK) ? Optional.of(around.clockSetter()) : Optional.empty();
        this.clocks = new ClockSync(request.ntp(), around.ntp(), setter, context);
        this.telemetry = new Telemetry(around.time(), around.zone(), this::warn);
        this.phases = new PhaseRunner(request, context, clocks, marks, telemetry);
        ProgramSources program =
                ProgramSources.of(Runner.class, SessionFolder.class, ControlConnection.class, Phase.class);
        this.summary = new ClientSummary(identity, program, around.zone(), context);
        log.info("Wattline " + identity.version() + " (" + identity.commit() + ")");
    }

    /**
     * Runs it.
     *
     * @throws WattlineException for whatever kept it from being complete, after all that could be saved was saved
     */
    public RunOutcome run() {
        try {
            prepare();
            connect();
            openSession();
            List<Phase> todo =
                    request.manualRange().isPresent() ? List.of(Phase.TESTING) : List.of(Phase.RANGING, Phase.TESTING);
            for (Phase phase : todo) {
                phases.run(phase, folder(), link(), session().id().value());
            }
            context.log().info("Done runs");
            finish();
            return new RunOutcome(session().id(), folder().root(), context.suspicions());
        } catch (WattlineException e) {
            WattlineException cause = isInterrupted() ? asInterruption(e) : e;
            context.log().error(String.valueOf(cause.getMessage()));
            new Salvage(context, phases, this::writeSummary).save(link, session, folder, isInterrupted(), cause);
            throw cause;
        } finally {
            DirectorLink open = link;
            if (open != null) {
                open.close();
            }
            context.log().close();
            ended.countDown();
        }
    }

    /**
     * Ends the run: the workload's processes at once, the rest within 30 s, in which this blocks. For a signal's handler,
     * after which the process exits.
     */
    public void interrupt() {
        interrupted.countDown();
        context.events().add(new RunEvent.Interrupted());
        if (!phases.endWorkload()) {
            DirectorLink open = link;
            if (open != null) {
                open.close(); // the reply that is awaited may be long in coming
            }
        }
        try {
            if (!ended.await(WIND_UP.toSeconds(), TimeUnit.SECONDS)) {
                context.console().line("giving up after " + WIND_UP.toSeconds() + " s; the director keeps its part");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isInterrupted() {
        return interrupted.getCount() == 0;
    }

    private static WattlineException asInterruption(WattlineException e) {
        return e instanceof RunInterruptedException ? e : new RunInterruptedException("(" + e.getMessage() + ")");
    }

    private void prepare() {
        RunFolders folders = new RunFolders(request.loadgenLogs(), request.output());
        if (request.has(RunOption.FORCE)) {
            context.log()
                    .warning("Removing loadgen logs directory "
                            + PythonRepr.of(request.loadgenLogs().toString()));
            folders.deleteLoadgenLogs();
        }
        if (!Files.exists(folders.output())) {
            context.log()
                    .info("Creating output directory "
                            + PythonRepr.of(request.output().toString()));
        }
        folders.prepareOutput();
        if (request.has(RunOption.NO_TIMESTAMP_PATH)) {
            folders.requireNoSession();
        }
        new OtherSessions(Leftovers.find()).warnings().forEach(this::warn);
        if (request.manualRange().isPresent()) {
            warn("ranges given by hand are for experiments: the session is no valid submission");
        }
        request.telemetry()
                .flatMap(telemetry::prepare)
                .ifPresent(text -> context.console().line(text));
    }

    /** Something that the run goes on with, but that the one who reads its result should know. */
    private void warn(String text) {
        context.log().warning(text);
        context.console().line("warning: " + text);
        context.findings().add(text);
    }

    private void connect() {
        link = DirectorLink.open(
                request.director(),
                request.options(),
                new DirectorLink.Surroundings(
                        context.log(),
                        context.console(),
                        context.status(),
                        context.events(),
                        context.findings(),
                        around.time()),
                interrupted);
        if (request.has(RunOption.STOP_DIRECTOR)) {
            link().connection().require(new ControlRequest.Stop());
        }
        clocks.synchronise(link());
    }

    private void openSession() {
        UUID client = around.uuids().get();
        uuid = client;
        Opened opened = link().connection().newSession(request.label(), client);
        Path output = request.output().toAbsolutePath().normalize();
        Path root = request.has(RunOption.NO_TIMESTAMP_PATH)
                ? output
                : output.resolve(opened.id().value());
        session = opened;
        SessionFolder files = new SessionFolder(root);
        try {
            Files.createDirectories(root);
            Files.createDirectory(files.power());
        } catch (IOException e) {
            throw new SutException(
                    "could not create the session folder " + files.power() + ": " + FileTrouble.of(e),
                    "Choose another output folder with -o.",
                    e);
        }
        folder = files;
        context.log().info("Session id is " + PythonRepr.of(opened.id().value()));
        context.log().info(summary.sourcesLine());
        context.log().writeTo(files.clientLog());
        context.console()
                .line("session " + opened.id() + " at director "
                        + request.director().address() + ", into " + root);
    }

    private void finish() {
        writeSummary();
        ControlConnection connection = link().connection();
        String id = session().id().value();
        connection.require(new ControlRequest.Done(id));
        List<String> files = SessionDownload.files(request.manualRange().isEmpty());
        new SessionDownload(connection, context.log()).all(id, files, link().isExtended(), folder());
        connection.require(new ControlRequest.Cleanup(id));
        context.log().info("Successful exit");
    }

    /** Closes client.log and writes client.json, which holds its hash. */
    private void writeSummary() {
        context.log().close();
        UUID client = uuid;
        if (client == null) {
            throw new IllegalStateException("no session was opened");
        }
        SummaryJson.write(
                folder().clientJson(),
                summary.of(
                        folder(),
                        client,
                        session(),
                        link().connection().messages(),
                        marks,
                        clocks.checks(),
                        link().agreement()));
    }

    private DirectorLink link() {
        return present(link);
    }

    private Opened session() {
        return present(session);
    }

    private SessionFolder folder() {
        return present(folder);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not there yet");
        }
        return value;
    }
}
