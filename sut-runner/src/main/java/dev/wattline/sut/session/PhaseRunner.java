package dev.wattline.sut.session;

import dev.wattline.files.LoadgenLog;
import dev.wattline.files.PowerWindow;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.model.IoErrors;
import dev.wattline.model.Phase;
import dev.wattline.model.PythonFloat;
import dev.wattline.model.PythonRepr;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.ControlRequest.ManualRange;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.client.PeerSignal;
import dev.wattline.protocol.live.EventSeverity;
import dev.wattline.protocol.live.LoadgenWindow;
import dev.wattline.protocol.live.PushedLine.Event;
import dev.wattline.protocol.time.ClockWatch;
import dev.wattline.sut.SutException;
import dev.wattline.sut.clock.ClockSync;
import dev.wattline.sut.clock.SampleTimesCheck;
import dev.wattline.sut.companion.SessionCompanion;
import dev.wattline.sut.director.DirectorLink;
import dev.wattline.sut.director.RunOption;
import dev.wattline.sut.loadgen.LoadgenLogFinder;
import dev.wattline.sut.loadgen.LoadgenLogFinder.Found;
import dev.wattline.sut.loadgen.OutsideWindowException;
import dev.wattline.sut.output.ClientLog;
import dev.wattline.sut.output.LiveStatus;
import dev.wattline.sut.output.RunContext;
import dev.wattline.sut.output.RunEvent;
import dev.wattline.sut.output.RunEvents;
import dev.wattline.sut.process.WorkloadProcess;
import dev.wattline.sut.process.WorkloadVariables;
import dev.wattline.sut.session.RunRequest.ManualRanges;
import dev.wattline.sut.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One phase on the measured machine: clocks compared, measurement started, workload run, measurement stopped, logs
 * found and copied. While the workload runs this does next to nothing: it waits for the first of the workload's end, the
 * director's going away and a request to end, looks at its clocks every second and compares them with the director's
 * once a minute.
 */
final class PhaseRunner {
    /** How often the clocks are looked at: a standstill of more than 3 s must stand out from what a busy machine does. */
    private static final long TICK_MILLIS = 1000;

    /** How often disks and the director's clock are looked at. */
    private static final long LOOK_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Room for LoadGen's logs and the director's files of a run of half a day, several times over. */
    private static final long SPACE = 50_000_000;

    /** For the estimate of a phase's size where no workload has run yet. */
    private static final Duration UNKNOWN_WORKLOAD = Duration.ofHours(1);

    /** An answer that may take longer than this is announced. */
    private static final Duration SAID_DEADLINE = Duration.ofMinutes(2);

    /** Ctrl-C is sent to the workload and to this JVM at once, but the workload may have ended before this JVM knows. */
    private static final Duration SIGNALS_APART = Duration.ofMillis(500);

    private final RunRequest request;
    private final RunContext context;
    private final ClockSync clocks;
    private final PhaseMarks marks;
    private final Telemetry telemetry;
    private final SessionCompanion companion;
    private @Nullable Duration lastWorkload;
    private @Nullable Phase open;
    private volatile @Nullable WorkloadProcess workload;

    PhaseRunner(
            RunRequest request,
            RunContext context,
            ClockSync clocks,
            PhaseMarks marks,
            Telemetry telemetry,
            SessionCompanion companion) {
        this.request = request;
        this.context = context;
        this.clocks = clocks;
        this.marks = marks;
        this.telemetry = telemetry;
        this.companion = companion;
    }

    /** The phase that was started and not yet stopped, if there is one. */
    Optional<Phase> open() {
        return Optional.ofNullable(open);
    }

    /** Ends the workload if one runs, and tells whether one did; from any thread. */
    boolean endWorkload() {
        companion.end();
        WorkloadProcess running = workload;
        if (running != null) {
            running.end();
        }
        return running != null;
    }

