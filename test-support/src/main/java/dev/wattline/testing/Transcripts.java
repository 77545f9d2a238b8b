package dev.wattline.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What went over the wire in sessions between the reference's Python client and director, with the mock for PTDaemon:
 * {@code v3-<type>.txt} between client and director, {@code ptd-<type>.txt} between director and PTDaemon. A line holds
 * the time in s since the epoch, the connection, the direction seen from the connecting side, the number of bytes, and
 * the bytes with {@code \r} and {@code \n} escaped, cut with {@code ...} where files are sent. Recorded with power-dev at
 * commit c4b3ad8, see {@code docs/interop.md}.
 */
public final class Transcripts {
    private Transcripts() {}

    /** The lines of a transcript, such as {@code v3-49.txt}. */
    public static List<String> lines(String name) {
        try (InputStream in = Transcripts.class.getResourceAsStream("wire/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no transcript " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
