package dev.wattline.cli.results;

import dev.wattline.cli.json.ListedSession;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.ResultsFolder;
import dev.wattline.director.journal.JournaledSession;
import dev.wattline.director.journal.SessionPruning;
import dev.wattline.director.restore.OpenRestore;
import dev.wattline.director.restore.OpenRestoreStore;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SplReader;
import dev.wattline.model.Phase;
import dev.wattline.model.PowerSample;
import dev.wattline.model.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
            "  wattline sessions --json      the same for a program",
            "",
            "An open session belongs to a running director, or to one that was killed: the",
            "next start closes it. Below the sessions stand the analyzers that do not have",
            "the ranges again that they had before one: the director restores them when the",
            "session ends, or as soon as the analyzer answers."
        })
public final class SessionsCommand implements Callable<Integer> {
    private static final double MEGABYTE = 1e6;
    private static final String NONE = "-";
    private static final int TEXT_COLUMNS = 4; // the others are numbers, set flush right

    @Mixin
    final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FOLDER", arity = "0..1", description = "The director's resultsDir. Default: logs.")
    private Path folder = Path.of("logs");

    @Option(names = "--json", description = "Print the sessions as a JSON array.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ResultsFolder.require(folder);
        OpenRestoreStore store = new OpenRestoreStore(folder);
        List<OpenRestore> restores = store.all();
        List<ListedSession> sessions = new ArrayList<>();
        for (JournaledSession session : JournaledSession.all(folder)) {
            if (SessionId.isSessionId(session.id())) {
                sessions.add(listed(session, restores));
            }
        }
        if (json) {
            System.out.println(ListedSession.json(sessions));
            restores.stream() // of a session that was deleted
                    .filter(open -> sessions.stream().noneMatch(one -> one.id().equals(open.session())))
                    .forEach(open -> System.err.println(text(open, store)));
            return ExitCode.OK.code();
        }
        if (sessions.isEmpty()) {
            System.out.println("no sessions in " + folder);
        } else {
            print(sessions);
        }
        restores.forEach(open -> System.out.println(text(open, store)));
        return ExitCode.OK.code();
    }

    private static ListedSession listed(JournaledSession session, List<OpenRestore> restores) throws IOException {
        Instant opened = session.openedAt();
        return new ListedSession(
                session.id(),
                session.isClosed() ? session.outcome() : "open",
                session.isDelivered(),
                session.opened().map(record -> host(record.value(3))).orElse(""),
                opened,
                session.closedAt().map(closed -> Duration.between(opened, closed)),
                meanWatts(new SessionFolder(session.folder()).spl(Phase.TESTING)),
                SessionPruning.size(session.folder()),
                restores.stream()
                        .filter(open -> open.session().equals(session.id()))
                        .toList());
    }

    /** The address without its port. */
    private static String host(String address) {
        int port = address.lastIndexOf(':');
        return port < 0 ? address : address.substring(0, port);
    }

    /** Mean of all readings of a power log, W; empty where there is none. */
    private static OptionalDouble meanWatts(Path log) throws IOException {
        if (!Files.exists(log)) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        long count = 0;
        try (SplReader reader = SplReader.open(log)) {
            for (PowerSample sample = reader.next(); sample != null; sample = reader.next()) {
                double watts = sample.reading().decodedWatts();
                if (!Double.isNaN(watts)) {
                    sum += watts;
                    count++;
                }
            }
        }
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }

    private static void print(List<ListedSession> sessions) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("session", "end", "delivered", "SUT", "time", "W", "MB"));
        for (ListedSession session : sessions) {
            rows.add(List.of(
                    session.id(),
                    session.end(),
                    session.delivered() ? "yes" : "no",
                    session.sut().isEmpty() ? NONE : session.sut(),
                    session.took().map(SessionsCommand::minutes).orElse(NONE),
                    session.watts().isPresent()
                            ? String.format(Locale.ROOT, "%.1f", session.watts().getAsDouble())
                            : NONE,
                    String.format(Locale.ROOT, "%.1f", session.bytes() / MEGABYTE)));
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(one -> one.get(at).length())
                        .max()
                        .orElse(0);
                String pad = " ".repeat(width - row.get(column).length());
                line.append(column == 0 ? "" : "  ");
                line.append(column < TEXT_COLUMNS ? row.get(column) + pad : pad + row.get(column));
            }
            System.out.println(line);
        }
        long total = sessions.stream().mapToLong(ListedSession::bytes).sum();
        System.out.printf(
                Locale.ROOT,
                "%d %s, %.1f MB; W is the mean while testing%n",
                sessions.size(),
                sessions.size() == 1 ? "session" : "sessions",
                total / MEGABYTE);
    }

    /** As {@code 3:07}, minutes and seconds. */
    private static String minutes(Duration took) {
        return String.format(Locale.ROOT, "%d:%02d", took.toMinutes(), took.toSecondsPart());
    }

    private static String text(OpenRestore open, OpenRestoreStore store) {
        return open.describe() + ", are to be restored"
                + (open.cause().isEmpty() ? "" : "; the last attempt failed: " + open.cause()) + " (" + store.file(open)
                + ")";
    }
}
