package dev.wattline.director.analyzer;

import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.config.DirectorSettings.Deadlines;
import dev.wattline.director.results.ServerLog;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.AnalyzerRanges;
import dev.wattline.model.DeviceType;
import dev.wattline.model.PythonRepr;
import dev.wattline.model.RangeSetting;
import dev.wattline.model.UncertaintyStatistics;
import dev.wattline.model.WattsStatistics;
import dev.wattline.ptd.MeasurementQuery;
import dev.wattline.ptd.PtdClient;
import dev.wattline.ptd.PtdClosure;
import dev.wattline.ptd.PtdCommand;
import dev.wattline.ptd.PtdConnection;
import dev.wattline.ptd.PtdConnector;
import dev.wattline.ptd.PtdEndpoint;
import dev.wattline.ptd.PtdException;
import dev.wattline.ptd.PtdExchange;
import dev.wattline.ptd.PtdTranscript;
import dev.wattline.ptd.Quantity;
import dev.wattline.ptd.SampleRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One analyzer during one session: its PTDaemon, the connection to it, the ranges found and set. Every reply is checked;
 * a method returns only when PTDaemon said what it had to. Driven by one thread at a time.
 */
public final class Analyzer {
    private static final Logger LOG = LoggerFactory.getLogger(Analyzer.class);
    private static final String LOOPBACK = "127.0.0.1"; // PTDaemon runs on the director
    private static final long END_BEHIND_CLOSURE_MILLIS = 200;
    private static final Duration INTERVAL = Duration.ofSeconds(1); // between two samples
    private static final int SIGNAL_BASE = 128; // exit statuses above it say which signal ended a process

    private final AnalyzerConfig config;
    private final String ptd;
    private final AnalyzerFiles files;
    private final Deadlines deadlines;
    private final PtdLauncher launcher;
    private final PtdConnector connector;
    private final ServerLog log;
    private final AnalyzerEvents events;
    private final PtdTranscript transcript = new PtdTranscript();

    private volatile @Nullable RunningPtd process;
    private volatile @Nullable PtdClient client;
    private @Nullable AnalyzerIdentity identity;
    private @Nullable AnalyzerRanges initial;
    private volatile boolean ending; // from here on the end of PTDaemon is no loss
    private volatile boolean unrecorded; // what is said now is no part of the session's dialogue
    private volatile @Nullable String cut; // why everything is broken off
    private final AtomicBoolean lost = new AtomicBoolean();
    private final CompletableFuture<String> givenUp = new CompletableFuture<>(); // why the start is not waited for

    public Analyzer(
            AnalyzerConfig config,
            String ptd,
            AnalyzerFiles files,
            Deadlines deadlines,
            PtdLauncher launcher,
            PtdConnector connector,
            ServerLog log,
            AnalyzerEvents events) {
        this.config = config;
        this.ptd = ptd;
        this.files = files;
        this.deadlines = deadlines;
        this.launcher = launcher;
        this.connector = connector;
        this.log = log;
        this.events = events;
    }

    public int number() {
        return config.number();
    }

    public AnalyzerConfig config() {
        return config;
    }

    /** Where its PTDaemon writes. */
    public AnalyzerFiles files() {
        return files;
    }

    /** PTDaemon's command line. */
    public List<String> command() {
        return config.command(ptd, files.dataLog());
    }

    /** The dialogue with PTDaemon so far. */
    public List<PtdTranscript.Message> messages() {
        return transcript.messages();
    }

    /** What the analyzer said it is; null before {@link #start}. */
    public @Nullable AnalyzerIdentity identity() {
        return identity;
    }

    /**
     * What speaks against the configured device type, in words; empty before {@link #start}, and where nothing does. PTDaemon
     * picks its driver by that type and names it. It is the judge of what works, and may know names that are not known here:
     * so this is told, and nothing is refused for it.
     */
    public Optional<String> otherModel() {
        AnalyzerIdentity who = identity;
        return who == null
                ? Optional.empty()
                : DeviceType.of(config.deviceType())
                        .filter(type -> !type.isCalled(who.model()))
                        .map(type -> "analyzer " + number() + " answers as " + who.model() + ", but device type "
                                + type.number() + " is " + type.models().get(0)
                                + "; the official checker compares the two: set deviceType to this analyzer's number");
    }

