package dev.wattline.analysis.read.nvidia;

import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.Scope;
import dev.wattline.analysis.powerlog.StampConverter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows of bytes into the logs of the GPUs. No text is made of a row unless it is malformed or of a GPU not seen before:
 * that is what lets a day at 100 Hz be read at the speed of the disk.
 */
final class RowParser {
    private static final int SKIP = 0;
    private static final int STAMP = 1;
    private static final int KEY = 2;
    private static final int UTILISATION = 3;
    private static final int MEMORY = 4;
    private static final int CLOCK = 5;
    private static final int LIMIT = 6;
    private static final int TEMPERATURE = 7;
    private static final int POWER = 8; // and above: POWER + field

    private static final int NO_NUMBER = -1;
    private static final int EXAMPLES = 5;
    private static final String WRONG_SIZE = "another number of cells";
    private static final int REASONS = 30;
    private static final int MAX_MILLIWATTS = 2_000_000_000;

    private final SmiHeader header;
    private final List<String> fields;
    private final int[] roles;
    private final List<DeviceLog> gpus = new ArrayList<>();
    private final Map<String, Long> missing = new TreeMap<>();
    private final Map<String, Long> missingFrom = new TreeMap<>(); // line of the first one
    private final List<String> examples = new ArrayList<>();
    private final Stamp stamp = new Stamp();
    private final StampConverter converter;
    private final int[] milliwatts;
    private final boolean single;
    private int expected; // the GPU whose row comes next, since they take turns
    private long rows;
    private long malformed;
    private long line = 1;
    private int cellStart;
    private int aux; // the number read last, in thousandths

    RowParser(SmiHeader header, List<String> fields, @Nullable ZoneId zone) {
        this.header = header;
        this.fields = fields;
        this.converter = new StampConverter(zone);
        this.milliwatts = new int[fields.size()];
        this.roles = new int[header.names().size()];
        this.single = header.keyColumn() < 0;
        role(header.stampColumn(), STAMP);
        role(header.keyColumn(), KEY);
        role(header.column("utilization.gpu"), UTILISATION);
        role(header.column("memory.used"), MEMORY);
        role(header.column("clocks.current.sm", "clocks.sm"), CLOCK);
        role(header.column("enforced.power.limit", "power.limit"), LIMIT);
        role(header.column("temperature.gpu"), TEMPERATURE);
        for (int i = 0; i < fields.size(); i++) {
            role(header.column(fields.get(i)), POWER + i);
        }
        if (single) {
            gpus.add(new DeviceLog("", "", -1, fields));
        }
    }

    private void role(int column, int role) {
        if (column >= 0) {
            roles[column] = role;
        }
    }

    /** Parses whole lines; the last byte of the range must be a line feed. */
    void parse(byte[] b, int from, int to) {
        int p = from;
        while (p < to) {
            line++;
            if (b[p] == '\n') {
                p++;
            } else {
                p = row(b, p);
            }
        }
    }