    /** Runs a phase from beginning to end. */
    void run(Phase phase, SessionFolder folder, DirectorLink link, String session) {
        ClientLog log = context.log();
        log.info("Running workload in " + phase.word() + " mode");
        Duration expected = lastWorkload == null ? UNKNOWN_WORKLOAD : lastWorkload;
        new RunFolders(request.loadgenLogs(), request.output()).requireSpace(SPACE + telemetry.bytesIn(expected));
        clocks.synchronise(link);
        Optional<ManualRange> range = request.manualRange().map(PhaseRunner::asPythonWritesIt);
        WorkloadVariables told = new PhaseVariables(request).of(phase, folder, session);
        context.console()
                .line(phase.word() + ": the director prepares the measurement"
                        + companion.shown().map(name -> ", beside " + name).orElse(""));
        // What was reported before belongs to another phase; what comes from here on must end a workload not begun yet.
        context.events().dropReports();
        try {
            companion.start(phase, folder, told);
            marks.add(phase);
            // From here, for the edges of the load in both logs tell how far the clocks are apart.
            telemetry.start(phase, folder.telemetry(phase));
            link.connection().start(session, phase, range);
            open = phase;
            marks.add(phase);
            clocks.compare(link);
            companion.requireRunning();
            Interval ran = runWorkload(phase, link, told);
            clocks.compare(link);
            marks.add(phase);
            sayIfLong(phase, link);
            stop(link, session, phase);
            marks.add(phase);
            companion.stop(phase, ran.endNanos()).forEach(why -> suspect(why, link));
            telemetry.stop();
            clocks.compare(link);
            Found found = findLogs(phase, link, ran);
            copyLogs(phase, folder, found);
            checkReports(phase);
            if (phase == Phase.RANGING && !link.isExtended() && !request.has(RunOption.PLAIN_V3)) {
                List<PhaseMark> set = marks.all().getOrDefault(phase, List.of());
                new SampleTimesCheck(context).require(link, session, folder, set, found.window());
            }
        } finally {
            companion.abandon(phase);
            telemetry.stop();
            telemetry.finish(clocks.offset());
        }
        telemetry.requireReadings();
    }

    /** A director that refuses a stop has said why, and has nothing left to be stopped. */
    private void stop(DirectorLink link, String session, Phase phase) {
        try {
            link.connection().stop(session, phase);
        } catch (RequestRejectedException e) {
            open = null;
            throw e;
        }
        open = null;
    }

    /** A director that reports nothing may rightly be silent for long; whoever watches should know. */
    private void sayIfLong(Phase phase, DirectorLink link) {
        Duration deadline = link.connection().stopDeadline();
        if (!link.isExtended() && deadline.compareTo(SAID_DEADLINE) > 0) {
            context.console()
                    .line(phase.word() + ": this director reports no progress; waiting up to "
                            + LiveStatus.minutes(deadline) + " for its answer");
        }
    }

    private void suspect(String what, DirectorLink link) {
        report(ControlRequest.Note.NOTICED, what, link);
        context.suspicions().add(what);
    }

    /** The workload's run on the wall clock, and its end by the monotonic one. */
    private record Interval(Instant begin, Instant end, long endNanos) {}

    private Interval runWorkload(Phase phase, DirectorLink link, WorkloadVariables told) {
        context.log().info("Running the workload " + PythonRepr.of(request.workload()));
        context.console().line(phase.word() + ": measuring, the workload runs: " + request.workload());
        TimeSource time = context.time();
        Instant begin = time.now();
        long beginNanos = time.nanoTime();
        context.status().workloadBegins(phase, lastWorkload);
        try (WorkloadProcess process =
                WorkloadProcess.start(request.workload(), told, context.stdout(), context.stderr())) {
            workload = process;
            CompletableFuture<Void> unused =
                    process.onExit().thenAccept(status -> context.events().add(new RunEvent.WorkloadEnded(status)));
            int status = await(phase, link, process);
            Instant end = time.now();
            long endNanos = time.nanoTime();
            context.status().workloadEnded();
            if (status != 0) {
                if (process.hasTerminal() && context.events().isInterruptedWithin(SIGNALS_APART, time)) {
                    throw interruption(phase);
                }
                throw new WorkloadFailedException(phase, request.workload(), status, process.lastLines());
            }
            if (!context.events().isInterruptedWithin(Duration.ZERO, time)) {
                process.release();
            }
            Duration took = Duration.ofNanos(endNanos - beginNanos);
            lastWorkload = took;
            context.console()
                    .line(String.format(
                            Locale.ROOT,
                            "%s: the workload ended after %.1f s; the director stops the measurement",
                            phase.word(),
                            took.toMillis() / 1e3));
            return new Interval(begin, end, endNanos);
        } finally {
            workload = null;
            context.status().workloadEnded();
        }
    }

