package dev.wattline.director.session;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerFiles;
import dev.wattline.director.analyzer.AnalyzerGroup;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.director.phase.PhaseResults;
import dev.wattline.director.phase.UnreadSamples;
import dev.wattline.director.restore.OpenRestore;
import dev.wattline.director.restore.OpenRestores;
import dev.wattline.director.results.SplWriter;
import dev.wattline.files.SessionFolder;
import dev.wattline.model.Phase;
import dev.wattline.model.SessionId;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.DirectorLimits;
import dev.wattline.protocol.live.EventSeverity;
import dev.wattline.protocol.live.PushedLine;
import dev.wattline.protocol.server.ControlClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The duties of leaving a session, whatever the reason. Samples that nobody read are saved from PTDaemon's own log at once,
 * so that the client can be told where they are. The rest is done on a thread of its own: a running measurement is stopped,
 * the ranges are restored through the session's own PTDaemons, and these are ended; what could not be restored so goes on to
 * be tried by {@link OpenRestores}. It never fails; what could not be done is told by its result, the findings, the client's
 * events and the log.
 */
final class AnalyzerShutdown {
    private static final Logger LOG = LoggerFactory.getLogger(AnalyzerShutdown.class);

    private final DirectorContext context;
    private final AnalyzerGroup group;
    private final SessionFolder folder;
    private final SessionId id;
    private final SessionJournal journal;
    private final PhaseResults results;
    private final ControlClient client;
    private final CompletableFuture<Void> ended = new CompletableFuture<>(); // the session's own PTDaemons
    private final CompletableFuture<Void> over = new CompletableFuture<>(); // and other ones were tried once
    private final List<AnalyzerFiles> saved = new ArrayList<>(); // whose rows come from PTDaemon's log
    private boolean pausedOthers;
    private List<OpenRestore> before = List.of(); // what earlier sessions had left when this one began
    private volatile @Nullable String broken; // why it was broken off

    AnalyzerShutdown(
            DirectorContext context,
            AnalyzerGroup group,
            SessionFolder folder,
            SessionId id,
            SessionJournal journal,
            PhaseResults results,
            ControlClient client) {
        this.context = context;
        this.group = group;
        this.folder = folder;
        this.id = id;
        this.journal = journal;
        this.results = results;
        this.client = client;
    }

    /** The session is about to use the analyzers: nobody else may from now on until the end. */
    void needAnalyzers() {
        if (!pausedOthers) {
            pausedOthers = true;
            context.restores().pause();
            before = context.restores().all();
        }
    }

    /** Tells what was restored for earlier sessions when the analyzers were started. */
    void tellRestoredBefore() {
        List<OpenRestore> still = context.restores().all();
        before.stream()
                .filter(earlier -> still.stream().noneMatch(earlier::isSameRecord))
                .map(earlier -> earlier.describe() + ", were restored before this session read its own")
                .forEach(this::tellRestored);
        before = List.of();
    }

    private void tellRestored(String text) {
        results.find("ranges-restored", context.time().now(), text);
        boolean told = client.push(
                new PushedLine.Event(EventSeverity.INFO, context.time().now(), "ranges-restored", text));
        LOG.debug("session={} restored told={}", id, told);
    }

