package dev.wattline.director.session;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerEvents;
import dev.wattline.director.analyzer.Ranges;
import dev.wattline.director.analyzer.RunningPtd;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.director.restore.OpenRestore;
import dev.wattline.director.restore.OpenRestores;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.AnalyzerRanges;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes what happens to the analyzers into the journal, and passes on that one is lost. */
public final class SessionEvents implements AnalyzerEvents {
    private final String session;
    private final SessionJournal journal;
    private final OpenRestores restores;
    private final BiConsumer<Analyzer, String> onLost;

    /** @param session its id, or another name of what the analyzers are used for */
    public SessionEvents(
            String session, SessionJournal journal, OpenRestores restores, BiConsumer<Analyzer, String> onLost) {
        this.session = session;
        this.journal = journal;
        this.restores = restores;
        this.onLost = onLost;
    }

    @Override
    public void ptdStarted(Analyzer analyzer, RunningPtd process) {
        journal.add(
                Kind.PTD_STARTED,
                analyzer.number(),
                process.pid(),
                process.startedAtMillis(),
                analyzer.config().networkPort(),
                String.join(" ", analyzer.command()));
    }

    @Override
    public Optional<Ranges> toRestore(Analyzer analyzer, AnalyzerIdentity identity) {
        return restores.wanted(analyzer.config(), identity.instrument()).map(OpenRestore::ranges);
    }

    @Override
    public void restored(Analyzer analyzer, AnalyzerIdentity identity) {
        restores.madeUp(analyzer.config(), identity.instrument());
    }

    @Override
    public void rangesRead(Analyzer analyzer, AnalyzerIdentity identity, AnalyzerRanges ranges) {
        Ranges initial = new Ranges(ranges.initialVolts(), ranges.initialAmps());
        journal.add(
                Kind.RANGES,
                analyzer.number(),
                initial.volts().wireText(),
                initial.amps().wireText());
        restores.opened(session, analyzer.config(), identity, initial);
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
