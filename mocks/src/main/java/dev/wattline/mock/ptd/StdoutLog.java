package dev.wattline.mock.ptd;

import dev.wattline.model.PtdTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * PTDaemon's standard output: plain lines and lines stamped with local time. Text is collected until {@link #flush},
 * which the mock calls before anything leaves by the socket, for a reader that sees a reply may rely on its echo.
 */
final class StdoutLog {
    private final OutputStream out;
    private final ZoneId zone;
    private final boolean windowsText;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    /**
     * @param windowsText whether a line feed is written as CR LF, as the C library does on Windows, to what ends in CR
     *     LF already as well
     */
    StdoutLog(OutputStream out, ZoneId zone, boolean windowsText) {
        this.out = out;
        this.zone = zone;
        this.windowsText = windowsText;
    }

    /** A line without a stamp. */
    void plain(String line) {
        append(line + "\n");
    }

    /** A stamped line. */
    void stamped(Instant at, String text) {
        append(stamp(at) + ": " + text + "\n");
    }

    /** A stamped text that brings its own line end, or has none: what comes next is then glued to it. */
    void stampedRaw(Instant at, String text) {
        append(stamp(at) + ": " + text);
    }

    /** The stamp of an instant in the log's zone. */
    String stamp(Instant at) {
        // PtdTime formats UTC; an instant shifted by the zone's offset reads as local time there.
        int offset = ZonedDateTime.ofInstant(at, zone).getOffset().getTotalSeconds();
        return PtdTime.format(at.atOffset(ZoneOffset.UTC).plusSeconds(offset).toInstant());
    }

    /**
     * Hands everything on.
     *
     * @throws UncheckedIOException if nobody reads any more
     */
    void flush() {
        if (pending.size() == 0) {
            return;
        }
        try {
            pending.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to standard output: " + e.getMessage(), e);
        } finally {
            pending.reset();
        }
    }

    private void append(String text) {
        byte[] bytes = (windowsText ? text.replace("\n", "\r\n") : text).getBytes(StandardCharsets.ISO_8859_1);
        pending.write(bytes, 0, bytes.length);
    }
}
