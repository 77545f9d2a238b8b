package dev.wattline.director.restore;

import dev.wattline.director.journal.JournaledSession;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of sessions that were closed before their ranges were restored: {@code server.json} and the journal are
 * corrected when they are. A session that is not closed yet is left alone, for it writes down its end itself. Safe for use
 * by several threads.
 */
final class ClosedSessions {
    private static final Logger LOG = LoggerFactory.getLogger(ClosedSessions.class);

    private final Path results;
    private final TimeSource time;

    /** @param results folder of the sessions */
    ClosedSessions(Path results, TimeSource time) {
        this.results = results;
        this.time = time;
    }

    /** Takes down that these ranges are restored, unless the records say so. */
    synchronized void restored(OpenRestore open) {
        SessionFolder folder = new SessionFolder(results.resolve(open.session()));
        try {
            if (!Files.exists(folder.serverJson())
                    || !JournaledSession.read(folder.root()).isClosed()) {
                return;
            }
            SessionSummary summary = SummaryJson.read(folder.serverJson());
            Map<String, Object> own = new LinkedHashMap<>(summary.wattline());
            if (close(own, open.analyzer())) {
                Instant now = time.now();
                find(own, open, now);
                own.computeIfPresent(
                        "failure",
                        (key, cause) -> cause + "; since " + now + " analyzer " + open.analyzer() + " has them");
                SummaryJson.write(folder.serverJson(), summary.withWattline(own));
                try (SessionJournal journal = SessionJournal.open(folder.root(), time)) {
                    journal.add(Kind.RESTORED, open.analyzer());
                }
                LOG.info("session={} its summary says now that {} are restored", open.session(), open.describe());
            }
        } catch (IOException | UncheckedIOException | SessionFilesException e) {
            // The ranges are restored, and that is what counts.
            LOG.warn(
                    "session={} its records still say that ranges are not restored: {}",
                    open.session(),
                    e.getMessage());
        }
    }

    /** Removes the open restore of an analyzer; false if there is none. */
    private static boolean close(Map<String, Object> own, int number) {
        List<Object> analyzers = new ArrayList<>();
        boolean closed = false;
        for (Object analyzer : list(own.get("analyzers"))) {
            Map<Object, Object> copy = new LinkedHashMap<>((Map<?, ?>) analyzer);
            if (copy.get("number") instanceof Number one && one.intValue() == number) {
                closed = copy.remove("open_restore") != null;
            }
            analyzers.add(copy);
        }
        own.put("analyzers", analyzers);
        return closed;
    }

    private static void find(Map<String, Object> own, OpenRestore open, Instant at) {
        List<Object> findings = new ArrayList<>(list(own.get("findings")));
        Map<String, Object> finding = new LinkedHashMap<>();
        finding.put("code", "ranges-restored");
        finding.put("at", at.toString());
        finding.put("text", open.describe() + ", were restored after the session was closed");
        findings.add(finding);
        own.put("findings", findings);
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