    /** Waits for the workload's exit status, or throws for what ended it before. */
    private int await(Phase phase, DirectorLink link, WorkloadProcess process) {
        RunEvents events = context.events();
        ClockWatch self = new ClockWatch(context.time());
        DiskWatch disks = new DiskWatch(
                List.of(request.output().toAbsolutePath(), request.loadgenLogs().toAbsolutePath()), SPACE);
        boolean showsStatus = context.console().hasStatusLine();
        boolean everyTick = showsStatus || telemetry.needsTicks();
        long beginNanos = self.lastTickNanos();
        long lookNanos = beginNanos;
        Optional<Duration> limit = request.workloadLimit();
        long limitNanos = limit.isPresent() ? beginNanos + limit.get().toNanos() : beginNanos;
        while (true) {
            long wakeNanos = limit.isPresent() ? earlier(lookNanos, limitNanos) : lookNanos;
            RunEvent event = events.next(self, TICK_MILLIS, everyTick ? self.lastTickNanos() : wakeNanos);
            self.noticed().forEach(one -> observed(one, phase, link));
            if (event == null) {
                if (showsStatus) {
                    context.status().tick();
                }
                telemetry.tick();
                long now = self.lastTickNanos();
                if (limit.isPresent() && now - limitNanos >= 0) {
                    process.end();
                    throw WorkloadFailedException.overTime(phase, request.workload(), limit.get(), process.lastLines());
                }
                if (now - lookNanos >= 0) {
                    lookNanos = now + LOOK_NANOS;
                    lookAround(disks, now - beginNanos >= LOOK_NANOS, link);
                }
            } else if (event instanceof RunEvent.WorkloadEnded ended) {
                return ended.status();
            } else if (event instanceof RunEvent.Interrupted) {
                throw interruption(phase);
            } else if (event instanceof RunEvent.FromPeer peer) {
                onPeer(peer.signal(), phase);
            } else if (event instanceof RunEvent.Reported reported) {
                onReport(reported.event(), phase);
            }
        }
    }

    /** Of two instants of the monotonic clock, which may wrap around. */
    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private static RunInterruptedException interruption(Phase phase) {
        return new RunInterruptedException("in the " + phase.word() + " phase, while the workload ran");
    }

    /** The disks, and a minute after the workload's begin the director's clock too. */
    private void lookAround(DiskWatch disks, boolean atClock, DirectorLink link) {
        for (String full : disks.look()) {
            report(ControlRequest.Note.NOTICED, full, link);
        }
        if (atClock && !request.has(RunOption.PLAIN_V3)) {
            Optional<String> drift = clocks.probe(link);
            if (drift.isPresent()) { // a lambda would be linked here, for the price of twenty ticks
                report(ControlRequest.Note.NOTICED, drift.get(), link);
            }
        }
    }

    private void observed(ClockWatch.Observation seen, Phase phase, DirectorLink link) {
        String what = seen.describe() + " until " + seen.at();
        if (seen instanceof ClockWatch.Gap) {
            report(ControlRequest.Note.SUSPENDED, what, link);
            suspended(phase, "on this machine " + what);
        } else {
            report(ControlRequest.Note.NOTICED, what, link);
        }
    }

