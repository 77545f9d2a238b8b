package dev.wattline.director.session;

import dev.wattline.director.analyzer.AnalyzerFiles;
import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.journal.JournalRecord;
import dev.wattline.director.journal.JournaledSession;
import dev.wattline.director.journal.JournaledSession.InitialRanges;
import dev.wattline.director.journal.JournaledSession.StartedPtd;
import dev.wattline.director.journal.OrphanedPtd;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.director.phase.UnreadSamples;
import dev.wattline.director.results.PtdOutput;
import dev.wattline.director.results.SplWriter;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary.Message;
import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.files.SessionSummary.PtdMessage;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.Phase;
import dev.wattline.model.SessionId;
import dev.wattline.model.finding.Finding;
import dev.wattline.ptd.PtdCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a director that was killed had begun: its PTDaemons are ended, the ranges that the journal holds restored, its
 * sessions closed as failed with the data that is there, so that they can be downloaded. Done once, before the director
 * listens.
 */
public final class InterruptedSessions {
    private static final Logger LOG = LoggerFactory.getLogger(InterruptedSessions.class);
    static final String CAUSE = "the director ended in the middle of the session";

    private final DirectorContext context;

    public InterruptedSessions(DirectorContext context) {
        this.context = context;
    }

    /**
     * Closes all sessions that are open on disk.
     *
     * @return how many there were
     * @throws IOException if the folder of the sessions cannot be read
     */
    public int close() throws IOException, InterruptedException {
        List<JournaledSession> open = JournaledSession.all(
                        context.config().settings().resultsDir())
                .stream()
                .filter(session -> !session.isClosed())
                .toList();
        Duration grace = context.config().settings().deadlines().stop();
        context.restores().endOrphans(grace);
        for (JournaledSession session : open) {
            for (StartedPtd started : session.openPtds()) {
                OrphanedPtd.find(started).ifPresent(orphan -> OrphanedPtd.end(orphan, grace));
            }
            adopt(session);
        }
        for (JournaledSession session : open) {
            if (SessionId.isSessionId(session.id())) {
                LOG.warn("session={} state={} was interrupted and is closed as failed", session.id(), session.state());
            } else {
                LOG.info("what the last start's check of the analyzers left open is put in order");
            }
            try {
                close(session);
            } catch (IOException | IllegalArgumentException e) {
                LOG.error("session={} could not be closed: {}", session.id(), e.toString());
            }
        }
        return open.size();
    }

    private void close(JournaledSession session) throws IOException, InterruptedException {
        SessionFolder folder = new SessionFolder(session.folder());
        try (SessionJournal journal = SessionJournal.open(session.folder(), context.time())) {
            List<Finding> findings = findings(session);
            for (InitialRanges ranges : session.openRanges()) {
                restore(session, ranges, journal, findings);
            }
            if (SessionId.isSessionId(session.id())) { // else the check before listening
                save(session, folder, findings);
            }
            if (!session.state().equals(SessionState.FAILED.name())) {
                journal.add(Kind.STATE, session.state(), SessionState.FAILED, CAUSE);
            }
            journal.add(Kind.CLOSED, "failed");
        }
    }

    private void save(JournaledSession session, SessionFolder folder, List<Finding> findings) throws IOException {
        if (session.measuring().isPresent()) {
            keepUnread(session.measuring().get(), session, folder).ifPresent(findings::add);
        }
        Files.createDirectories(folder.power());
        PtdOutput.join(files(folder).stream().map(AnalyzerFiles::output).toList(), folder.ptdLogs());
        ServerSummary.Facts facts = new ServerSummary.Facts(
                session.id(),
                session.opened().map(record -> record.value(1)).orElse(""),
                session.opened().map(record -> record.value(2)).orElse(""),
                messages(session),
                marks(session),
                analyzers(session, folder),
                findings,
                "failed",
                Optional.of(failure(session)),
                context.restores().of(session.id()));
        SummaryJson.write(folder.serverJson(), ServerSummary.of(facts, folder, context));
    }

    /** A session that had failed before its director ended keeps that reason. */
    private static String failure(JournaledSession session) {
        return session.failure().orElse(CAUSE + " in state " + session.state());
    }

    /** What was changed and not restored is kept apart from the session, which is closed now. */
    private void adopt(JournaledSession session) {
        for (InitialRanges ranges : session.openRanges()) {
            String instrument = identity(ptdMessages(session, ranges.analyzer()))
                    .map(AnalyzerIdentity::instrument)
                    .orElse("");
            context.restores().adopt(session.id(), ranges, instrument, session.openedAt());
        }
    }

