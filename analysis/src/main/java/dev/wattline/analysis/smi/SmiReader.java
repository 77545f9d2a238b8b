package dev.wattline.analysis.smi;

import dev.wattline.analysis.series.AnalysisInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the CSV log of {@code nvidia-smi --query-gpu=... --format=csv}, as a stream: units in the header or in the cells,
 * {@code nounits}, several GPUs in long format, cells without a number, cut and foreign lines.
 */
public final class SmiReader {
    private static final int BUFFER = 1 << 20;
    private static final int MAX_LINE = 1 << 16;
    private static final String REMEDY =
            "Give the file that nvidia-smi --query-gpu=timestamp,uuid,power.draw --format=csv -lms N wrote.";

    private SmiReader() {}

    /**
     * Reads the whole log.
     *
     * @param zone zone of its stamps; null leaves local time
     * @param fields the power fields to read; empty for all
     * @throws AnalysisInputException if it cannot be read or is no such log
     */
    public static SmiLog read(Path file, @Nullable ZoneId zone, List<String> fields) {
        return read(file, zone, fields, Long.MAX_VALUE);
    }

    /** Reads about this many bytes from the log's begin, to see what is in it. */
    public static SmiLog read(Path file, @Nullable ZoneId zone, List<String> fields, long limit) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in, zone, fields, limit);
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(file, REMEDY, e);
        }
    }

    /** Reads from any stream; {@code source} names it in messages. */
    public static SmiLog read(String source, InputStream in, @Nullable ZoneId zone, List<String> fields, long limit)
            throws IOException {
        byte[] buffer = new byte[BUFFER + 1]; // one more for the line feed that a last line may lack
        int filled = 0;
        long total = 0;
        RowParser rows = null;
        boolean end = false;
        while (!end) {
            int count = in.read(buffer, filled, BUFFER - filled);
            end = count < 0 || total >= limit;
            if (count > 0) {
                filled += count;
                total += count;
            }
            if (end && filled > 0 && buffer[filled - 1] != '\n' && count < 0) {
                buffer[filled++] = '\n';
            }
            int complete = lastLineFeed(buffer, filled) + 1;
            if (complete == 0) {
                if (filled > MAX_LINE) {
                    throw new AnalysisInputException(
                            source + ": no line end in the first " + filled + " bytes: this is no nvidia-smi log",
                            REMEDY);
                }
                continue;
            }
            int from = 0;
            if (rows == null) {
                from = headerEnd(source, buffer);
                rows = new RowParser(header(source, buffer, from), wanted(source, buffer, from, fields), zone);
            }
            rows.parse(buffer, from, complete);
            System.arraycopy(buffer, complete, buffer, 0, filled - complete);
            filled -= complete;
        }
        if (rows == null) {
            throw new AnalysisInputException(source + ": is empty: expected an nvidia-smi log with a header", REMEDY);
        }
        return rows.finish(zone != null, total);
    }

    private static int lastLineFeed(byte[] b, int filled) {
        int p = filled - 1;
        while (p >= 0 && b[p] != '\n') {
            p--;
        }
        return p;
    }

    private static int headerEnd(String source, byte[] b) {
        if ((b[0] == (byte) 0xff && b[1] == (byte) 0xfe) || (b[0] == (byte) 0xfe && b[1] == (byte) 0xff)) {
            throw new AnalysisInputException(
                    source + ": is UTF-16 text, as PowerShell's > writes it",
                    "Let nvidia-smi write the file itself with -f, or convert it to UTF-8.");
        }
        if (b[0] == (byte) 0x1f && b[1] == (byte) 0x8b) {
            throw new AnalysisInputException(source + ": is compressed by gzip", "Unpack it first.");
        }
        int end = 0;
        while (b[end] != '\n') {
            end++;
        }
        return end + 1;
    }

    private static SmiHeader header(String source, byte[] b, int end) {
        int from = b[0] == (byte) 0xef && b[1] == (byte) 0xbb && b[2] == (byte) 0xbf ? 3 : 0;
        return SmiHeader.parse(source, new String(b, from, end - from, StandardCharsets.UTF_8).strip());
    }

    private static List<String> wanted(String source, byte[] b, int end, List<String> fields) {
        List<String> present = header(source, b, end).powerFields();
        if (fields.isEmpty()) {
            return present;
        }
        for (String field : fields) {
            if (!present.contains(field)) {
                throw new AnalysisInputException(
                        source + ": has no column " + field + "; its power columns are " + String.join(", ", present),
                        "Give one of these as the field.");
            }
        }
        return List.copyOf(fields);
    }
}
