package dev.wattline.director.session;

import dev.wattline.director.analyzer.AnalyzerFiles;
import dev.wattline.director.analyzer.RangeRestorer;
import dev.wattline.director.analyzer.Ranges;
import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.journal.JournalRecord;
import dev.wattline.director.journal.JournaledSession;
import dev.wattline.director.journal.JournaledSession.InitialRanges;
import dev.wattline.director.journal.JournaledSession.StartedPtd;
import dev.wattline.director.journal.OrphanedPtd;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.director.results.DataLog;
import dev.wattline.director.results.PowerLog;
import dev.wattline.director.results.PtdOutput;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary.Message;
import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.model.Phase;
import dev.wattline.model.RangeSetting;
import dev.wattline.model.SessionId;
import dev.wattline.model.WattlineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final SessionContext context;

    public InterruptedSessions(SessionContext context) {
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
        // The latest first: should several have left an analyzer changed, the earliest knows what it was before.
        for (int i = open.size() - 1; i >= 0; i--) {
            JournaledSession session = open.get(i);
            LOG.warn("session={} state={} was interrupted and is closed as failed", session.id(), session.state());
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
            for (StartedPtd started : session.openPtds()) {
                OrphanedPtd.find(started).ifPresent(OrphanedPtd::end);
            }
            List<Finding> findings = new ArrayList<>();
            boolean restored = true;
            for (InitialRanges ranges : session.openRanges()) {
                restored &= restore(session, ranges, journal, findings);
            }
            if (SessionId.isSessionId(session.id())) { // else the check before listening
                save(session, folder, findings);
            }
            if (!session.state().equals(SessionState.FAILED.name())) {
                journal.add(Kind.STATE, session.state(), SessionState.FAILED, CAUSE);
            }
            if (restored) {
                journal.add(Kind.CLOSED, "failed"); // else the next start tries to restore the ranges again
            }
        }
    }

    private void save(JournaledSession session, SessionFolder folder, List<Finding> findings) throws IOException {
        if (session.measuring().isPresent()) {
            findings.add(salvage(session.measuring().get(), session, folder));
        }
        Files.createDirectories(folder.power());
        PtdOutput.join(outputs(folder), folder.ptdLogs());
        ServerSummary.Recovered recovered = new ServerSummary.Recovered(
                session.id(),
                session.opened().map(record -> record.value(1)).orElse(""),
                session.opened().map(record -> record.value(2)).orElse(""),
                messages(session),
                marks(session),
                findings,
                CAUSE + " in state " + session.state());
        SummaryJson.write(folder.serverJson(), ServerSummary.of(recovered, folder, context));
    }

    private boolean restore(
            JournaledSession session, InitialRanges initial, SessionJournal journal, List<Finding> findings)
            throws InterruptedException {
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
            return true;
        }
        try {
            Ranges ranges = new Ranges(range(initial.volts()), range(initial.amps()));
            new RangeRestorer(context.config(), context.launcher(), context.connector(), context.time())
                    .restore(
                            analyzer.get(),
                            ranges,
                            session.folder().resolve("analyzers").resolve("restore"));
            journal.add(Kind.RESTORED, initial.analyzer());
            return true;
        } catch (WattlineException e) {
            LOG.error(
                    "session={} analyzer={} volts={} amps={} could not be restored: {}",
                    session.id(),
                    initial.analyzer(),
                    initial.volts(),
                    initial.amps(),
                    e.getMessage());
            findings.add(new Finding("ranges-not-restored", context.time().now(), String.valueOf(e.getMessage())));
            return false;
        }
    }

    private static RangeSetting range(String text) {
        return text.equals("Auto") ? RangeSetting.auto() : RangeSetting.ofText(text);
    }

    private Finding salvage(Phase phase, JournaledSession session, SessionFolder folder) throws IOException {
        String mark = new SessionId(session.id()).mark(phase);
        List<Path> logs = new ArrayList<>();
        int rows = 0;
        for (AnalyzerConfig analyzer : context.config().analyzers()) {
            AnalyzerFiles files = new AnalyzerFiles(folder.analyzers(), analyzer.number());
            rows += DataLog.extract(files.dataLog(), mark, files.rows(phase));
            logs.add(files.rows(phase));
        }
        PowerLog.write(logs, folder.spl(phase));
        LOG.info("session={} phase={} rows={} saved from PTDaemon's log file", session.id(), phase.word(), rows);
        return new Finding(
                "partial",
                context.time().now(),
                phase.word() + " was cut short: " + rows + " rows were taken from PTDaemon's log file");
    }

    private List<Path> outputs(SessionFolder folder) {
        return context.config().analyzers().stream()
                .map(analyzer -> new AnalyzerFiles(folder.analyzers(), analyzer.number()).output())
                .toList();
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
