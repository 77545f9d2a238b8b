package dev.wattline.director.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.director.analyzer.AnalyzerGroup;
import dev.wattline.director.analyzer.Ranges;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.director.monitor.Alarm;
import dev.wattline.director.monitor.ClientSilence;
import dev.wattline.director.monitor.DirectorMarks;
import dev.wattline.director.monitor.LiveMonitor;
import dev.wattline.director.monitor.RunnerNotes;
import dev.wattline.director.phase.Measured;
import dev.wattline.director.phase.PhaseResults;
import dev.wattline.director.phase.SampleTimes;
import dev.wattline.director.phase.SessionException;
import dev.wattline.director.restore.OpenRestore;
import dev.wattline.director.results.LogTail;
import dev.wattline.director.results.ServerLog;
import dev.wattline.director.session.SessionStateMachine.Verdict;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary.Message;
import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.model.FreeSpace;
import dev.wattline.model.Phase;
import dev.wattline.model.SessionId;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.ControlRequest.Done;
import dev.wattline.protocol.ControlRequest.ManualRange;
import dev.wattline.protocol.ControlRequest.StartPhase;
import dev.wattline.protocol.ControlRequest.StopPhase;
import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.protocol.Replies;
import dev.wattline.protocol.server.ControlClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session, from {@code new} to {@code done}. Its methods stand in the order of a session and hold its lock while they do:
 * the session's thread calls them for the client, and a watcher's thread calls {@link #abandon} when an analyzer is lost.
 */
public final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** The code of the finding that an analyzer is none of its configured type. */
    private static final String OTHER_MODEL = "analyzer-model";

    private final DirectorContext context;
    private final SessionId id;
    private final SessionFolder folder;
    private final UUID clientUuid;
    private final UUID serverUuid;
    private final ControlClient client;
    private final ServerLog log;
    private final SessionJournal journal;
    private final SessionStateMachine machine;
    private final Interruption interruption = new Interruption();
    private final AnalyzerGroup group;
    private final AnalyzerPhase runner;
    private final PhaseResults results;
    private final DirectorMarks marks;
    private final AnalyzerShutdown shutdown;
    private final SessionEnd end;
    private final Alarm alarm;
    private final RunnerNotes notes;

    @GuardedBy("this")
    private List<Ranges> ranges = List.of();

    @GuardedBy("this")
    private @Nullable LiveMonitor monitor;

    @GuardedBy("this")
    private boolean modelsTold;

    private volatile boolean closed; // the network thread asks without the lock

    @GuardedBy("this")
    private String kept = ""; // what is said of a failed phase's samples

    private volatile @Nullable String brokenOff; // why nothing is waited for any more

    Session(
            DirectorContext context,
            SessionId id,
            SessionFolder folder,
            UUID clientUuid,
            UUID serverUuid,
            ControlClient client,
            ServerLog log,
            SessionJournal journal) {
        this.context = context;
        this.id = id;
        this.folder = folder;
        this.clientUuid = clientUuid;
        this.serverUuid = serverUuid;
        this.client = client;
        this.log = log;
        this.journal = journal;
        this.machine = new SessionStateMachine((from, to, cause) -> {
            journal.add(Kind.STATE, from, to, cause == null ? "" : cause);
            context.live().state(to.word(), to.phase(), context.time().now());
        });
        context.live()
                .began(id.value(), client.address().toString(), context.time().now());
        this.results = new PhaseResults(folder, id, context.time(), context.live()::found);
        this.alarm = new Alarm(
                id, context.config().settings().stopOn(), journal, results, client, context.time(), this::rescueSoon);
        SessionEvents events = new SessionEvents(id.value(), journal, context.restores(), alarm::onLost);
        this.group = new AnalyzerGroup(context.analyzers(folder.analyzers(), log, events), context.time());
        this.runner = new AnalyzerPhase(context.config(), group, id, log, interruption, context.time(), alarm);
        this.marks = new DirectorMarks(context.time());
        this.notes = new RunnerNotes(id, marks, alarm, journal, results, context.time());
        this.end = new SessionEnd(context, id, folder, group.analyzers(), log, journal);
        this.shutdown = new AnalyzerShutdown(context, group, folder, id, journal, results, client);
    }

    public SessionId id() {
        return id;
    }

    public UUID serverUuid() {
        return serverUuid;
    }

    public SessionFolder folder() {
        return folder;
    }

    public SessionState state() {
        return machine.state();
    }

    /** Starts a phase; the reply says OK only when every analyzer is measuring. */
    @SuppressWarnings("GuardedBy") // the steps run in this call, with the lock held
    public synchronized ControlReply start(Phase phase, Optional<ManualRange> manual) {
        Verdict verdict = machine.start(phase, manual.isPresent());
        if (verdict != Verdict.DO) {
            return replyTo(verdict);
        }
        return guarded("start " + phase.word(), () -> {
            mark(phase, 0);
            requireDisk();
            shutdown.needAnalyzers();
            client.progress("starting " + phase.word(), announced(new StartPhase(id.value(), phase)));
            Map<Integer, LogTail> rows = LiveMonitor.rowsFromNowOn(group.analyzers());
            if (phase == Phase.RANGING) {
                runner.startRanging();
            } else {
                if (manual.isPresent()) {
                    ranges = ManualRanges.of(manual.get(), context.config().analyzers());
                }
                runner.startTesting(ranges);
            }
            shutdown.tellRestoredBefore();
            tellOtherModels();
            machine.transitionTo(SessionState.measuring(phase));
            client.idleDeadline(false);
            monitor = new LiveMonitor(
                    phase,
                    id.mark(phase),
                    group.analyzers(),
                    rows,
                    folder.root(),
                    new LiveMonitor.Audience(client, context.live(), alarm),
                    context.time());
            LOG.info(
                    "session={} phase={} measuring with {} analyzer(s)",
                    id,
                    phase.word(),
                    group.analyzers().size());
            mark(phase, 1); // last: the checker compares it with the time at which the client has its reply
        });
    }

    /** Stops a phase; the reply says OK only when its samples are on disk. */
    @SuppressWarnings("GuardedBy") // the steps run in this call, with the lock held
    public synchronized ControlReply stop(Phase phase) {
        Verdict verdict = machine.stop(phase);
        if (verdict != Verdict.DO) {
            return replyTo(verdict);
        }
        return guarded("stop " + phase.word(), () -> {
            mark(phase, 2); // first: the checker compares it with the time at which the client asked
            client.idleDeadline(true);
            stopMonitor();
            client.progress("stopping " + phase.word(), announced(new StopPhase(id.value(), phase)));
            List<Measured> measured = runner.stop(phase);
            measure(phase, measured);
            machine.transitionTo(SessionState.measured(phase));
            mark(phase, 3);
        });
    }

    @GuardedBy("this")
    private void tellOtherModels() {
        if (!modelsTold) {
            modelsTold = true;
            group.analyzers()
                    .forEach(analyzer -> analyzer.otherModel().ifPresent(text -> alarm.warn(OTHER_MODEL, text)));
        }
    }

    /** How long this request will take, as the client is told. */
    private Duration announced(ControlRequest request) {
        boolean ptdRuns = group.analyzers().get(0).isStarted();
        return context.config().settings().limits().announced(request, ptdRuns);
    }

    private void mark(Phase phase, int number) {
        PhaseMark set = marks.set(phase, number);
        journal.add(Kind.MARK, phase.word(), number, set.epochSeconds(), set.monotonicSeconds());
    }

    /** Records an exchange with the client, so that a director that is killed leaves the dialogue behind. */
    void exchanged(ExchangedMessage message) { // without the lock, which the network thread must not wait for
        journal.addIfOpen(Kind.EXCHANGE, message.cmd(), message.cmdTime(), message.reply(), message.replyTime());
    }

    /** Takes what the runner observed; without the lock, for a note's deadline is shorter than restoring ranges takes. */
    void noted(String kind, String text) {
        if (!closed) {
            notes.take(kind, text);
        }
    }

    /** Takes a silence of a client that reports none itself. */
    void silent(ClientSilence.Seen seen) {
        notes.silent(seen);
    }

    @GuardedBy("this")
    private void stopMonitor() {
        if (monitor != null) {
            monitor.close();
            monitor = null;
        }
    }

    private void requireDisk() throws IOException {
        long usable = FreeSpace.of(folder.root());
        if (usable < LiveMonitor.LEAST_DISK_BYTES) {
            throw new SessionException(
                    "only " + usable / 1_000_000 + " MB are left, too little for a phase, in " + folder.root(),
                    "Make room, or let wattline prune do it.",
                    null);
        }
    }

    @GuardedBy("this")
    private void measure(Phase phase, List<Measured> measured) throws IOException {
        int samples = measured.get(0).rows().size();
        results.write(phase, measured, group.goAt().plusSeconds(samples));
        notes.measured(phase, measured);
        SampleTimes.require(measured, group.goSentAt(), marks.all().getOrDefault(phase, List.of()), marks.now());
        if (phase == Phase.RANGING) {
            ranges = results.findRanges(measured);
        }
        for (Measured one : measured) {
            LOG.info(
                    "session={} phase={} analyzer={} samples={} watts={}",
                    id,
                    phase.word(),
                    one.analyzer().number(),
                    one.rows().size(),
                    one.afterStop().wattsReply());
        }
        if (samples == 0) {
            throw new SessionException("analyzer 1 sent no samples of the " + phase.word() + " run", null, null);
        }
    }

    @GuardedBy("this")
    private ControlReply replyTo(Verdict verdict) {
        if (verdict == Verdict.REPEATED) {
            return Replies.OK;
        }
        String failure = machine.failure();
        return failure == null
                ? ControlReply.error("the session is in state " + machine.state() + ", where this has no place")
                : errorReply(failure, kept);
    }

    /** The reference's own texts about ranges begin with "Error" already. */
    private static ControlReply errorReply(String cause, String kept) {
        return cause.startsWith("Error") ? ControlReply.parse(cause) : ControlReply.error(cause + kept);
    }

    /** Clients show the reply, and nobody looks for a remedy elsewhere; the reference's own texts stay as they are. */
    private static ControlReply withRemedy(ControlReply reply, String remedy) {
        String prefix = "Error: ";
        return reply.line().startsWith(prefix)
                ? ControlReply.error(reply.line().substring(prefix.length()) + ". Remedy: " + remedy)
                : reply;
    }

    /** Part of a phase, which may fail in the ways that analyzers, disks and waits do. */
    private interface Work {
        void run() throws InterruptedException, IOException;
    }

    /** Does the work, or fails the session with all that this entails. */
    @GuardedBy("this")
    private ControlReply guarded(String what, Work work) {
        try {
            work.run();
            return Replies.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(what, "the director is ending", e);
        } catch (IOException | UncheckedIOException e) {
            return failed(what, "could not write the results: " + e.getMessage(), e);
        } catch (WattlineException e) {
            ControlReply reply = failed(what, String.valueOf(e.getMessage()), e);
            return e.remedy().map(remedy -> withRemedy(reply, remedy)).orElse(reply);
        } catch (IllegalArgumentException e) {
            return failed(what, "PTDaemon sent what is no sample: " + e.getMessage(), e);
        }
    }

    @GuardedBy("this")
    private ControlReply failed(String what, String reason, Exception e) {
        String cut = brokenOff;
        String cause = cut == null ? reason : cut + ", while '" + what + "' waited for PTDaemon";
        LOG.error("session={} {} failed: {}", id, what, cause, LOG.isDebugEnabled() ? e : null);
        log.error(what + " failed: " + cause);
        fail(cause);
        return errorReply(cause, kept);
    }

    /** Enters FAILED: what was measured is saved; the ranges are being restored and PTDaemon is being ended from here on. */
    @GuardedBy("this")
    private void fail(String cause) {
        SessionState left = machine.state();
        if (left.isFinal()) {
            return;
        }
        machine.fail(cause);
        stopMonitor();
        client.idleDeadline(true);
        left.phase().ifPresent(phase -> {
            shutdown.save(phase);
            kept = shutdown.whereSamplesAre(phase);
        });
        shutdown.begin(left.phase().orElse(null));
    }

    /**
     * Ends the session: ranges restored, PTDaemons ended, everything written, in this order. A session that its client ends
     * in the middle of a phase counts as failed, though the client is told OK: it is kept and can be downloaded.
     */
    public synchronized ControlReply done() {
        if (closed) {
            return Replies.UNKNOWN_SESSION;
        }
        stopMonitor();
        SessionState left = machine.state();
        Optional<Phase> cut = left.phase();
        client.progress("restoring the ranges", announced(new Done(id.value())));
        if (!left.isFinal()) {
            cut.ifPresent(shutdown::save);
            shutdown.begin(cut.orElse(null));
        }
        boolean restored = shutdown.await() || left.isFinal(); // one that has failed for another reason keeps that
        try {
            close(
                    restored
                            ? cut.map(phase -> "its client ended it in the middle of the " + phase.word() + " phase")
                                    .or(notes::failure)
                                    .orElse(null)
                            : "the initial ranges could not be restored");
        } catch (IOException e) {
            return ControlReply.error(
                    e.getMessage() + ". Remedy: make room at the director; 'wattline fetch' gets all of it then");
        }
        return restored ? Replies.OK : ControlReply.error(notRestored());
    }

    private String notRestored() {
        return "the initial ranges could not be restored: "
                + shutdown.open().stream().map(OpenRestore::cause).collect(Collectors.joining("; "))
                + "; the director restores them as soon as the analyzer answers";
    }

    /**
     * Ends the session without its client: what is there is saved and the session counts as failed. Does nothing if it is
     * over.
     */
    public synchronized void abandon(String cause) {
        if (closed) {
            return;
        }
        if (!machine.state().isFinal()) {
            LOG.error("session={} state={} ended early: {}", id, machine.state(), cause);
            log.error("session ended early: " + cause);
        }
        fail(cause);
        boolean restored = shutdown.await();
        LOG.debug("session={} restored={}", id, restored);
        try {
            close(null);
        } catch (IOException e) {
            LOG.debug("session={} will be written later", id, e);
        }
    }

    /** Makes waits end at once, because the session is to be abandoned. May be called on any thread. */
    public void interrupt(String cause) {
        interruption.raise(cause);
        group.analyzers().forEach(analyzer -> analyzer.giveUp(cause));
    }

    /** Ends all that PTDaemon is waited for, because the director ends; from any thread. */
    public void breakOff(String cause) {
        brokenOff = cause;
        shutdown.breakOff(cause);
    }

    /**
     * Cancels the session: its client is told, as far as it asked for such news, and the next thing that it asks for in the
     * session is refused for this cause. Returns at once; from any thread.
     */
    public void cancel(String cause) {
        alarm.announce("cancelled", cause);
        rescueSoon(cause);
    }

    /** Tells the client that the session is about to be cut, as far as it asked for such news; from any thread. */
    void announceEnd(String cause) {
        alarm.announce("director-ends", cause);
    }

    private void rescueSoon(String cause) {
        interrupt(cause);
        Thread rescue = new Thread(() -> rescue(cause), "rescue");
        rescue.setDaemon(true);
        rescue.start();
    }

    /** Waits for whoever holds the session, which the interruption ends soon, and saves what there is. */
    private synchronized void rescue(String cause) {
        if (!machine.state().isFinal()) {
            LOG.error("session={} state={} {}", id, machine.state(), cause);
            log.error(cause);
            fail(cause);
        }
    }

    private void close(@Nullable String failure) throws IOException {
        closed = true;
        if (failure != null) {
            machine.fail(failure);
        } else if (!machine.state().isFinal()) {
            machine.transitionTo(SessionState.DONE);
        }
        try {
            end.write(facts(machine.state() == SessionState.DONE ? "done" : "failed"));
        } finally {
            group.close();
            context.live()
                    .ended(
                            machine.state().word(),
                            machine.failure(),
                            context.time().now());
        }
        LOG.info("session={} closed as {} in {}", id, machine.state(), folder.root());
    }

    SessionEnd end() {
        return end;
    }

    private ServerSummary.Facts facts(String outcome) {
        return new ServerSummary.Facts(
                id.value(),
                clientUuid.toString(),
                serverUuid.toString(),
                client.messages().stream()
                        .map(m -> new Message(m.cmd(), m.cmdTime(), m.reply(), m.replyTime()))
                        .toList(),
                marks.all(),
                group.analyzers().stream().map(ServerSummary.AnalyzerFacts::of).toList(),
                results.findings(),
                outcome,
                Optional.ofNullable(machine.failure()),
                shutdown.open());
    }
}
