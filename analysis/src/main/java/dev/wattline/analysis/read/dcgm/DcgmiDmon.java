package dev.wattline.analysis.read.dcgm;

import dev.wattline.analysis.powerlog.LogHead;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.LogLines;
import dev.wattline.analysis.powerlog.LogRows;
import dev.wattline.analysis.powerlog.NumberWithUnit;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.Scope;
import dev.wattline.analysis.powerlog.TelemetryLog;
import dev.wattline.analysis.powerlog.TimeText;
import dev.wattline.analysis.series.AnalysisInputException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code dcgmi dmon -e 155,156,...}: a header of two lines, the first beginning with {@code #Entity}, the second with the
 * units, and rows of the entity in two words, such as {@code GPU 0}, and a word a field. The tool writes no times: they are
 * there where another program put them before each line. Field 156, TOTEC, is an energy counter in mJ.
 */
public final class DcgmiDmon implements TelemetryLog {
    private static final double BLANK = 140_737_488_355_328.0; // DCGM's numbers from this one on stand for no value
    private static final double MJ = 1e-3;
    private static final String COUNTER = "energy.counter";

    /** Short names of fields 155, which is NVML's power usage, 157 and 156, as releases of DCGM have had them. */
    private static final Map<String, String> FIELDS = Map.of(
            "POWER", "power.draw",
            "PWRAVG", "power.draw",
            "PWRIN", "power.draw.instant",
            "PWINS", "power.draw.instant",
            "POWIN", "power.draw.instant",
            "TOTEC", COUNTER);

    @Override
    public String form() {
        return "dcgmi dmon";
    }

    @Override
    public boolean recognises(LogHead head) {
        return head.lines().stream().limit(10).anyMatch(DcgmiDmon::isHeader);
    }

    private static boolean isHeader(String line) {
        return line.contains("#Entity") || line.contains("# Entity");
    }

    private static List<String> names(String line) {
        return Arrays.asList(line.substring(line.indexOf("Entity") + 6).strip().split("\\s+"));
    }

    @Override
    public PowerLog read(LogInput input) throws IOException {
        List<String> names = input.head().lines().stream()
                .filter(DcgmiDmon::isHeader)
                .findFirst()
                .map(DcgmiDmon::names)
                .orElse(List.of());
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String field = FIELDS.get(names.get(i));
            if (field != null) {
                columns.putIfAbsent(field, i);
            }
        }
        if (columns.isEmpty()) {
            throw new AnalysisInputException(
                    input.source() + ": no power among the fields " + String.join(", ", names),
                    "Log with dcgmi dmon -e 155,156, which are power and the energy counter.");
        }
        List<String> fields = input.wanted(List.copyOf(columns.keySet()));
        LogRows rows = new LogRows(input, fields, fields.contains(COUNTER) ? Set.of(COUNTER) : Set.of());
        try (LogLines lines = LogLines.of(input)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                row(input, rows, names, fields.stream().map(columns::get).toList(), lines.number(), line);
            }
            return rows.finish(form(), Scope.GPU, lines.bytes());
        }
    }

    private static void row(
            LogInput input, LogRows rows, List<String> names, List<Integer> columns, long number, String line) {
        TimeText.Leading before = TimeText.leading(line);
        String[] words = (before == null ? line : before.rest()).strip().split("\\s+");
        boolean entity = words.length == names.size() + 2 && words[1].matches("\\d{1,4}");
        if (!entity) {
            if (!isHeader(line) && !line.isBlank() && !words[0].equalsIgnoreCase("ID")) {
                rows.reject(number, line, "expected an entity and " + names.size() + " fields");
            }
            return;
        }
        if (!words[0].equals("GPU")) {
            return; // a switch, a CPU or an instance of MIG, whose power is its card's
        }
        if (before == null) {
            throw new AnalysisInputException(
                    input.source()
                            + ": its samples have no time, since dcgmi dmon writes none: watts without the time they"
                            + " were read at are no power over time",
                    "Put the time before each line: dcgmi dmon -e 155,156 -d 1000 | ts '%Y-%m-%dT%H:%M:%.S%z'.");
        }
        double[] values = new double[columns.size()];
        for (int i = 0; i < values.length; i++) {
            int column = columns.get(i);
            double value = NumberWithUnit.number(words[2 + column]);
            boolean blank = !(value < BLANK);
            if (blank) {
                rows.missing(number, words[2 + column]);
            }
            double scale = COUNTER.equals(FIELDS.get(names.get(column))) ? MJ : 1;
            values[i] = blank ? Double.NaN : value * scale;
        }
        rows.add(number, line, before.time(), LogRows.Row.of(words[1], "", Integer.parseInt(words[1]), values));
    }
}
