package dev.wattline.records.json;

import dev.wattline.model.IoErrors;
import dev.wattline.records.RecordsException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/**
 * Reads an index as a stream: first which line of a session is its last, then of these lines the wanted keys alone. What it
 * keeps does not grow with the lines but by some 64 bytes a session. A line that is no JSON, such as one that a crash cut, is
 * passed over and counted. Not safe for use by several threads.
 */
public final class IndexScan {
    private static final byte[] SESSION = "\"session\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK = 1 << 18;
    private static final int LENGTH_BITS = 24;
    private static final int MAX_LINE = 1 << LENGTH_BITS;
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Path file;
    private int damaged;

    public IndexScan(Path file) {
        this.file = file;
    }

    /** How many lines the last scan passed over because they are no JSON. */
    public int damaged() {
        return damaged;
    }

    /**
     * Gives the wanted keys of each session, in the order of the lines that count.
     *
     * @param keys dotted where they are in an object, such as {@code power.mean}
     */
    public void rows(List<String> keys, RowVisitor visitor) {
        Node wanted = new Node();
        for (int i = 0; i < keys.size(); i++) {
            wanted.add(keys.get(i), i);
        }
        @Nullable String[] values = new @Nullable String[keys.size()];
        lastLines((bytes, from, length) -> {
            Arrays.fill(values, null);
            try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, from, length)) {
                parser.nextToken();
                object(parser, wanted, values);
                visitor.row(values);
            } catch (JacksonException e) {
                damaged++;
            }
        });
    }

    /** Gives each session's line as a tree. */
    void trees(Consumer<JsonNode> visitor) {
        lastLines((bytes, from, length) -> {
            try {
                visitor.accept(IndexLine.tree(bytes, from, length));
            } catch (IllegalArgumentException e) {
                damaged++;
            }
        });
    }

    /** All keys that the sessions have, dotted. */
    public Set<String> keys() {
        Set<String> all = new TreeSet<>();
        trees(tree -> keys("", tree, all));
        return all;
    }

    private static void keys(String prefix, JsonNode tree, Set<String> all) {
        tree.propertyStream().forEach(property -> {
            if (property.getValue().isObject()) {
                keys(prefix + property.getKey() + ".", property.getValue(), all);
            } else {
                all.add(prefix + property.getKey());
            }
        });
    }

    /** The wanted keys as a tree. */
    private static final class Node {
        private final Map<String, Node> children = new HashMap<>();
        private int[] slots = {};

        void add(String key, int slot) {
            int dot = key.indexOf('.');
            Node child = children.computeIfAbsent(dot < 0 ? key : key.substring(0, dot), name -> new Node());
            if (dot >= 0) {
                child.add(key.substring(dot + 1), slot);
            } else {
                child.slots = Arrays.copyOf(child.slots, child.slots.length + 1);
                child.slots[child.slots.length - 1] = slot;
            }
        }
    }

    private static void object(JsonParser parser, Node wanted, @Nullable String[] values) {
        for (JsonToken token = parser.nextToken(); token == JsonToken.PROPERTY_NAME; token = parser.nextToken()) {
            Node child = wanted.children.get(parser.currentName());
            JsonToken value = parser.nextToken();
            if (child == null) {
                parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT) {
                object(parser, child, values);
            } else {
                String text = value == JsonToken.START_ARRAY ? elements(parser) : parser.getString();
                for (int slot : child.slots) {
                    values[slot] = text;
                }
            }
        }
    }

    private static String elements(JsonParser parser) {
        StringBuilder out = new StringBuilder();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token.isStructStart()) {
                parser.skipChildren();
            } else {
                out.append(out.length() == 0 ? "" : ",").append(parser.getString());
            }
        }
        return out.toString();
    }

    private interface LineVisitor {
        void line(byte[] bytes, int from, int length);
    }

    private void lastLines(LineVisitor visitor) {
        damaged = 0;
        if (!Files.exists(file)) {
            throw new RecordsException(
                    "there is no index " + file,
                    "'wattline index rebuild FOLDER' makes one of the sessions below the folder.",
                    null);
        }
        try (FileChannel in = FileChannel.open(file)) {
            visit(in, places(in), visitor);
        } catch (IOException e) {
            throw new RecordsException("cannot read " + file + ": " + IoErrors.of(e), null, e);
        }
    }

    /** Where the last line of each session is, in the order of the file. */
    private long[] places(FileChannel in) throws IOException {
        LastLines last = new LastLines();
        long[] read = {0}; // bytes before the line
        lines(Channels.newInputStream(in), (bytes, from, length) -> {
            long session = session(bytes, from, length);
            if (session != 0) {
                last.put(session, read[0] << LENGTH_BITS | length);
            } else {
                damaged += length > 0 ? 1 : 0;
            }
            read[0] += length + 1;
        });
        return last.inOrder();
    }

    /** Gives the lines at these places, in chunks that begin with a line. */
    private static void visit(FileChannel in, long[] places, LineVisitor visitor) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long begin = 0;
        int filled = 0;
        for (long place : places) {
            long at = place >>> LENGTH_BITS;
            int length = (int) (place & (1L << LENGTH_BITS) - 1);
            if (at + length > begin + filled) {
                chunk = length > chunk.length ? new byte[length] : chunk;
                begin = at;
                ByteBuffer target = ByteBuffer.wrap(chunk);
                int more;
                do {
                    more = in.read(target, begin + target.position());
                } while (more > 0 && target.hasRemaining());
                filled = target.position();
                if (filled < length) {
                    throw new EOFException("it has become shorter while it was read");
                }
            }
            visitor.line(chunk, (int) (at - begin), length);
        }
    }

    /** A hash of the line's session, 64 bits wide; 0 if the line is cut or tells none. */
    private static long session(byte[] bytes, int from, int length) {
        int end = from + length;
        if (length == 0 || bytes[end - 1] != '}') {
            return 0;
        }
        int at = from;
        int limit = Math.min(end - SESSION.length, from + CHUNK);
        while (at < limit && !Arrays.equals(bytes, at, at + SESSION.length, SESSION, 0, SESSION.length)) {
            at++;
        }
        if (at >= limit) {
            return 0;
        }
        long hash = 0xcbf29ce484222325L;
        for (int i = at + SESSION.length; i < end && bytes[i] != '"'; i++) {
            hash = (hash ^ bytes[i]) * 0x100000001b3L;
        }
        return hash == 0 ? 1 : hash;
    }

    private void lines(InputStream in, LineVisitor visitor) throws IOException {
        byte[] buffer = new byte[CHUNK];
        int filled = 0;
        while (true) {
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                visitor.line(buffer, 0, filled); // a last line without its end
                return;
            }
            int searchFrom = filled;
            filled += read;
            int start = 0;
            for (int i = searchFrom; i < filled; i++) {
                if (buffer[i] == '\n') {
                    visitor.line(buffer, start, i - start);
                    start = i + 1;
                }
            }
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            if (filled == buffer.length) {
                if (filled >= MAX_LINE) {
                    throw new RecordsException("a line of " + file + " is longer than 16 MiB", null, null);
                }
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
        }
    }

    /**
     * By a session's hash the place of its last line, in an open table: boxed keys would take ten times as much. A place is
     * the line's offset in the file, and in its lowest bits the line's length, both in bytes.
     */
    private static final class LastLines {
        private long[] sessions = new long[1 << 12];
        private long[] places = new long[1 << 12];
        private int size;

        void put(long session, long place) {
            if (size * 2 >= sessions.length) {
                grow();
            }
            int slot = slot(sessions, session);
            if (sessions[slot] == 0) {
                sessions[slot] = session;
                size++;
            }
            places[slot] = place;
        }

        long[] inOrder() {
            long[] all = new long[size];
            int next = 0;
            for (int i = 0; i < sessions.length; i++) {
                if (sessions[i] != 0) {
                    all[next++] = places[i];
                }
            }
            Arrays.sort(all);
            return all;
        }

        private void grow() {
            long[] oldSessions = sessions;
            long[] oldPlaces = places;
            sessions = new long[oldSessions.length * 2];
            places = new long[sessions.length];
            for (int i = 0; i < oldSessions.length; i++) {
                if (oldSessions[i] != 0) {
                    int slot = slot(sessions, oldSessions[i]);
                    sessions[slot] = oldSessions[i];
                    places[slot] = oldPlaces[i];
                }
            }
        }

        private static int slot(long[] table, long session) {
            int slot = (int) (session ^ (session >>> 32)) & (table.length - 1);
            while (table[slot] != 0 && table[slot] != session) {
                slot = (slot + 1) & (table.length - 1);
            }
            return slot;
        }
    }
}
