package dev.wattline.records.json;

import dev.wattline.compliance.run.OrderedWork;
import dev.wattline.model.IoErrors;
import dev.wattline.records.RecordsException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * Reads an index in two passes, each on all processors: first which line of a session is its last, then of these lines the wanted
 * keys alone. What it keeps does not grow with the lines but by some 64 bytes a session. A line that is no JSON, such as one that a crash cut, is
 * passed over and counted. Not safe for use by several threads.
 */
public final class IndexScan {
    private static final byte[] SESSION = "\"session\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK = 1 << 18;
    private static final int MAX_LINE = 1 << SessionPlaces.LENGTH_BITS;
    private static final long SECTION = 4L << 20; // bytes that are worth a thread
    private static final int BLOCK = 256; // lines whose values may wait for their turn
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
        WantedKeys wanted = WantedKeys.of(keys);
        read(in -> {
            long[] places = places(in);
            List<Integer> begins = new ArrayList<>();
            for (int begin = 0; begin < places.length; begin += BLOCK) {
                begins.add(begin);
            }
            inOrder(
                    begins,
                    begin -> {
                        Rows rows = new Rows(wanted, keys.size());
                        visit(in, places, begin, Math.min(begin + BLOCK, places.length), rows::add);
                        return rows;
                    },
                    rows -> {
                        damaged += rows.damaged;
                        rows.all.forEach(visitor::row);
                    });
        });
    }

    private interface Work<T, R> {
        R of(T item) throws IOException;
    }

    /** On as many threads as there are processors, where there is enough to do; the results on this one, in order. */
    private <T, R> void inOrder(List<T> items, Work<T, R> work, Consumer<R> results) throws IOException {
        if (items.size() < 2) {
            for (T item : items) {
                results.accept(work.of(item));
            }
            return;
        }
        try {
            OrderedWork.run(
                    items,
                    Runtime.getRuntime().availableProcessors(),
                    item -> {
                        try {
                            return work.of(item);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    results);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RecordsException("interrupted while " + file + " was read", null, e);
        }
    }

    /** The wanted keys of some lines. */
    private static final class Rows {
        private final List<@Nullable String[]> all = new ArrayList<>(BLOCK);
        private final WantedKeys wanted;
        private final PlainLine plain;
        private final int width;
        private int damaged;

        Rows(WantedKeys wanted, int width) {
            this.wanted = wanted;
            this.plain = new PlainLine(wanted);
            this.width = width;
        }

        void add(byte[] bytes, int from, int length) {
            @Nullable String[] values = new @Nullable String[width];
            if (!plain.read(bytes, from, length, values)) {
                Arrays.fill(values, null);
                if (!readAny(bytes, from, length, wanted, values)) {
                    damaged++;
                    return;
                }
            }
            all.add(values);
        }
    }

    /** Reads the wanted keys of any line; false if it is no JSON. */
    static boolean readAny(byte[] bytes, int from, int length, WantedKeys wanted, @Nullable String[] values) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, from, length)) {
            parser.nextToken();
            object(parser, wanted, values);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Gives each session's line as a tree. */
    void trees(Consumer<JsonNode> visitor) {
        read(in -> {
            long[] places = places(in);
            visit(in, places, 0, places.length, (bytes, from, length) -> {
                try {
                    visitor.accept(IndexLine.tree(bytes, from, length));
                } catch (IllegalArgumentException e) {
                    damaged++;
                }
            });
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

    private static void object(JsonParser parser, WantedKeys wanted, @Nullable String[] values) {
        for (JsonToken token = parser.nextToken(); token == JsonToken.PROPERTY_NAME; token = parser.nextToken()) {
            WantedKeys child = wanted.child(parser.currentName());
            JsonToken value = parser.nextToken();
            if (child == null) {
                parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT) {
                object(parser, child, values);
            } else {
                child.put(value == JsonToken.START_ARRAY ? elements(parser) : parser.getString(), values);
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

    private interface Reading {
        void of(FileChannel in) throws IOException;
    }

    private void read(Reading reading) {
        damaged = 0;
        if (!Files.exists(file)) {
            throw new RecordsException(
                    "there is no index " + file,
                    "'wattline index rebuild FOLDER' makes one of the sessions below the folder.",
                    null);
        }
        try (FileChannel in = FileChannel.open(file)) {
            reading.of(in);
        } catch (IOException e) {
            throw new RecordsException("cannot read " + file + ": " + IoErrors.of(e), null, e);
        }
    }

    /** A part of the file: the lines that begin in it. */
    private record Section(long from, long to) {}

    /** Where the last line of each session is, in the order of the file. */
    private long[] places(FileChannel in) throws IOException {
        long size = in.size();
        long parts = Math.max(1, Math.min(size / SECTION, Runtime.getRuntime().availableProcessors()));
        List<Section> sections = new ArrayList<>();
        for (long i = 0; i < parts; i++) {
            sections.add(new Section(size * i / parts, i + 1 == parts ? Long.MAX_VALUE : size * (i + 1) / parts));
        }
        SessionPlaces all = new SessionPlaces();
        inOrder(sections, section -> places(in, section), found -> {
            damaged += found.damaged();
            all.putAll(found);
        });
        return all.inOrder();
    }

    private SessionPlaces places(FileChannel in, Section section) throws IOException {
        SessionPlaces last = new SessionPlaces();
        lines(in, section, (at, bytes, from, length) -> {
            long session = session(bytes, from, length);
            if (session != 0) {
                last.put(session, at, length);
            } else if (length > 0) {
                last.addDamaged();
            }
        });
        return last;
    }

    /** Gives the lines at some of these places, in chunks that begin with a line. */
    private static void visit(FileChannel in, long[] places, int first, int end, LineVisitor visitor)
            throws IOException {
        byte[] chunk = {};
        long begin = 0;
        int filled = 0;
        for (int i = first; i < end; i++) {
            long at = SessionPlaces.offset(places[i]);
            int length = SessionPlaces.length(places[i]);
            if (at + length > begin + filled) {
                chunk = length > chunk.length ? new byte[Math.max(length, CHUNK)] : chunk;
                begin = at;
                // No further than these lines lie: what comes behind is another's.
                long last = SessionPlaces.offset(places[end - 1]) + SessionPlaces.length(places[end - 1]);
                ByteBuffer target = ByteBuffer.wrap(chunk, 0, (int) Math.min(chunk.length, last - at));
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

    private interface PlacedLineVisitor {
        void line(long at, byte[] bytes, int from, int length);
    }

    private void lines(FileChannel in, Section section, PlacedLineVisitor visitor) throws IOException {
        byte[] buffer = new byte[CHUNK];
        boolean within = section.from() > 0; // in a line of the section before, or at its end
        long position = within ? section.from() - 1 : 0; // of the buffer's first byte
        int filled = 0;
        while (true) {
            int read = in.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled), position + filled);
            if (read < 0) {
                if (!within) {
                    visitor.line(position, buffer, 0, filled); // a last line without its end
                }
                return;
            }
            int searchFrom = filled;
            filled += read;
            int start = 0;
            for (int i = searchFrom; i < filled; i++) {
                if (buffer[i] == '\n') {
                    if (!within) {
                        visitor.line(position + start, buffer, start, i - start);
                    }
                    within = false;
                    start = i + 1;
                    if (position + start >= section.to()) {
                        return;
                    }
                }
            }
            start = within ? filled : start;
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            position += start;
            if (filled == buffer.length) {
                if (filled >= MAX_LINE) {
                    throw new RecordsException("a line of " + file + " is longer than 16 MiB", null, null);
                }
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
        }
    }
}