    private void report(String kind, String finding, DirectorLink link) {
        context.log().warning(finding);
        context.console().line("warning: " + finding);
        context.findings().add(finding);
        link.note(kind, finding);
    }

    /** One of the two sides stood still: what was measured meanwhile may not be what it seems. */
    private void suspended(Phase phase, String what) {
        context.suspicions().add(what);
        if (request.has(RunOption.FAIL_IF_SUSPENDED)) {
            throw new SutException(
                    "the " + phase.word() + " phase is suspect: " + what
                            + "; the workload was ended, as --on-suspension fail says",
                    "Switch suspend and power saving off on both machines, and start the run again.");
        }
    }

    private void onPeer(PeerSignal signal, Phase phase) {
        if (signal instanceof PeerSignal.UnaskedLine unasked) {
            context.log().warning("The server said unasked: " + PythonRepr.of(unasked.line()));
            return;
        }
        PeerSignal.Closed closed = (PeerSignal.Closed) signal;
        String what = "the director went away in the " + phase.word() + " phase: "
                + closed.cause().getMessage();
        if (request.has(RunOption.CONTINUE_ON_FAULT)) {
            context.log().error(what);
            context.console().line(what + "; the workload goes on, as --on-fault continue says");
            return;
        }
        context.console().line(what); // now: ending the workload and saving what there is takes a while
        throw new SutException(
                what + "; the workload was ended", closed.cause().remedy().orElse(null), closed.cause());
    }

    /** Whether one of the director's reports that came since the workload's end ends the run. */
    private void checkReports(Phase phase) {
        for (RunEvent event : context.events().waiting()) {
            if (event instanceof RunEvent.Reported reported) {
                onReport(reported.event(), phase);
            }
        }
    }

    private void onReport(Event event, Phase phase) {
        if (event.code().equals(ControlRequest.Note.SUSPENDED)) {
            suspended(phase, event.text());
        }
        if (event.severity() == EventSeverity.FATAL && !request.has(RunOption.CONTINUE_ON_FAULT)) {
            throw new SutException(
                    "the director lost the measurement in the " + phase.word() + " phase, and the workload was ended: "
                            + event.text(),
                    "See the director's log; start the run again once the cause is removed.");
        }
    }

    /** The director is told of the power window in any case: it has the samples that must cover it. */
    private Found findLogs(Phase phase, DirectorLink link, Interval ran) {
        Path indir = request.loadgenLogs().toAbsolutePath().normalize();
        try {
            Found found = new LoadgenLogFinder(
                            indir, context.log(), text -> report(ControlRequest.Note.NOTICED, text, link))
                    .find(ran.begin(), ran.end());
            tellWindow(phase, link, found.window());
            return found;
        } catch (OutsideWindowException e) {
            tellWindow(phase, link, e.window());
            throw e;
        }
    }

    private static void tellWindow(Phase phase, DirectorLink link, PowerWindow window) {
        link.note(LoadgenWindow.KIND, new LoadgenWindow(phase, window.begin(), window.end()).text());
    }

    private void copyLogs(Phase phase, SessionFolder folder, Found found) {
        Path target = folder.folder(phase);
        context.log()
                .info("Copying loadgen logs from "
                        + PythonRepr.of(found.folder().toString()) + " to " + PythonRepr.of(target.toString()));
        try {
            Files.createDirectory(target);
            Files.copy(found.detail(), target.resolve(LoadgenLog.DETAIL));
            Files.copy(found.summary(), target.resolve(LoadgenLog.SUMMARY));
        } catch (IOException e) {
            throw new SutException(
                    "could not copy the LoadGen logs from " + found.folder() + " to " + target + ": " + IoErrors.of(e),
                    "Free some space or change permissions; the logs are still in " + found.folder() + ".",
                    e);
        }
    }

    private static ManualRange asPythonWritesIt(ManualRanges ranges) {
        return new ManualRange(PythonFloat.repr(ranges.volts()), PythonFloat.repr(ranges.amps()));
    }
}
