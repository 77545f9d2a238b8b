package dev.wattline.compliance.python;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file as Python's {@code open(path)} gives them: strict UTF-8, decoded 8192 bytes at a time, so that
 * a bad byte is an error as soon as its chunk is needed and not before; CR LF and a lone CR end a line like LF. Only one
 * chunk and one line are held. Not safe for use by several threads.
 */
public final class PyLines implements Closeable {
    /** Longest line in characters that is read; a sample has about a hundred. */
    public static final int MAX_LINE = 1 << 22;

    private static final int CHUNK = 8192;

    private final InputStream in;
    private final byte[] bytes = new byte[CHUNK + 4];
    private final StringBuilder carried = new StringBuilder(); // the beginning of a line that goes on in the next chunk
    private @Nullable CharsetDecoder decoder;
    private int kept; // bytes of an unfinished character at the front of `bytes`
    private boolean returnPending; // the last chunk ended in a CR that may belong to an LF
    private boolean ended;
    private String chunk = "";
    private boolean returns; // whether the chunk has a CR
    private int at;
    private long line; // of the line given last
    private long feeds; // LFs passed so far

    public PyLines(InputStream in) {
        this.in = in;
    }

    /**
     * The next line with its newline, which only the last line may lack; null at the end.
     *
     * @throws PyError if a byte is no UTF-8, or a line is longer than {@link #MAX_LINE}
     * @throws IOException if the file cannot be read
     */
    public @Nullable String next() throws IOException {
        for (; ; ) {
            int feed = chunk.indexOf('\n', at);
            int end = returns ? returnBefore(feed) : feed;
            if (end >= 0) {
                boolean plain = end == feed;
                String text = plain ? chunk.substring(at, end + 1) : chunk.substring(at, end) + '\n';
                at = plain || feed != end + 1 ? end + 1 : end + 2;
                return line(text, plain || feed == end + 1);
            }
            carried.append(chunk, at, chunk.length());
            if (carried.length() > MAX_LINE) {
                throw new PyError("line-too-long", "a line has more than " + MAX_LINE + " characters")
                        .atLine(feeds + 1);
            }
            chunk = "";
            at = 0;
            if (ended) {
                return carried.length() == 0 ? null : line("", false);
            }
            fill();
        }
    }

    /** Where the first CR stands, if that is before the LF or there is none; else the place of the LF. */
    private int returnBefore(int feed) {
        int carriage = chunk.indexOf('\r', at);
        return carriage >= 0 && (feed < 0 || carriage < feed) ? carriage : feed;
    }

    private String line(String tail, boolean fed) {
        line = feeds + 1;
        if (fed) {
            feeds++;
        }
        if (carried.length() == 0) {
            return tail;
        }
        String text = carried.append(tail).toString();
        carried.setLength(0);
        return text;
    }

    /**
     * The number of the line that {@link #next} gave last, from 1, as editors count: by LF, so that the pieces between
     * lone CRs, which are lines to Python, share one.
     */
    public long line() {
        return line;
    }

    private void fill() throws IOException {
        int read = in.readNBytes(bytes, kept, CHUNK);
        int available = kept + read;
        ended = read == 0; // and not before, because Python, too, finds an unfinished character only then
        chunk = withoutSplit(decode(available));
        returns = chunk.indexOf('\r') >= 0;
    }

    private String decode(int available) {
        if (kept == 0) {
            // Much the fastest for what nearly all files are; a replacement character shows that it was something else.
            String text = new String(bytes, 0, available, StandardCharsets.UTF_8);
            if (text.indexOf('\ufffd') < 0) {
                return text;
            }
        }
        return decodeStrictly(available);
    }

    private String decodeStrictly(int available) {
        if (decoder == null) {
            decoder = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
        }
        ByteBuffer input = ByteBuffer.wrap(bytes, 0, available);
        CharBuffer output = CharBuffer.allocate(available + 1);
        decoder.reset();
        CoderResult result = decoder.decode(input, output, ended);
        if (result.isError()) {
            try {
                result.throwException();
            } catch (CharacterCodingException e) {
                int bad = bytes[input.position()] & 0xff;
                throw new PyError("file-not-utf8", String.format("byte 0x%02x is no UTF-8", bad))
                        .atLine(feeds + 1 + feedsIn(output.flip()));
            }
        }
        kept = input.remaining();
        input.get(bytes, 0, kept);
        return output.flip().toString();
    }

    private static long feedsIn(CharBuffer text) {
        return text.chars().filter(c -> c == '\n').count();
    }

    /** The text without a CR at its end, which is kept for the next one: an LF there may belong to it. */
    private String withoutSplit(String text) {
        String whole = returnPending ? '\r' + text : text;
        returnPending = !ended && whole.endsWith("\r");
        return returnPending ? whole.substring(0, whole.length() - 1) : whole;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
