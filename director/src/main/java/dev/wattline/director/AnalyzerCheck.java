package dev.wattline.director;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerEvents;
import dev.wattline.director.analyzer.AnalyzerGroup;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.results.ServerLog;
import dev.wattline.director.session.SessionContext;
import dev.wattline.director.session.SessionEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;

/** The check before the director listens: every PTDaemon starts, answers, and gives its analyzer its ranges back. */
final class AnalyzerCheck {
    /** Folder within the results for what these PTDaemons write; each start begins it anew. */
    static final String FOLDER = "startup";

    private AnalyzerCheck() {}

    /**
     * Starts, greets, identifies, reads and restores the ranges of, and ends every analyzer, all at the same time.
     *
     * @throws dev.wattline.model.WattlineException if one does not do as it should
     */
    static void run(SessionContext context) throws InterruptedException, IOException {
        Path folder = context.config().settings().resultsDir().resolve(FOLDER);
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(SessionJournal.FILE));
        // A director that is killed during the check leaves PTDaemons behind as one in a session does.
        try (SessionJournal journal = SessionJournal.open(folder, context.time())) {
            List<Analyzer> analyzers = analyzers(context, folder, new SessionEvents(journal, (analyzer, cause) -> {}));
            check(context, analyzers, journal);
            journal.add(SessionJournal.Kind.CLOSED, "done");
        }
    }

    private static List<Analyzer> analyzers(SessionContext context, Path folder, AnalyzerEvents events)
            throws IOException {
        ServerLog log = new ServerLog(context.time(), ZoneOffset.UTC);
        List<Analyzer> analyzers = context.analyzers(folder, log, events);
        for (Analyzer analyzer : analyzers) {
            Files.deleteIfExists(analyzer.files().output());
            Files.deleteIfExists(analyzer.files().dataLog());
        }
        return analyzers;
    }

    private static void check(SessionContext context, List<Analyzer> analyzers, SessionJournal journal)
            throws InterruptedException {
        try (AnalyzerGroup group = new AnalyzerGroup(analyzers, context.time())) {
            try {
                group.all(analyzer -> {
                    analyzer.start();
                    analyzer.end();
                    journal.add(SessionJournal.Kind.RESTORED, analyzer.number());
                });
            } finally {
                analyzers.forEach(Analyzer::abandon); // those that failed on the way
            }
        }
    }
}
