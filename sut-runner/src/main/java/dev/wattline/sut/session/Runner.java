package dev.wattline.sut.session;

import dev.wattline.files.CompanionRecord;
import dev.wattline.files.ProgramSources;
import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionManifest;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.json.ManifestJson;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.model.IoErrors;
import dev.wattline.model.Phase;
import dev.wattline.model.PythonRepr;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.ControlReply.Opened;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.DirectorBusyException;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.protocol.time.ClockSetter;
import dev.wattline.sut.SutException;
import dev.wattline.sut.clock.ClockSync;
import dev.wattline.sut.companion.SessionCompanion;
import dev.wattline.sut.director.DirectorLink;
import dev.wattline.sut.director.RunOption;
import dev.wattline.sut.download.SessionDownload;
import dev.wattline.sut.facts.SettingChanges;
import dev.wattline.sut.facts.SystemProbe;
import dev.wattline.sut.output.ClientLog;
import dev.wattline.sut.output.LiveStatus;
import dev.wattline.sut.output.RunConsole;
import dev.wattline.sut.output.RunContext;
import dev.wattline.sut.output.RunEvent;
import dev.wattline.sut.output.RunEvents;
import dev.wattline.sut.process.Leftovers;
import dev.wattline.sut.telemetry.Telemetry;
import dev.wattline.sut.telemetry.TelemetryOptions;
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
import java.util.function.Consumer;
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
    private final RunEnvironment around;
    private final RunContext context;
    private final PhaseMarks marks;
    private final ClockSync clocks;
    private final Telemetry telemetry;
    private final SessionCompanion companion;
    private final PhaseRunner phases;
    private final ClientSummary summary;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile @Nullable DirectorLink link;
    private @Nullable Opened session;
    private @Nullable SessionFolder folder;
    private @Nullable UUID uuid;
    private @Nullable SystemFacts system;
    private @Nullable SessionManifest manifest;
    private Consumer<Path> whenOpen = root -> {};
    private boolean done; // the director has closed the session

    public Runner(RunRequest request, RunIdentity identity, RunEnvironment around) {
        this.request = request;
        this.around = around;
        RunConsole console = around.console();
        ClientLog log = new ClientLog(around.time(), around.zone(), console::logged);
        LiveStatus status = new LiveStatus(console, around.time(), request.has(RunOption.LIVE));
        this.context = new RunContext(
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
        this.companion = new SessionCompanion(request.companion(), around.time(), this::warn);
        this.phases = new PhaseRunner(request, context, clocks, marks, telemetry, companion);
        ProgramSources program =
                ProgramSources.of(Runner.class, SessionFolder.class, ControlConnection.class, Phase.class);
        this.summary = new ClientSummary(identity, program, around.zone(), context, request);
        log.info("Wattline " + identity.version() + " (" + identity.commit() + ")");
    }

    /** Takes who is told the session's folder as soon as there is one, before anything is measured. */
    public void whenOpen(Consumer<Path> told) {
        whenOpen = told;
    }

    /**
     * Runs it.
     *
     * @throws WattlineException for whatever kept it from being complete, after all that could be saved was saved
     */
    public RunOutcome run() {
        try {
            prepare();
            connectAndOpenSession();
            for (Phase phase : request.phases()) {
                measure(phase);
            }
            compareSettings();
            context.log().info("Done runs");
            finish();
            return new RunOutcome(session().id(), folder().root(), context.suspicions());
        } catch (WattlineException e) {
            WattlineException cause = isInterrupted() ? asInterruption(e) : e;
            context.log().error(String.valueOf(cause.getMessage()));
            new FailedRunClosing(context, phases, this::writeSummary)
                    .save(link, session, folder, done, isInterrupted(), cause);
            throw cause;
        } finally {
            telemetry.close();
            DirectorLink open = link;
            if (open != null) {
                open.close();
            }
            context.log().close();
            ended.countDown();
        }
    }

    private void measure(Phase phase) {
        try {
            phases.run(phase, folder(), link(), session().id().value());
        } finally {
            SessionManifest known = manifest;
            if (known != null && companion.record().isPresent()) {
                write(folder(), known.with(told(companion.record())));
            }
        }
    }

    /** Commands are of what the machine tells of itself. */
    private Optional<CompanionRecord> told(Optional<CompanionRecord> beside) {
        return request.has(RunOption.NO_SYSTEM_FACTS) ? beside.map(CompanionRecord::withoutCommand) : beside;
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
        if (request.has(RunOption.RANGING_ONLY)) {
            context.console().line("ranging only: the session tells the load's peaks, and is no submission");
        }
        request.shortRanging().ifPresent(asked -> {
            asked.warning().ifPresent(this::warn);
            asked.userConf().ifPresent(conf -> PhaseVariables.shortened(conf, asked.seconds()));
        });
        request.telemetry()
                .flatMap(telemetry::prepare)
                .ifPresent(text -> context.console().line(text));
        if (!request.has(RunOption.NO_SYSTEM_FACTS)) {
            SystemFacts asked = askMachine();
            asked.problems().forEach(problem -> warn("what this machine is, is recorded in part: " + problem));
            system = asked;
        }
    }

    private SystemFacts askMachine() {
        String smi = request.telemetry().orElse(TelemetryOptions.DEFAULT).program();
        return SystemProbe.ofThisMachine(around.time()).ask(smi, request.workload());
    }

    /** The machine's power settings must be after the run what they were before it. */
    private void compareSettings() {
        SystemFacts before = system;
        SessionManifest known = manifest;
        if (before == null || known == null) {
            return;
        }
        List<String> changes = SettingChanges.between(before, askMachine());
        for (String change : changes) {
            warn(change);
            context.suspicions().add(change);
        }
        write(folder(), known.withChanges(changes));
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

    /** Several clients may compare clocks beside each other; who opens a session first has the director for itself. */
    private void connectAndOpenSession() {
        while (true) {
            connect();
            UUID client = around.uuids().get();
            uuid = client;
            try {
                openSession(link().connection().newSession(request.label(), client));
                return;
            } catch (DirectorBusyException e) {
                link().close();
                if (!request.has(RunOption.WAIT_WHILE_BUSY) || DirectorLink.isInterrupted(interrupted)) {
                    throw e;
                }
                context.console().line(e.getMessage() + "; trying again");
            }
        }
    }

    private void openSession(Opened opened) {
        link().watch(context.events());
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
                    "could not create the session folder " + files.power() + ": " + IoErrors.of(e),
                    "Choose another output folder with -o.",
                    e);
        }
        folder = files;
        whenOpen.accept(root);
        record(files);
        RunRecord names = request.record();
        SystemFacts told = system;
        write(
                files,
                new SessionManifest(
                        opened.id().value(),
                        request.kind(),
                        !names.sut().isEmpty() || told == null
                                ? names.sut()
                                : told.host().name(),
                        names.workload(),
                        names.params(),
                        names.settingList(),
                        Optional.empty(),
                        told == null ? "" : request.workload(),
                        told(companion.record())));
        context.log().info("Session id is " + PythonRepr.of(opened.id().value()));
        context.log().info(summary.sourcesLine());
        context.log().writeTo(files.clientLog());
        context.console()
                .line("session " + opened.id() + " at director "
                        + request.director().address() + ", into " + root);
    }

    /** What the session was; without it only finding it again is harder. */
    private void write(SessionFolder files, SessionManifest what) {
        manifest = what;
        try {
            ManifestJson.write(files.manifest(), what);
        } catch (SessionFilesException e) {
            warn("what the session was, is not recorded: " + e.getMessage());
        }
    }

    private void record(SessionFolder files) {
        SystemFacts asked = system;
        if (asked == null) {
            return;
        }
        try {
            SystemFactsJson.write(files.systemFacts(), asked);
        } catch (SessionFilesException e) {
            warn("what this machine is, is not recorded: " + e.getMessage());
        }
    }

    private void finish() {
        writeSummary();
        ControlConnection connection = link().connection();
        String id = session().id().value();
        connection.require(new ControlRequest.Done(id));
        done = true;
        List<String> files = SessionDownload.files(request.phases());
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
