package dev.wattline.director.journal;

import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.model.Phase;
import dev.wattline.model.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A session as its journal tells it. */
public final class JournaledSession {
    private final Path folder;
    private final List<JournalRecord> records;

    private JournaledSession(Path folder, List<JournalRecord> records) {
        this.folder = folder;
        this.records = List.copyOf(records);
    }

    /** A PTDaemon that was started for the session. */
    public record StartedPtd(int analyzer, long pid, long startedAtMillis, int port, String command) {}

    /** Ranges that an analyzer had before the session. */
    public record InitialRanges(int analyzer, String volts, String amps) {}

    /**
     * Reads the journal of a session.
     *
     * @throws IOException if it has none or it cannot be read
     */
    public static JournaledSession read(Path folder) throws IOException {
        return new JournaledSession(folder, JournalRecord.read(folder));
    }

    /**
     * All sessions in a folder, by name, which is by time.
     *
     * @throws IOException if it cannot be read
     */
    public static List<JournaledSession> all(Path results) throws IOException {
        List<JournaledSession> sessions = new ArrayList<>();
        if (!Files.isDirectory(results)) {
            return sessions;
        }
        try (Stream<Path> folders = Files.list(results)) {
            for (Path folder :
                    folders.sorted(Comparator.comparing(Path::toString)).toList()) {
                if (Files.isRegularFile(folder.resolve(SessionJournal.FILE), LinkOption.NOFOLLOW_LINKS)) {
                    sessions.add(read(folder));
                }
            }
        }
        return sessions;
    }

    /**
     * The latest sessions in a folder that are closed, the latest first.
     *
     * @param most how many; no more journals than that are read, beside those of sessions that are open
     * @throws IOException if one cannot be read
     */
    public static List<JournaledSession> latestClosed(Path results, int most) throws IOException {
        List<Path> named;
        try (Stream<Path> folders = Files.list(results)) {
            named = folders.filter(folder -> SessionId.isSessionId(String.valueOf(folder.getFileName())))
                    .filter(folder ->
                            Files.isRegularFile(folder.resolve(SessionJournal.FILE), LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.comparing(Path::toString).reversed())
                    .toList();
        }
        List<JournaledSession> closed = new ArrayList<>();
        for (Path folder : named) {
            if (closed.size() == most) {
                break;
            }
            JournaledSession session = read(folder);
            if (session.isClosed()) {
                closed.add(session);
            }
        }
        return closed;
    }

    public Path folder() {
        return folder;
    }

    public List<JournalRecord> records() {
        return records;
    }

    /** The session's id, which is its folder's name. */
    public String id() {
        return String.valueOf(folder.getFileName());
    }

    /** When it was opened; the epoch if the journal does not say. */
    public Instant openedAt() {
        return first(Kind.OPENED).map(JournalRecord::at).orElse(Instant.EPOCH);
    }

    public Optional<JournalRecord> opened() {
        return first(Kind.OPENED);
    }

    /** The last state entered. */
    public String state() {
        return last(Kind.STATE).map(record -> record.value(1)).orElse("INITIAL");
    }

    /** Why it failed; empty if it did not. */
    public Optional<String> failure() {
        return last(Kind.STATE)
                .filter(record -> record.value(1).equals("FAILED"))
                .map(record -> record.value(2));
    }

    /** Whether it was ended in order, be it as failed. */
    public boolean isClosed() {
        return first(Kind.CLOSED).isPresent();
    }

    /** When its summary was written; empty if it was not closed. */
    public Optional<Instant> closedAt() {
        return last(Kind.CLOSED).map(JournalRecord::at);
    }

    /** {@code done} or {@code failed}; empty if it was not closed. */
    public String outcome() {
        return last(Kind.CLOSED).map(record -> record.value(0)).orElse("");
    }

    /** Whether a client said that it has all it wants. */
    public boolean isDelivered() {
        return first(Kind.DELIVERED).isPresent();
    }

    /** The phase whose samples were not saved: the one being measured when the session failed, or when its journal ended. */
    public Optional<Phase> measuring() {
        String measuring = last(Kind.STATE)
                .map(record -> record.value(record.value(1).equals("FAILED") ? 0 : 1))
                .orElse("");
        return switch (measuring) {
            case "RANGING" -> Optional.of(Phase.RANGING);
            case "TESTING" -> Optional.of(Phase.TESTING);
            default -> Optional.empty();
        };
    }

    /** PTDaemons that were started and may still run. */
    public List<StartedPtd> openPtds() {
        List<StartedPtd> open = new ArrayList<>();
        for (JournalRecord record : records) {
            int analyzer = (int) record.number(0);
            if (record.kind() == Kind.PTD_STARTED) {
                open.add(new StartedPtd(
                        analyzer, record.number(1), record.number(2), (int) record.number(3), record.value(4)));
            } else if (record.kind() == Kind.RESTORED) {
                open.removeIf(started -> started.analyzer() == analyzer);
            }
        }
        return open;
    }

    /** Ranges that were read and not restored. */
    public List<InitialRanges> openRanges() {
        Map<Integer, InitialRanges> open = new TreeMap<>();
        for (JournalRecord record : records) {
            int analyzer = (int) record.number(0);
            if (record.kind() == Kind.RANGES) {
                open.put(analyzer, new InitialRanges(analyzer, record.value(1), record.value(2)));
            } else if (record.kind() == Kind.RESTORED) {
                open.remove(analyzer);
            }
        }
        return List.copyOf(open.values());
    }

    private Optional<JournalRecord> first(Kind kind) {
        return records.stream().filter(record -> record.kind() == kind).findFirst();
    }

    private Optional<JournalRecord> last(Kind kind) {
        return records.stream().filter(record -> record.kind() == kind).reduce((one, later) -> later);
    }
}
