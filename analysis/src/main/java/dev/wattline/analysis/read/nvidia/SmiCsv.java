package dev.wattline.analysis.read.nvidia;

import dev.wattline.analysis.powerlog.LogHead;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.PollRounds;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.TelemetryLog;
import dev.wattline.analysis.series.AnalysisInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The CSV log of {@code nvidia-smi --query-gpu=... --format=csv} as the tool itself writes it, read at hundreds of MB a
 * second: units in the header or in the cells, {@code nounits}, several GPUs in long format, cells without a number, cut
 * and foreign lines. Other tables go the way of
 * {@link dev.wattline.analysis.read.table.PowerTable}.
 */
public final class SmiCsv implements TelemetryLog {
    static final String FORM = "nvidia-smi CSV";

    private static final int BUFFER = 1 << 20;
    private static final int MAX_LINE = 1 << 16;
    private static final String REMEDY =
            "Give the file that nvidia-smi --query-gpu=timestamp,uuid,power.draw --format=csv -lms N wrote.";

    @Override
    public String form() {
        return FORM;
    }

    /** Only what its parser of bytes is made for: local times, and cards that a column tells apart, or a single card. */
    @Override
    public boolean recognises(LogHead head) {
        if (!SmiHeader.isHeader(head.first())) {
            return false;
        }
        SmiHeader header = SmiHeader.of(head.first());
        if (header.powerFields().isEmpty() || header.hasNamesAlone()) {
            return false;
        }
        Stamp stamp = new Stamp();
        List<Long> times = head.lines().stream()
                .skip(1)
                .map(line -> stampOf(stamp, header, line))
                .filter(ms -> !Stamp.isBroken(ms))
                .toList();
        if (times.isEmpty()) {
            return head.lines().size() == 1;
        }
        return header.keyColumn() >= 0
                || PollRounds.of(times.stream().mapToLong(Long::longValue).toArray())
                                .size()
                        == 1;
    }

    private static long stampOf(Stamp stamp, SmiHeader header, String line) {
        String[] cells = line.split(",", -1);
        byte[] cell = cells.length == header.names().size()
                ? cells[header.stampColumn()].strip().getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        return stamp.parse(cell, 0, cell.length);
    }

    @Override
    public PowerLog read(LogInput input) throws IOException {
        try (InputStream in = input.stream().open()) {
            return parse(input.source(), in, input.options());
        }
    }

    /** Reads from any stream; {@code source} names it in messages. */
    public static PowerLog parse(String source, InputStream in, LogInput.Options options) throws IOException {
        byte[] buffer = new byte[BUFFER + 1]; // one more for the line feed that a last line may lack
        int filled = 0;
        long total = 0;
        RowParser rows = null;
        boolean end = false;
        while (!end) {
            int count = in.read(buffer, filled, BUFFER - filled);
            end = count < 0 || total >= options.limit();
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
                from = headerEnd(buffer);
                SmiHeader header = header(source, buffer, from);
                rows = new RowParser(header, wanted(source, header, options.fields()), options.zone());
            }
            rows.parse(buffer, from, complete);
            System.arraycopy(buffer, complete, buffer, 0, filled - complete);
            filled -= complete;
        }
        if (rows == null) {
            throw new AnalysisInputException(source + ": is empty: expected an nvidia-smi log with a header", REMEDY);
        }
        return rows.finish(options.zone() != null, total);
    }

    private static int lastLineFeed(byte[] b, int filled) {
        int p = filled - 1;
        while (p >= 0 && b[p] != '\n') {
            p--;
        }
        return p;
    }

    private static int headerEnd(byte[] b) {
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

    private static List<String> wanted(String source, SmiHeader header, List<String> fields) {
        List<String> present = new ArrayList<>(header.powerFields());
        if (!fields.isEmpty()) {
            present.addAll(header.moduleFields());
        }
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