    /** Whether PTDaemon was started and has not been ended. */
    public boolean isStarted() {
        return process != null;
    }

    /**
     * Starts PTDaemon, waits until it answers, restores what an earlier session may have left to be restored, and reads the
     * ranges that {@link #end} will restore. {@link #giveUp} ends the waiting.
     *
     * @throws AnalyzerException if PTDaemon cannot be started or does not come up, or if what is to be restored first
     *     cannot be
     * @throws PtdException if it answers wrongly
     */
    public void start() throws InterruptedException {
        log.info("Analyzer [" + number() + "] is running PTDaemon: " + PythonRepr.of(command()));
        RunningPtd started = launcher.launch(number(), command(), config.networkPort(), files.output());
        process = started;
        if (cut != null) { // meanwhile: whoever did that saw nothing to kill
            started.kill();
        }
        events.ptdStarted(this, started);
        PtdClient connected = connect(started);
        client = connected;
        watch(started, connected.connection());
        CompletableFuture<?> givingUp = givenUp.copy().thenRun(connected::close);
        try {
            greet(connected);
        } catch (AnalyzerException | PtdException e) {
            throw givenUp.isDone() ? startGivenUp(e) : e;
        } finally {
            givingUp.cancel(false); // from here on the connection is needed for restoring what was read
        }
    }

    private void greet(PtdClient connected) throws InterruptedException {
        connected.execute(new PtdCommand.Hello(), deadlines.start());
        AnalyzerIdentity who = connected.execute(new PtdCommand.Identify(), deadlines.reply());
        identity = who;
        log.info("Analyzer [" + number() + "] connected to PTDaemon");
        Optional<Ranges> earlier = events.toRestore(this, who);
        if (earlier.isPresent()) {
            setFirst(connected, earlier.get());
        }
        AnalyzerRanges ranges = connected.execute(new PtdCommand.ReadRanges(), deadlines.reply());
        if (earlier.isPresent()) {
            requireRestored(earlier.get(), ranges);
            events.restored(this, who);
        }
        initial = ranges;
        log.info("Analyzer [" + number() + "] says the initial range for Amps is " + ranges.initialAmps()
                + " for Volts is " + ranges.initialVolts());
        LOG.info(
                "analyzer={} model={} version={} initialVolts={} initialAmps={}",
                number(),
                who.model(),
                who.version(),
                ranges.initialVolts(),
                ranges.initialAmps());
        events.rangesRead(this, who, ranges);
    }

    /**
     * Sets what an earlier session has left to be restored. The official checker counts the range changes of the dialogue,
     * and takes its third line for the ranges: so these are no part of it.
     */
    private void setFirst(PtdClient connected, Ranges earlier) throws InterruptedException {
        unrecorded = true;
        try {
            set(connected, earlier, deadlines.restoring().range());
        } finally {
            unrecorded = false;
        }
        log.info("Analyzer [" + number() + "] set the ranges that an earlier session had left to be restored");
    }

    /** The reference does not read them back, so this is no part of the dialogue either. */
    private AnalyzerRanges readBack(PtdClient connected) throws InterruptedException {
        unrecorded = true;
        try {
            return connected.execute(new PtdCommand.ReadRanges(), deadlines.reply());
        } finally {
            unrecorded = false;
        }
    }

    private static void set(PtdClient client, Ranges ranges, Duration deadline) throws InterruptedException {
        client.execute(new PtdCommand.SetVolts(ranges.volts()), deadline);
        client.execute(new PtdCommand.SetAmps(ranges.amps()), deadline);
    }