    private void restore(
            JournaledSession session, InitialRanges initial, SessionJournal journal, List<Finding> findings)
            throws InterruptedException {
        SessionFolder folder = new SessionFolder(session.folder());
        Optional<AnalyzerConfig> analyzer = context.config().analyzers().stream()
                .filter(config -> config.number() == initial.analyzer())
                .findFirst();
        if (analyzer.isEmpty()) {
            LOG.warn(
                    "session={} analyzer={} volts={} amps={} is no longer configured: its ranges are left as they are",
                    session.id(),
                    initial.analyzer(),
                    initial.volts(),
                    initial.amps());
            return;
        }
        Path place = Files.isDirectory(folder.analyzers()) ? folder.analyzers() : folder.root();
        Optional<String> failure = context.restores().makeUp(analyzer.get(), place);
        if (failure.isEmpty()) {
            journal.add(Kind.RESTORED, initial.analyzer());
        } else {
            findings.add(Finding.warning("ranges-not-restored", failure.get())
                    .when(context.time().now()));
        }
    }

    private Optional<Finding> keepUnread(Phase phase, JournaledSession session, SessionFolder folder)
            throws IOException {
        List<AnalyzerFiles> analyzers = files(folder);
        OptionalInt rows = UnreadSamples.missingRows(phase, new SessionId(session.id()).mark(phase), analyzers);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        SplWriter.write(analyzers.stream().map(files -> files.rows(phase)).toList(), folder.spl(phase));
        LOG.info(
                "session={} phase={} rows={} saved from PTDaemon's log file",
                session.id(),
                phase.word(),
                rows.getAsInt());
        return Optional.of(Finding.warning("partial", UnreadSamples.text(phase, rows.getAsInt()))
                .when(context.time().now()));
    }

    private List<AnalyzerFiles> files(SessionFolder folder) {
        return context.config().analyzers().stream()
                .map(analyzer -> new AnalyzerFiles(folder.analyzers(), analyzer.number()))
                .toList();
    }

    private List<ServerSummary.AnalyzerFacts> analyzers(JournaledSession session, SessionFolder folder) {
        List<ServerSummary.AnalyzerFacts> analyzers = new ArrayList<>();
        for (AnalyzerConfig config : context.config().analyzers()) {
            List<PtdMessage> messages = ptdMessages(session, config.number());
            Path dataLog = new AnalyzerFiles(folder.analyzers(), config.number()).dataLog();
            analyzers.add(new ServerSummary.AnalyzerFacts(
                    config, config.command(context.config().ptd(), dataLog), identity(messages), messages));
        }
        return analyzers;
    }

    private static List<PtdMessage> ptdMessages(JournaledSession session, int analyzer) {
        return session.records().stream()
                .filter(record -> record.kind() == Kind.PTD_REPLY && record.number(0) == analyzer)
                .map(record -> new PtdMessage(record.value(1), record.value(2)))
                .toList();
    }

    private static Optional<AnalyzerIdentity> identity(List<PtdMessage> messages) {
        try {
            return messages.stream()
                    .filter(message -> message.command().equals(new PtdCommand.Identify().line()))
                    .findFirst()
                    .map(message -> AnalyzerIdentity.parse(message.reply()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // it may be for this very reply that the session failed
        }
    }

    private static List<Finding> findings(JournaledSession session) {
        List<Finding> findings = new ArrayList<>();
        for (JournalRecord record : session.records()) {
            if (record.kind() == Kind.FINDING) {
                findings.add(Finding.warning(record.value(0), record.value(1)).when(record.at()));
            }
        }
        return findings;
    }

    private static List<Message> messages(JournaledSession session) {
        List<Message> messages = new ArrayList<>();
        for (JournalRecord record : session.records()) {
            if (record.kind() == Kind.EXCHANGE) {
                messages.add(new Message(record.value(0), seconds(record, 1), record.value(2), seconds(record, 3)));
            }
        }
        return messages;
    }

    private static Map<Phase, List<PhaseMark>> marks(JournaledSession session) {
        Map<Phase, List<PhaseMark>> marks = new EnumMap<>(Phase.class);
        for (JournalRecord record : session.records()) {
            if (record.kind() == Kind.MARK) {
                Phase.ofWord(record.value(0))
                        .ifPresent(phase -> marks.computeIfAbsent(phase, key -> new ArrayList<>())
                                .add(new PhaseMark(seconds(record, 2), seconds(record, 3))));
            }
        }
        return marks;
    }

    private static double seconds(JournalRecord record, int index) {
        return record.value(index).isEmpty() ? 0 : Double.parseDouble(record.value(index));
    }
}
