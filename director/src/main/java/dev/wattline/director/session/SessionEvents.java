package dev.wattline.director.session;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerEvents;
import dev.wattline.director.analyzer.Ranges;
import dev.wattline.director.analyzer.RunningPtd;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.AnalyzerRanges;
import java.util.function.BiConsumer;

/** Writes what happens to the analyzers into the journal, and passes on that one is lost. */
public final class SessionEvents implements AnalyzerEvents {
    private final SessionJournal journal;
    private final BiConsumer<Analyzer, String> onLost;

    public SessionEvents(SessionJournal journal, BiConsumer<Analyzer, String> onLost) {
        this.journal = journal;
        this.onLost = onLost;
    }

    @Override
    public void ptdStarted(Analyzer analyzer, RunningPtd process) {
        record(journal, analyzer, process);
    }

    /** Writes down how a PTDaemon that was started is found again. */
    static void record(SessionJournal journal, Analyzer analyzer, RunningPtd process) {
        journal.add(
                Kind.PTD_STARTED,
                analyzer.number(),
                process.pid(),
                process.startedAtMillis(),
                analyzer.config().networkPort(),
                String.join(" ", analyzer.command()));
    }

    @Override
    public void rangesRead(Analyzer analyzer, AnalyzerIdentity identity, AnalyzerRanges ranges) {
        Ranges initial = new Ranges(ranges.initialVolts(), ranges.initialAmps());
        journal.add(
                Kind.RANGES,
                analyzer.number(),
                initial.volts().wireText(),
                initial.amps().wireText());
    }

    @Override
    public void replied(Analyzer analyzer, String command, String reply) {
        journal.add(Kind.PTD_REPLY, analyzer.number(), command, reply);
    }

    @Override
    public void lost(Analyzer analyzer, String cause) {
        onLost.accept(analyzer, cause);
    }
}