    /** An analyzer that answers as it should may all the same have ignored what it was told. */
    private void requireRestored(Ranges wanted, AnalyzerRanges found) {
        if (!isSet(wanted.volts(), found.initialVolts(), found.voltsAuto())
                || !isSet(wanted.amps(), found.initialAmps(), found.ampsAuto())) {
            throw new AnalyzerException(
                    number(),
                    "its ranges were set to " + wanted.volts() + " V and " + wanted.amps() + " A, but it has "
                            + found.initialVolts() + " V and " + found.initialAmps() + " A",
                    "Set the ranges at the analyzer by hand.",
                    null);
        }
    }

    private static boolean isSet(RangeSetting wanted, RangeSetting found, String autoFlag) {
        if (autoFlag.equals("-1")) {
            return true; // it does not say, as many multichannel analyzers do not
        }
        return wanted instanceof RangeSetting.Fixed fixed
                ? found instanceof RangeSetting.Fixed now && now.value() == fixed.value()
                : autoFlag.equals("1");
    }

    private PtdClient connect(RunningPtd started) throws InterruptedException {
        PtdEndpoint endpoint = new PtdEndpoint(LOOPBACK, config.networkPort());
        CompletableFuture<PtdConnection> connecting =
                connector.connect(endpoint, deadlines.start(), new DialogueLog(number(), log, this::replied));
        CompletableFuture<?> unusedEnd = started.ended().thenRun(() -> connecting.cancel(false));
        CompletableFuture<?> unusedGivingUp = givenUp.thenRun(() -> connecting.cancel(false));
        try {
            return new PtdClient(connecting.get());
        } catch (CancellationException e) {
            if (givenUp.isDone()) {
                throw startGivenUp(e);
            }
            throw new AnalyzerException(
                    number(),
                    "PTDaemon ended before it listened on port " + config.networkPort() + "; " + started.lastWords(),
                    "Check deviceType, devicePort and interfaceFlag, and that the analyzer is on and connected.",
                    e);
        } catch (ExecutionException e) {
            throw new AnalyzerException(
                    number(),
                    "PTDaemon did not answer on port " + config.networkPort() + " within "
                            + deadlines.start().toSeconds() + " s; " + started.lastWords(),
                    "Check that the analyzer is on and connected; a slow one needs a greater ptdStart.",
                    e.getCause());
        }
    }

    private AnalyzerException startGivenUp(Exception cause) {
        return new AnalyzerException(number(), "its start was given up: " + givenUp.getNow(""), null, cause);
    }

    /** Ends a start that waits for PTDaemon, because the session is to be abandoned; from any thread, at any time. */
    public void giveUp(String cause) {
        givenUp.complete(cause);
    }

    /** Breaks off whatever is done with PTDaemon, and kills it; from any thread, at any time. */
    public void cut(String cause) {
        cut = cause;
        ending = true;
        givenUp.complete(cause);
        PtdClient connected = client;
        if (connected != null) {
            connected.close();
        }
        RunningPtd started = process;
        if (started != null) {
            started.kill();
        }
    }

    private void replied(PtdExchange exchange) {
        if (unrecorded) {
            return;
        }
        transcript.replied(exchange);
        events.replied(this, exchange.command(), exchange.reply().line());
    }

    private void watch(RunningPtd started, PtdConnection connection) {
        CompletableFuture<String> end = started.ended().thenApply(Analyzer::describeEnd);
        CompletableFuture<?> unusedEnd = end.thenAccept(this::lost);
        CompletableFuture<?> unusedClosure = connection.closed().thenAccept(closure -> {
            if (closure.source() != PtdClosure.Source.LOCAL) {
                // A process that dies closes its connection first, but its exit status says more than that.
                CompletableFuture<?> unused = end.copy()
                        .completeOnTimeout(
                                "the connection to PTDaemon is gone: " + closure.description(),
                                END_BEHIND_CLOSURE_MILLIS,
                                TimeUnit.MILLISECONDS)
                        .thenAccept(this::lost);
            }
        });
    }

