package dev.wattline.ledger.read.json;

import dev.wattline.files.BoundedLines;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The lines of a log in MLPerf's logging form: anything, then {@code :::MLLOG} and a JSON object with {@code time_ms}
 * (milliseconds since 1970), {@code key}, {@code value} and {@code metadata}. All other lines are passed over. Not safe for
 * use by several threads.
 */
public final class MllogLines implements Closeable {
    private static final String MARKER = ":::MLLOG";
    private static final int MAX_LINE = 1 << 16;

    /**
     * An entry.
     *
     * @param line its line in the file, from 1
     * @param millis its stamp, milliseconds since 1970
     * @param number its value where that is a number, also one in quotes; NaN otherwise
     * @param status {@code metadata.status}, such as {@code success}, or null
     */
    public record Entry(
            long line,
            long millis,
            String key,
            double number,
            @Nullable String status) {}

    private final BoundedLines lines;
    private final Set<String> wanted;
    private long line;
    private long unreadable;
    private long firstUnreadable;

    private MllogLines(BoundedLines lines, Set<String> wanted) {
        this.lines = lines;
        this.wanted = wanted;
    }

    /**
     * @param wanted the keys of the entries to give; others are not parsed
     * @throws IOException if the file cannot be opened
     */
    public static MllogLines open(Path file, Set<String> wanted) throws IOException {
        return new MllogLines(new BoundedLines(Files.newInputStream(file), MAX_LINE), wanted);
    }

    /**
     * The next entry with a wanted key; null at the end.
     *
     * @throws IOException if the file cannot be read
     */
    public @Nullable Entry next() throws IOException {
        for (String text = lines.next(); text != null; text = lines.next()) {
            line++;
            int at = text.indexOf(MARKER);
            if (at < 0 || !mentionsOne(text)) {
                continue;
            }
            Entry entry = entry(text.substring(at + MARKER.length()));
            if (entry != null && wanted.contains(entry.key())) {
                return entry;
            }
        }
        return null;
    }

    private boolean mentionsOne(String text) {
        for (String key : wanted) {
            if (text.contains(key)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Entry entry(String json) {
        try {
            JsonNode node = JsonFile.MAPPER.readTree(json);
            JsonNode stamp = node.path("time_ms");
            if (!stamp.isNumber() || !node.path("key").isString()) {
                return unreadable();
            }
            JsonNode status = node.path("metadata").path("status");
            return new Entry(
                    line,
                    stamp.asLong(),
                    node.path("key").asString(),
                    number(node.path("value")),
                    status.isString() ? status.asString() : null);
        } catch (JacksonException e) {
            return unreadable(); // counted and told as a finding with its line
        }
    }

    private @Nullable Entry unreadable() {
        if (unreadable++ == 0) {
            firstUnreadable = line;
        }
        return null;
    }

    private static double number(JsonNode value) {
        if (value.isNumber()) {
            return value.asDouble();
        }
        if (value.isString()) {
            try {
                return Double.parseDouble(value.asString());
            } catch (NumberFormatException e) {
                return Double.NaN; // the value "null" of a mark
            }
        }
        return Double.NaN;
    }

    /** How many lines with a wanted key are no entries. */
    public long unreadableLines() {
        return unreadable;
    }

    /** The first of them, from 1; 0 if there is none. */
    public long firstUnreadableLine() {
        return firstUnreadable;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