    /** Parses the row at this offset and returns the offset of the next one. */
    private int row(byte[] b, int start) {
        int p = start;
        long local = 0;
        DeviceLog gpu = single ? gpus.get(0) : null;
        double utilisation = Double.NaN;
        double memory = Double.NaN;
        double clock = Double.NaN;
        double limit = Double.NaN;
        double temperature = Double.NaN;
        Arrays.fill(milliwatts, DeviceLog.MISSING);
        for (int column = 0; column < roles.length; column++) {
            while (b[p] == ' ') {
                p++;
            }
            cellStart = p;
            int role = roles[column];
            int end = role == KEY ? keyEnd(b, p) : cellEnd(b, p);
            if ((b[end] == '\n') != (column == roles.length - 1)) {
                return reject(b, start, end, WRONG_SIZE);
            }
            p = end + 1;
            if (role == SKIP) {
                continue;
            }
            int trimmed = trimmed(b, cellStart, end);
            if (role >= POWER) {
                milliwatts[role - POWER] = power(b, cellStart, trimmed);
            } else if (role == STAMP) {
                local = stamp.parse(b, cellStart, trimmed);
                if (Stamp.isBroken(local)) {
                    return reject(b, start, end, "expected a time such as 2023/07/08 19:28:27.236 in column timestamp");
                }
            } else if (role == KEY) {
                gpu = gpu(b, start, cellStart, trimmed);
            } else if (number(b, cellStart, trimmed) != NO_NUMBER) {
                utilisation = role == UTILISATION ? aux / 1e3 : utilisation;
                memory = role == MEMORY ? aux / 1e3 : memory;
                clock = role == CLOCK ? aux / 1e3 : clock;
                limit = role == LIMIT ? aux / 1e3 : limit;
                temperature = role == TEMPERATURE ? aux / 1e3 : temperature;
            }
        }
        if (gpu == null) {
            return reject(b, start, p - 1, "no GPU in column " + header.names().get(header.keyColumn()));
        }
        if (take(gpu, b, start, p - 1, local, utilisation, memory, clock) && !Double.isNaN(temperature)) {
            gpu.temperature().add(converter.convert(local), temperature);
        }
        gpu.limit(limit);
        return p;
    }

    private boolean take(
            DeviceLog gpu, byte[] b, int start, int end, long local, double utilisation, double memory, double clock) {
        long ms = converter.convert(local);
        if (!gpu.add(ms, milliwatts)) {
            reject(b, start, end, "a time too far from the first row's");
            return false;
        }
        rows++;
        if (!Double.isNaN(utilisation)) {
            gpu.utilisation().add(ms, utilisation);
        }
        if (!Double.isNaN(memory)) {
            gpu.memory().add(ms, memory);
        }
        if (!Double.isNaN(clock)) {
            gpu.clock().add(ms, clock);
        }
        return true;
    }

    private static int cellEnd(byte[] b, int from) {
        int p = from;
        // Nearly all bytes are greater than a comma, so this asks one question of most.
        while (b[p] > ',' || (b[p] != ',' && b[p] != '\n')) {
            p++;
        }
        return p;
    }

    /** End of the key's cell, without looking at each byte where the expected GPU's key stands there. */
    private int keyEnd(byte[] b, int from) {
        if (expected < gpus.size()) {
            DeviceLog next = gpus.get(expected);
            int end = from + next.keyLength();
            if (end < b.length && (b[end] == ',' || b[end] == '\n') && next.hasKeyAt(b, from, end)) {
                return end;
            }
        }
        return cellEnd(b, from);
    }

    private static int trimmed(byte[] b, int from, int to) {
        int end = to;
        while (end > from && (b[end - 1] == ' ' || b[end - 1] == '\r')) {
            end--;
        }
        return end;
    }

    private @Nullable DeviceLog gpu(byte[] b, int rowStart, int from, int to) {
        int n = gpus.size();
        for (int i = 0; i < n; i++) {
            int candidate = expected + i < n ? expected + i : expected + i - n;
            if (gpus.get(candidate).hasKeyAt(b, from, to)) {
                expected = candidate + 1 < n ? candidate + 1 : 0;
                return gpus.get(candidate);
            }
        }
        String key = text(b, from, to);
        if (key.isEmpty() || key.startsWith("[")) {
            return null;
        }
        String[] cells = text(b, rowStart, cellEndOfRow(b, rowStart)).split(",", -1);
        int name = header.column("name", "gpu_name");
        DeviceLog gpu = new DeviceLog(
                key,
                name >= 0 && name < cells.length ? cells[name].strip() : "",
                index(cells, header.column("index")),
                fields);
        gpus.add(gpu);
        expected = 0;
        return gpu;
    }

