package dev.wattline.cli;

import dev.wattline.director.journal.JournaledSession;
import dev.wattline.director.journal.SessionPruning;
import dev.wattline.model.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wattline sessions}: what a director has on disk. */
@Command(
        name = "sessions",
        description = "List the sessions in a director's folder: when, how they ended, whether a client has them.",
        footer = {
            "",
            "Examples:",
            "  wattline sessions             those in ./logs",
            "  wattline sessions /srv/power  those in another resultsDir",
            "",
            "An open session belongs to a running director, or to one that was killed: the",
            "next start closes it."
        })
final class SessionsCommand implements Callable<Integer> {
    private static final double MEGABYTE = 1e6;

    @Mixin
    final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FOLDER", arity = "0..1", description = "The director's resultsDir. Default: logs.")
    private Path folder = Path.of("logs");

    @Override
    public Integer call() throws IOException {
        ResultsFolder.require(folder);
        List<JournaledSession> sessions = JournaledSession.all(folder).stream()
                .filter(session -> SessionId.isSessionId(session.id()))
                .toList();
        if (sessions.isEmpty()) {
            System.out.println("no sessions in " + folder);
            return ExitCode.OK.code();
        }
        System.out.printf(Locale.ROOT, "%-36s %-8s %-10s %9s%n", "session", "end", "delivered", "MB");
        long total = 0;
        for (JournaledSession session : sessions) {
            long bytes = SessionPruning.size(session.folder());
            total += bytes;
            System.out.printf(
                    Locale.ROOT,
                    "%-36s %-8s %-10s %9.1f%n",
                    session.id(),
                    session.isClosed() ? session.outcome() : "open",
                    session.isDelivered() ? "yes" : "no",
                    bytes / MEGABYTE);
        }
        System.out.printf(
                Locale.ROOT,
                "%d %s, %.1f MB%n",
                sessions.size(),
                sessions.size() == 1 ? "session" : "sessions",
                total / MEGABYTE);
        return ExitCode.OK.code();
    }
}
