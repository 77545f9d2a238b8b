package dev.wattline.director.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.director.results.PtdOutput;
import dev.wattline.director.results.ServerLog;
import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.model.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written when a session is over: PTDaemon's output, the end of {@code server.log}, {@code server.json}, and the
 * journal's last line. What a full disk has kept from being written can be tried again. Safe for use by several threads.
 */
final class SessionEnd {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEnd.class);

    private final DirectorContext context;
    private final SessionId id;
    private final SessionFolder folder;

    @GuardedBy("this")
    private final List<Path> outputs;

    private final ServerLog log;
    private final SessionJournal journal;

    @GuardedBy("this")
    private ServerSummary.@Nullable Facts unwritten; // guarded by this

    @GuardedBy("this")
    private boolean noted; // in the journal; guarded by this

    SessionEnd(
            DirectorContext context,
            SessionId id,
            SessionFolder folder,
            List<Analyzer> analyzers,
            ServerLog log,
            SessionJournal journal) {
        this.context = context;
        this.id = id;
        this.folder = folder;
        this.outputs =
                analyzers.stream().map(analyzer -> analyzer.files().output()).toList();
        this.log = log;
        this.journal = journal;
    }

    SessionId id() {
        return id;
    }

    /**
     * Writes it for the first time.
     *
     * @throws IOException if it cannot be written now, with what becomes of it
     */
    synchronized void write(ServerSummary.Facts facts) throws IOException {
        unwritten = facts;
        try {
            writeAgain();
        } catch (IOException e) {
            String text = "could not write the results: " + e.getMessage()
                    + "; they are written as soon as there is room, or at the director's next start";
            LOG.error("session={} {}", id, text);
            throw new IOException(text, e);
        }
    }

    /** Whether the session is over and its end is not on disk. */
    synchronized boolean isUnwritten() {
        return unwritten != null;
    }

    /**
     * Writes what is not yet written.
     *
     * @throws IOException if it cannot be
     */
    synchronized void writeAgain() throws IOException {
        ServerSummary.Facts facts = unwritten;
        if (facts == null) {
            return;
        }
        try {
            PtdOutput.join(outputs, folder.ptdLogs());
            log.close();
            SummaryJson.write(folder.serverJson(), ServerSummary.of(facts, folder, context));
            if (!noted) { // what the journal has no room for it keeps itself
                noted = true;
                journal.add(Kind.CLOSED, facts.outcome());
            }
            journal.end();
        } catch (SessionFilesException | UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        unwritten = null;
        context.restores().closedWith(facts.openRestores());
    }
}
