package dev.wattline.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file of ASCII, byte for byte as ISO-8859-1, which never fails; LF ends a line, CRs before it
 * are dropped (PTDaemon's log on Windows has two).
 * No more than a number of characters of a line is kept, whatever its length. Not safe for use by several threads.
 */
public final class BoundedLines implements Closeable {
    private static final int BUFFER = 1 << 15;

    private final InputStream in;
    private final int limit;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private long cut;

    /**
     * @param limit how many characters of a line are kept
     */
    public BoundedLines(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /**
     * The next line without its end, cut to the limit; null behind the last.
     *
     * @throws IOException if the source cannot be read
     */
    public @Nullable String next() throws IOException {
        if (at == end && !fill()) {
            return null;
        }
        int newline = newline();
        if (newline < end) {
            String line = text(at, newline);
            at = newline + 1;
            return line;
        }
        return longLine();
    }

    /** How many of the lines so far were longer than the limit. */
    public long cutLines() {
        return cut;
    }

    /** A line that goes on in the next buffer. */
    private String longLine() throws IOException {
        StringBuilder line = new StringBuilder(256);
        boolean more = true;
        boolean tooLong = false;
        while (more) {
            int newline = newline();
            int kept = Math.min(newline - at, limit - line.length());
            tooLong |= kept < newline - at;
            line.append(new String(buffer, at, kept, StandardCharsets.ISO_8859_1));
            at = Math.min(newline + 1, end);
            more = newline == end && fill();
        }
        if (tooLong) {
            cut++;
        }
        int length = line.length();
        while (length > 0 && line.charAt(length - 1) == '\r') {
            length--;
        }
        return line.substring(0, length);
    }

    private int newline() {
        int i = at;
        while (i < end && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    private String text(int from, int to) {
        int length = to - from;
        while (length > 0 && buffer[from + length - 1] == '\r') {
            length--;
        }
        if (length > limit) {
            cut++;
        }
        return new String(buffer, from, Math.min(length, limit), StandardCharsets.ISO_8859_1);
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer, 0, BUFFER));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
