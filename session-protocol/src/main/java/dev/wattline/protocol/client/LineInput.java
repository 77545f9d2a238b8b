package dev.wattline.protocol.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wattline.protocol.ControlProtocol;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines, and raw bytes between them, from one stream: lines end with LF, all trailing CRs are dropped, and bytes
 * that are no UTF-8 are replaced. A read that times out loses nothing. For one thread at a time.
 */
final class LineInput {
    private final InputStream in;
    private final int longest; // bytes in a line, with its terminator
    private final byte[] buffer;
    private int from; // first byte not yet consumed
    private int to; // end of the bytes in the buffer
    private int scanned; // bytes from 'from' on that hold no LF

    LineInput(InputStream in) {
        this(in, ControlProtocol.MAX_LINE_BYTES);
    }

    /** @param longest how many bytes a line may have, its terminator included */
    LineInput(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
        this.buffer = new byte[Math.max(longest, ControlProtocol.MAX_LINE_BYTES * 4)];
    }

    /**
     * Reads a line, or null at the end of the stream; what came after the last LF is dropped, as nobody finished it.
     *
     * @throws LineTooLongException after so many bytes without an end
     */
    @Nullable
    String readLine() throws IOException {
        while (true) {
            for (int i = from + scanned; i < to; i++) {
                if (buffer[i] == '\n') {
                    return take(i);
                }
            }
            scanned = to - from;
            if (scanned >= longest) {
                throw new LineTooLongException(longest);
            }
            if (!fill()) {
                return null;
            }
        }
    }

    private String take(int end) {
        int last = end;
        while (last > from && buffer[last - 1] == '\r') {
            last--;
        }
        String line = new String(buffer, from, last - from, UTF_8);
        from = end + 1;
        scanned = 0;
        return line;
    }

    private boolean fill() throws IOException {
        if (to == buffer.length) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        int read = in.read(buffer, to, buffer.length - to);
        if (read > 0) {
            to += read;
        }
        return read >= 0;
    }

    /** Reads up to this many raw bytes, at least one; -1 at the end of the stream. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (from == to) {
            return in.read(target, offset, length);
        }
        int count = Math.min(length, to - from);
        System.arraycopy(buffer, from, target, offset, count);
        from += count;
        scanned = 0;
        return count;
    }

    /** The peer sent more without an end of line than a line may have. */
    static final class LineTooLongException extends IOException {
        LineTooLongException(int longest) {
            super("a line of more than " + longest + " bytes");
        }
    }
}
