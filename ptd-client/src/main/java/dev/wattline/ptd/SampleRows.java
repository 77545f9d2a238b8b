package dev.wattline.ptd;

import dev.wattline.model.PowerSample;
import dev.wattline.model.SplRow;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.Stream;

/**
 * The rows of an {@code RL} reply: kept as the bytes that came, turned into text and numbers only when asked for, so that
 * 100 000 rows cost about their own size. Immutable and safe for use by several threads.
 */
public final class SampleRows {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final SampleRows NONE = new SampleRows("", false, List.of(), new long[0], new int[0], 0);

    private final String header;
    private final boolean announced;
    private final List<byte[]> chunks;
    private final long[] starts; // of each row: chunk in the high half, offset in it in the low one
    private final int[] lengths; // of each row, bytes
    private final int size;

    private SampleRows(String header, boolean announced, List<byte[]> chunks, long[] starts, int[] lengths, int size) {
        this.header = header;
        this.announced = announced;
        this.chunks = chunks;
        this.starts = starts;
        this.lengths = lengths;
        this.size = size;
    }

    /** What stands in for the rows of a reply that has none by its nature. */
    static SampleRows none() {
        return NONE;
    }

    /** No rows, with the line that said so. */
    static SampleRows empty(String header) {
        return new SampleRows(header, true, List.of(), new long[0], new int[0], 0);
    }

    /** The line that announced the rows, such as {@code Last 20 samples}. */
    public String header() {
        return header;
    }

    boolean announced() {
        return announced;
    }

    /** The number of rows, equal to the number announced. */
    public int size() {
        return size;
    }

    /** The text of a row from 0, as it came but for its line end. Bytes that are no UTF-8 are replaced. */
    public String row(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("row " + index + " of " + size);
        }
        byte[] chunk = chunks.get((int) (starts[index] >>> 32));
        return new String(chunk, (int) starts[index], lengths[index], StandardCharsets.UTF_8);
    }

    /** All rows as text, a view that makes each one when it is asked for. */
    public List<String> rows() {
        return new View();
    }

    /**
     * The values of a row from 0.
     *
     * @throws IllegalArgumentException if the row is none of an analyzer's; the message says where
     */
    public PowerSample sample(int index) {
        return SplRow.parse(row(index));
    }

    /** All samples in order; the stream throws as {@link #sample} does. */
    public Stream<PowerSample> samples() {
        return rows().stream().map(SplRow::parse);
    }

    private final class View extends AbstractList<String> implements RandomAccess {
        @Override
        public String get(int index) {
            return row(index);
        }

        @Override
        public int size() {
            return size;
        }
    }

    /** Collects rows in chunks, so that growing copies no text. */
    static final class Builder {
        private static final int FIRST_ROWS = 1024;

        private final List<byte[]> chunks = new ArrayList<>();
        private byte[] chunk = new byte[0]; // the last of the chunks
        private int used; // bytes of that chunk
        private long bytes; // of all rows
        private long[] starts = new long[FIRST_ROWS];
        private int[] lengths = new int[FIRST_ROWS];
        private int size;

        /** Adds the readable bytes as a row. */
        void add(ByteBuf line) {
            int length = line.readableBytes();
            if (chunk.length - used < length || chunks.isEmpty()) {
                chunk = new byte[Math.max(CHUNK_BYTES, length)];
                chunks.add(chunk);
                used = 0;
            }
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, size * 2);
                lengths = Arrays.copyOf(lengths, size * 2);
            }
            line.readBytes(chunk, used, length);
            starts[size] = ((long) (chunks.size() - 1) << 32) | used;
            lengths[size] = length;
            size++;
            used += length;
            bytes += length;
        }

        int size() {
            return size;
        }

        long bytes() {
            return bytes;
        }

        SampleRows build(String header) {
            return new SampleRows(header, true, List.copyOf(chunks), starts, lengths, size);
        }
    }
}
