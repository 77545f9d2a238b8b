package dev.wattline.director.session;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerGroup;
import dev.wattline.director.analyzer.RangeRestorer;
import dev.wattline.director.analyzer.Ranges;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.files.SessionFolder;
import dev.wattline.model.Phase;
import dev.wattline.model.SessionId;
import dev.wattline.model.WattlineException;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The duties of leaving a session, whatever the reason: a running measurement is stopped, ranges are restored, PTDaemons
 * ended, and samples that nobody read are saved from PTDaemon's own log. It never fails; what could not be done is told
 * by its result, the findings and the log.
 */
final class AnalyzerEnding {
    private static final Logger LOG = LoggerFactory.getLogger(AnalyzerEnding.class);

    private final SessionContext context;
    private final AnalyzerGroup group;
    private final SessionFolder folder;
    private final SessionJournal journal;
    private final PhaseResults results;

    AnalyzerEnding(
            SessionContext context,
            AnalyzerGroup group,
            SessionFolder folder,
            SessionJournal journal,
            PhaseResults results) {
        this.context = context;
        this.group = group;
        this.folder = folder;
        this.journal = journal;
        this.results = results;
    }

    /**
     * Ends all analyzers.
     *
     * @param measuring the phase that is being measured; null if none is
     * @return whether all ranges are as they were
     */
    boolean end(@Nullable Phase measuring, SessionId id) {
        Map<Integer, Boolean> restored = new ConcurrentHashMap<>();
        try {
            group.all(analyzer -> restored.put(analyzer.number(), end(analyzer, measuring != null)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the director's end does not wait for a slow analyzer
            return false;
        } finally {
            if (measuring != null) {
                salvage(measuring, id);
            }
        }
        return !restored.containsValue(false);
    }

    private boolean end(Analyzer analyzer, boolean measuring) throws InterruptedException {
        if (!analyzer.isStarted()) {
            return true;
        }
        Ranges ranges = analyzer.initialRanges();
        try {
            if (measuring && analyzer.isConnected()) {
                stop(analyzer);
            }
            if (!analyzer.isConnected() && ranges != null) {
                analyzer.abandon();
                return restoreAnew(analyzer, ranges);
            }
            analyzer.end();
        } catch (WattlineException e) {
            LOG.warn("analyzer={} could not be ended in order: {}", analyzer.number(), e.getMessage());
            return ranges == null || restoreAnew(analyzer, ranges);
        }
        journal.add(Kind.RESTORED, analyzer.number());
        return true;
    }

    private static void stop(Analyzer analyzer) throws InterruptedException {
        try {
            analyzer.stop().get(); // it has a deadline of its own
        } catch (ExecutionException e) {
            Throwable refusal = e.getCause() == null ? e : e.getCause();
            LOG.warn("analyzer={} did not stop: {}", analyzer.number(), refusal.getMessage());
        }
    }

    private boolean restoreAnew(Analyzer analyzer, Ranges ranges) throws InterruptedException {
        try {
            new RangeRestorer(context.config(), context.launcher(), context.connector(), context.time())
                    .restore(
                            analyzer.config(),
                            ranges,
                            folder.analyzers(),
                            (fresh, process) -> SessionEvents.record(journal, fresh, process));
            journal.add(Kind.RESTORED, analyzer.number());
            results.find(
                    "restarted-ptd",
                    context.time().now(),
                    "analyzer " + analyzer.number()
                            + ": its ranges were restored through a restarted PTDaemon and read back");
            return true;
        } catch (WattlineException e) {
            LOG.error(
                    "analyzer={} volts={} amps={} ranges could not be restored: {}",
                    analyzer.number(),
                    ranges.volts(),
                    ranges.amps(),
                    e.getMessage());
            results.find(
                    "ranges-not-restored",
                    context.time().now(),
                    "analyzer " + analyzer.number() + ": " + ranges.volts() + " V and " + ranges.amps()
                            + " A could not be restored: " + e.getMessage());
            return false;
        }
    }

    /** Takes the rows of a measurement that was cut short from PTDaemon's log files. */
    private void salvage(Phase phase, SessionId id) {
        try {
            OptionalInt rows = Salvage.missingRows(
                    phase,
                    id.mark(phase),
                    group.analyzers().stream().map(Analyzer::files).toList());
            if (rows.isPresent()) {
                results.join(phase, group.analyzers());
                results.find("partial", context.time().now(), Salvage.text(phase, rows.getAsInt()));
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("session={} phase={} could not save the samples: {}", id, phase.word(), e.toString());
            results.find(
                    "partial",
                    context.time().now(),
                    phase.word() + " was cut short and its rows could not be saved: " + e.getMessage());
        }
    }
}
