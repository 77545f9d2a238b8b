package dev.wattline.analysis.powerlog;

import dev.wattline.files.BoundedLines;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a log with their numbers, up to the limit of what is to be read of it. For one thread. */
public final class LogLines implements Closeable {
    private static final int MAX_LINE = 1 << 16;
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF"; // UTF-8's, read byte for byte

    private final BoundedLines lines;
    private final long limit;
    private long bytes;
    private long number;

    /**
     * @throws IOException if the log cannot be opened
     */
    public static LogLines of(LogInput input) throws IOException {
        return new LogLines(input.stream().open(), input.options().limit());
    }

    private LogLines(InputStream in, long limit) {
        this.limit = limit;
        this.lines = new BoundedLines(new Counting(in), MAX_LINE);
    }

    private final class Counting extends FilterInputStream {
        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            bytes += Math.max(0, count);
            return count;
        }
    }

    /** The next line; null behind the last, and where as much was read as is wanted. */
    public @Nullable String next() throws IOException {
        if (bytes > limit) {
            return null;
        }
        String line = lines.next();
        number++;
        return line != null && number == 1 && line.startsWith(BYTE_ORDER_MARK)
                ? line.substring(BYTE_ORDER_MARK.length())
                : line;
    }

    /** Number of the line returned last, from 1. */
    public long number() {
        return number;
    }

    /** Bytes read so far. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