    private static String describeEnd(int status) {
        String signal = status > SIGNAL_BASE ? ", killed by signal " + (status - SIGNAL_BASE) : "";
        return "PTDaemon ended with exit status " + status + signal;
    }

    private void lost(String cause) {
        if (!ending && lost.compareAndSet(false, true)) {
            events.lost(this, cause);
        }
    }

    public void setVolts(RangeSetting volts) throws InterruptedException {
        running().execute(new PtdCommand.SetVolts(volts));
    }

    public void setAmps(RangeSetting amps) throws InterruptedException {
        running().execute(new PtdCommand.SetAmps(amps));
    }

    /** Ends the measurement at its next tick; the future completes on the network thread, before that tick. */
    public CompletableFuture<String> stop() {
        return connection().execute(new PtdCommand.Stop());
    }

    /** The connection to PTDaemon, for what several analyzers are told at once. */
    PtdConnection connection() {
        return running().connection();
    }

    public WattsStatistics watts() throws InterruptedException {
        return running().execute(new MeasurementQuery.Statistics(Quantity.WATTS));
    }

    public UncertaintyStatistics uncertainty() throws InterruptedException {
        return running().execute(new MeasurementQuery.Uncertainty());
    }

    /** All samples of the measurement that was stopped. */
    public SampleRows readSamples() throws InterruptedException {
        SampleRows rows = running().readUnreadSamples();
        log.info("Analyzer [" + number() + "] is trying to read " + rows.size() + " lines");
        return rows;
    }

    /** The last reply to a command that begins like this, as it came; empty if there was none. */
    public String lastReply(String command) {
        List<PtdTranscript.Message> all = transcript.messages();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).command().equals(command)) {
                return all.get(i).reply();
            }
        }
        return "";
    }

    /** Whether commands can be sent. */
    public boolean isConnected() {
        return client != null && client.connection().isOpen();
    }

    /** What the analyzer had set before the session; null if that was not read. */
    public @Nullable Ranges initialRanges() {
        return initial == null ? null : new Ranges(initial.initialVolts(), initial.initialAmps());
    }

    /**
     * Restores the ranges that {@link #start} read, reads them back, and ends PTDaemon whether that succeeded or not. Does
     * nothing if PTDaemon does not run.
     *
     * @throws PtdException if the ranges could not be restored
     * @throws AnalyzerException if the analyzer has others all the same
     */
    public void end() throws InterruptedException {
        try {
            restore();
        } finally {
            abandon();
        }
    }

    /** Ends PTDaemon and leaves the ranges as they are. */
    public void abandon() {
        abandon(deadlines.stop());
    }

    /**
     * Ends PTDaemon and leaves the ranges as they are.
     *
     * @param grace how long it may take when it is asked to; then it is killed
     */
    public void abandon(Duration grace) {
        ending = true;
        PtdClient connected = client;
        if (connected != null) {
            connected.close();
            client = null;
        }
        RunningPtd started = process;
        if (started != null) {
            log.info("Analyzer [" + number() + "] stopping ptd...");
            started.close(grace);
            process = null;
        }
    }

    /**
     * Restores the ranges that {@link #start} read, and reads them back, with the short deadlines for that. Does nothing if
     * they were not read or PTDaemon does not run.
     *
     * @throws PtdException if the ranges could not be restored
     * @throws AnalyzerException if the analyzer has others all the same
     */
    public void restore() throws InterruptedException {
        Ranges ranges = initialRanges();
        PtdClient connected = client;
        if (ranges != null && connected != null) {
            // Behind a Stop the first command is answered when the sample is complete.
            set(connected, ranges, deadlines.restoring().range().plus(INTERVAL));
            requireRestored(ranges, readBack(connected));
            log.info("Analyzer [" + number() + "] set initial values for Amps " + ranges.amps() + " and Volts "
                    + ranges.volts());
        }
    }

    private PtdClient running() {
        if (client == null) {
            throw new AnalyzerException(number(), "PTDaemon does not run", null, null);
        }
        return client;
    }
}