    /**
     * Begins with all but {@link #save}; returns at once.
     *
     * @param measuring the phase that is being measured and was saved; null if none is
     */
    void begin(@Nullable Phase measuring) {
        Thread thread = new Thread(() -> run(measuring), "session-end");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until the session's own PTDaemons have ended, and for some time until ranges that they could not restore are
     * restored in another way.
     *
     * @return whether all ranges are as they were
     */
    boolean await() {
        ended.join(); // everything in it has a deadline
        try {
            over.get(DirectorLimits.RESTORE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("session={} is closed while ranges are being restored", id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is completed with nothing else", e);
        }
        return open().isEmpty();
    }

    /** What could not be restored so far. */
    List<OpenRestore> open() {
        return context.restores().of(id.value());
    }

    /** Ends all that is waited for; PTDaemons are killed, and what is not restored stays open. From any thread. */
    void breakOff(String cause) {
        broken = cause;
        group.analyzers().forEach(analyzer -> analyzer.cut(cause));
        over.complete(null);
    }

    private void run(@Nullable Phase measuring) {
        try {
            group.all(analyzer -> end(analyzer, measuring != null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("session={} an analyzer could not be ended: {}", id, e.toString(), e);
        } finally {
            if (measuring != null) {
                saveRest(measuring);
            }
            ended.complete(null);
        }
        if (!pausedOthers || broken != null) {
            over.complete(null);
            return;
        }
        try {
            List<OpenRestore> open = open();
            open.forEach(this::tellOpen);
            context.restores().resume(folder.analyzers()).join();
            open.forEach(this::noteOutcome);
        } catch (RuntimeException e) { // records that cannot be read, or the director's end
            LOG.error("session={} its ranges cannot be restored now: {}", id, e.getMessage());
        } finally {
            over.complete(null);
        }
    }

    private void end(Analyzer analyzer, boolean measuring) throws InterruptedException {
        if (!analyzer.isStarted()) {
            return;
        }
        Duration grace = context.config().settings().deadlines().restoring().stop();
        try {
            if (measuring && analyzer.isConnected()) {
                stop(analyzer);
            }
            if (analyzer.initialRanges() == null) {
                return; // nothing was changed
            }
            if (analyzer.isConnected()) {
                analyzer.restore();
                restored(analyzer.number());
                grace = context.config().settings().deadlines().stop(); // one that answers may take its time
            } else {
                failed(analyzer, "its PTDaemon cannot be asked any more");
            }
        } catch (WattlineException | UncheckedIOException e) {
            failed(analyzer, String.valueOf(e.getMessage()));
        } finally {
            analyzer.abandon(grace);
        }
    }

    private static void stop(Analyzer analyzer) throws InterruptedException {
        try {
            analyzer.stop().get(); // it has a deadline of its own
        } catch (ExecutionException e) {
            Throwable refusal = e.getCause() == null ? e : e.getCause();
            LOG.warn("analyzer={} did not stop: {}", analyzer.number(), refusal.getMessage());
        }
    }

    private void restored(int analyzer) {
        context.restores().restored(id.value(), analyzer);
        journal.addIfOpen(Kind.RESTORED, analyzer);
    }

    private void failed(Analyzer analyzer, String reason) {
        String cut = broken;
        String cause = cut == null ? reason : cut;
        LOG.warn("session={} analyzer={} its ranges are not restored yet: {}", id, analyzer.number(), cause);
        context.restores().failed(id.value(), analyzer.number(), cause);
    }

    private void tellOpen(OpenRestore open) {
        boolean told = client.push(new PushedLine.Event(
                EventSeverity.WARNING,
                context.time().now(),
                "ranges-open",
                open.describe() + ", are not restored yet: " + open.cause()
                        + "; the director restores them as soon as the analyzer answers"));
        LOG.debug("session={} open restore told={}", id, told);
    }

    private void noteOutcome(OpenRestore before) {
        OpenRestore now = open().stream()
                .filter(open -> open.analyzer() == before.analyzer())
                .findFirst()
                .orElse(null);
        if (now == null) {
            journal.addIfOpen(Kind.RESTORED, before.analyzer());
            String text = "analyzer " + before.analyzer()
                    + ": its ranges were restored through a restarted PTDaemon and read back";
            results.find("restarted-ptd", context.time().now(), text);
            boolean told = client.push(
                    new PushedLine.Event(EventSeverity.INFO, context.time().now(), "ranges-restored", text));
            LOG.debug("session={} restored told={}", id, told);
        } else {
            results.find(
                    "ranges-not-restored",
                    context.time().now(),
                    now.describe() + ", could not be restored: " + now.cause());
        }
    }

    /** Takes the rows of a measurement that is cut short from PTDaemon's log files; to be called before {@link #begin}. */
    void save(Phase phase) {
        for (Analyzer analyzer : group.analyzers()) {
            if (!Files.exists(analyzer.files().rows(phase))) {
                saved.add(analyzer.files());
            }
        }
        if (saved.isEmpty()) {
            return;
        }
        try {
            UnreadSamples.rows(phase, id.mark(phase), saved);
            var unmatched = SplWriter.write(logs(phase), folder.spl(phase)); // they are told when all rows are there
            LOG.debug("session={} unmatched={} so far", id, unmatched.size());
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("session={} phase={} could not save the samples yet: {}", id, phase.word(), e.toString());
        }
    }

    /** What the client of a phase that failed is told, behind the cause; empty if nothing could be saved. */
    String whereSamplesAre(Phase phase) {
        Path spl = folder.spl(phase);
        try (Stream<String> rows = Files.lines(spl, StandardCharsets.ISO_8859_1)) {
            return rows.anyMatch(row -> row.startsWith("Time,"))
                    ? "; the samples of the " + phase.word() + " phase are kept at the director as "
                            + folder.root().relativize(spl) + " of session " + id
                    : "; no sample of the " + phase.word() + " phase is on disk so far";
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("session={} nothing is kept of its {} phase", id, phase.word(), e);
            return "";
        }
    }

    /** The same once more, now that PTDaemon has ended and written all that it had. */
    private void saveRest(Phase phase) {
        if (saved.isEmpty()) {
            return;
        }
        try {
            int rows = UnreadSamples.rows(phase, id.mark(phase), saved);
            results.join(phase, group.analyzers());
            results.find("partial", context.time().now(), UnreadSamples.text(phase, rows));
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("session={} phase={} could not save the samples: {}", id, phase.word(), e.toString());
            results.find(
                    "partial",
                    context.time().now(),
                    phase.word() + " was cut short and its rows could not be saved: " + e.getMessage());
        }
    }

    private List<Path> logs(Phase phase) {
        return group.analyzers().stream()
                .map(analyzer -> analyzer.files().rows(phase))
                .toList();
    }
}
