package dev.wattline.director;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerEvents;
import dev.wattline.director.analyzer.AnalyzerGroup;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.results.ServerLog;
import dev.wattline.director.session.DirectorContext;
import dev.wattline.director.session.SessionEvents;
import dev.wattline.model.WattlineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The check before the director listens: every PTDaemon starts, answers, and gives its analyzer its ranges back. */
final class StartupCheck {
    private static final Logger LOG = LoggerFactory.getLogger(StartupCheck.class);

    /** Folder within the results for what these PTDaemons write; each start begins it anew. */
    static final String FOLDER = "startup";

    private StartupCheck() {}

    /**
     * Starts, greets, identifies, reads and restores the ranges of, and ends every analyzer, all at the same time.
     *
     * @throws dev.wattline.model.WattlineException if one does not do as it should
     */
    static void run(DirectorContext context) throws InterruptedException, IOException {
        Path folder = context.config().settings().resultsDir().resolve(FOLDER);
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(SessionJournal.FILE));
        // A director that is killed during the check leaves PTDaemons behind as one in a session does.
        try (SessionJournal journal = SessionJournal.open(folder, context.time())) {
            List<Analyzer> analyzers = analyzers(
                    context, folder, new SessionEvents(FOLDER, journal, context.restores(), (analyzer, cause) -> {}));
            check(context, analyzers, journal);
            journal.add(SessionJournal.Kind.CLOSED, "done");
        }
    }

    private static List<Analyzer> analyzers(DirectorContext context, Path folder, AnalyzerEvents events)
            throws IOException {
        ServerLog log = new ServerLog(context.time(), ZoneOffset.UTC);
        List<Analyzer> analyzers = context.analyzers(folder, log, events);
        for (Analyzer analyzer : analyzers) {
            Files.deleteIfExists(analyzer.files().output());
            Files.deleteIfExists(analyzer.files().dataLog());
        }
        return analyzers;
    }

    private static void check(DirectorContext context, List<Analyzer> analyzers, SessionJournal journal)
            throws InterruptedException {
        try (AnalyzerGroup group = new AnalyzerGroup(analyzers, context.time())) {
            try {
                group.all(analyzer -> {
                    analyzer.start();
                    analyzer.otherModel().ifPresent(text -> LOG.warn("{}", text));
                    endRestored(analyzer, context);
                    journal.add(SessionJournal.Kind.RESTORED, analyzer.number());
                });
            } finally {
                analyzers.forEach(Analyzer::abandon); // those that failed on the way
            }
        }
    }

    private static void endRestored(Analyzer analyzer, DirectorContext context) throws InterruptedException {
        try {
            analyzer.end();
        } catch (WattlineException e) {
            context.restores().failed(FOLDER, analyzer.number(), String.valueOf(e.getMessage()));
            throw e;
        }
        context.restores().restored(FOLDER, analyzer.number());
    }
}
