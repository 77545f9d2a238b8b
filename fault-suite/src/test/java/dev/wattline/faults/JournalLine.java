package dev.wattline.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A line of the journal that a director keeps of each session: an instant, a kind, and values. */
record JournalLine(Instant at, String kind, List<String> values) {

    /** All lines of a session's journal. */
    static List<JournalLine> of(Path session) {
        List<JournalLine> lines = new ArrayList<>();
        for (String line : Lab.read(session.resolve("journal.log")).split("\n")) {
            List<String> fields = List.of(line.split("\t", -1));
            lines.add(new JournalLine(Instant.parse(fields.get(0)), fields.get(1), fields.subList(2, fields.size())));
        }
        return lines;
    }

    /** Waits until a session with this label below a folder has a line in which the pattern is found. */
    static void await(Path results, String label, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        Awaitility.await()
                .alias(pattern + " in the journal")
                .atMost(Lab.PATIENCE)
                .until(() -> {
                    try (Stream<Path> sessions = Files.list(results)) {
                        return sessions.filter(path -> path.toString().endsWith("_" + label))
                                .map(path -> path.resolve("journal.log"))
                                .anyMatch(file -> Files.exists(file)
                                        && wanted.matcher(Lab.read(file)).find());
                    }
                });
    }

    /** The first line of this kind whose values begin with these. */
    static JournalLine first(Path session, String kind, String... values) {
        List<String> wanted = List.of(values);
        return of(session).stream()
                .filter(line -> line.kind().equals(kind)
                        && line.values().size() >= wanted.size()
                        && line.values().subList(0, wanted.size()).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + wanted + " in the journal of " + session));
    }

    /** How long after the first such line the session failed. */
    static Duration failedAfter(Path session, String kind, String... values) {
        return failedAfter(session, first(session, kind, values));
    }

    /** How long after PTDaemon had given this reply the session failed. */
    static Duration failedAfterReply(Path session, String reply) {
        return failedAfter(
                session,
                of(session).stream()
                        .filter(line -> line.kind().equals("PTD_REPLY")
                                && line.values().get(2).equals(reply))
                        .findFirst()
                        .orElseThrow(
                                () -> new AssertionError("no reply '" + reply + "' in the journal of " + session)));
    }

    private static Duration failedAfter(Path session, JournalLine cause) {
        JournalLine failed = of(session).stream()
                .filter(line ->
                        line.kind().equals("STATE") && line.values().get(1).equals("FAILED"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no failure in the journal of " + session));
        return Duration.between(cause.at(), failed.at());
    }
}