    private static int index(String[] cells, int column) {
        String cell = column >= 0 && column < cells.length ? cells[column].strip() : "";
        return !cell.isEmpty() && cell.length() < 6 && cell.chars().allMatch(Character::isDigit)
                ? Integer.parseInt(cell)
                : -1;
    }

    private static int cellEndOfRow(byte[] b, int from) {
        int p = from;
        while (b[p] != '\n') {
            p++;
        }
        return p;
    }

    private int power(byte[] b, int from, int to) {
        if (number(b, from, to) != NO_NUMBER && aux <= MAX_MILLIWATTS) {
            return aux;
        }
        String reason = from == to ? "(empty)" : text(b, from, Math.min(to, from + 60));
        String counted = missing.containsKey(reason) || missing.size() < REASONS ? reason : "(other)";
        missing.merge(counted, 1L, Long::sum);
        missingFrom.putIfAbsent(counted, line);
        return DeviceLog.MISSING;
    }

    /** Reads {@code 46.19}, {@code 46.19 W} or {@code 0 %} into {@link #aux}; anything else is no number. */
    private int number(byte[] b, int from, int to) {
        long value = 0;
        int p = from;
        int digits = 0;
        for (; p < to && b[p] >= '0' && b[p] <= '9'; p++, digits++) {
            value = value * 10 + (b[p] - '0');
        }
        if (digits == 0 || digits > 7) {
            return NO_NUMBER;
        }
        int decimals = 0;
        if (p < to && b[p] == '.') {
            for (p++; p < to && b[p] >= '0' && b[p] <= '9'; p++) {
                if (decimals < 3) {
                    value = value * 10 + (b[p] - '0');
                    decimals++;
                }
            }
        }
        for (; decimals < 3; decimals++) {
            value *= 10;
        }
        // A unit is a blank and a word; digits or signs behind the number make it something else.
        if (p < to && b[p] != ' ') {
            return NO_NUMBER;
        }
        for (; p < to; p++) {
            if (b[p] >= '0' && b[p] <= '9') {
                return NO_NUMBER;
            }
        }
        if (value > MAX_MILLIWATTS) {
            return NO_NUMBER;
        }
        aux = (int) value;
        return aux;
    }

    /** Counts a malformed row and returns the offset behind it; {@code at} is an offset inside of it. */
    private int reject(byte[] b, int start, int at, String reason) {
        int end = cellEndOfRow(b, at);
        String text = text(b, start, end).strip();
        if (text.isEmpty() || SmiHeader.isHeader(text)) {
            return end + 1; // a blank line, or the header of a log that was appended
        }
        malformed++;
        if (examples.size() < EXAMPLES) {
            String shown = text.length() <= 80 ? text : text.substring(0, 80) + "...";
            String wrong = reason.equals(WRONG_SIZE)
                    ? "expected " + roles.length + " cells, got " + text.split(",", -1).length
                    : reason;
            examples.add("line " + line + ": " + wrong + ": '" + shown + "'");
        }
        return end + 1;
    }

    private static String text(byte[] b, int from, int to) {
        return new String(b, from, to - from, StandardCharsets.UTF_8);
    }

    PowerLog finish(boolean utc, long bytes) {
        long duplicates = 0;
        long sameTime = 0;
        long outOfOrder = 0;
        for (DeviceLog gpu : gpus) {
            gpu.finish();
            duplicates += gpu.duplicates();
            sameTime += gpu.sameTime();
            outOfOrder += gpu.outOfOrder();
        }
        return new PowerLog(
                new PowerLog.Origin(SmiCsv.FORM, Scope.GPU, Set.of(), List.of(), bytes),
                gpus,
                fields,
                new PowerLog.Counts(
                        rows,
                        malformed,
                        List.copyOf(examples),
                        new TreeMap<>(missing),
                        new TreeMap<>(missingFrom),
                        duplicates,
                        sameTime,
                        outOfOrder),
                new PowerLog.Clock(utc, false, converter.ambiguous(), converter.folds()));
    }
}
