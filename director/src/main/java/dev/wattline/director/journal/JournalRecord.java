package dev.wattline.director.journal;

import dev.wattline.director.journal.SessionJournal.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of a session's journal.
 *
 * @param at when it was written
 * @param kind what it is about
 * @param values as {@link Kind} lists them
 */
public record JournalRecord(Instant at, Kind kind, List<String> values) {
    public JournalRecord {
        values = List.copyOf(values);
    }

    /** A value by its place, from 0; empty if the line ends before it. */
    public String value(int index) {
        return index < values.size() ? values.get(index) : "";
    }

    /** A value as a number; -1 if it is none. */
    public long number(int index) {
        try {
            return Long.parseLong(value(index));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /**
     * Reads a session's journal. A last line that was cut short, and any line that is none, is left out: the lines before
     * it are whole, because each was on disk before anything else was done.
     *
     * @throws IOException if it cannot be read
     */
    public static List<JournalRecord> read(Path sessionFolder) throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        Path file = sessionFolder.resolve(SessionJournal.FILE);
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
            parse(line).ifPresent(records::add);
        }
        return records;
    }

    private static Optional<JournalRecord> parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length < 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JournalRecord(
                    Instant.parse(fields[0]),
                    Kind.valueOf(fields[1]),
                    List.of(fields).subList(2, fields.length)));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty(); // a cut line, or a kind that only a newer version knows
        }
    }
}
