package dev.wattline.analysis.read.nvidia;

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
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code nvidia-smi dmon}: a header of two lines that begin with {@code #}, the names and the units, which comes again
 * every so often, and a row a GPU of as many words; {@code -} is no reading. It has times with {@code -o DT} only, or where
 * another program put them before each line.
 */
public final class SmiDmon implements TelemetryLog {
    private static final String FIELD = "power.draw";
    private static final List<String> DATED = List.of("date", "time");

    @Override
    public String form() {
        return "nvidia-smi dmon";
    }

    @Override
    public boolean recognises(LogHead head) {
        return head.lines().stream().limit(10).anyMatch(SmiDmon::isHeader);
    }

    private static boolean isHeader(String line) {
        List<String> names = names(line);
        return line.contains("#") && names.contains("gpu") && names.contains("pwr");
    }

    private static List<String> names(String line) {
        String bare = line.substring(line.indexOf('#') + 1).strip().toLowerCase(Locale.ROOT);
        return Arrays.asList(bare.split("\\s+"));
    }

    @Override
    public PowerLog read(LogInput input) throws IOException {
        LogRows rows = new LogRows(input, input.wanted(List.of(FIELD)), Set.of());
        List<String> names = List.of();
        try (LogLines lines = LogLines.of(input)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (isHeader(line)) {
                    names = names(line);
                } else if (!line.isBlank() && !line.contains("#")) {
                    row(input, rows, names, lines.number(), line);
                }
            }
            return rows.finish(form(), Scope.GPU, lines.bytes());
        }
    }

    private static void row(LogInput input, LogRows rows, List<String> names, long number, String line) {
        String text = line;
        TimeText.Leading before = names.containsAll(DATED) ? null : TimeText.leading(line);
        if (before != null) {
            text = before.rest();
        }
        String[] words = text.strip().split("\\s+");
        if (words.length != names.size()) {
            rows.reject(number, line, "expected " + names.size() + " words, got " + words.length);
            return;
        }
        TimeText.Time time = before != null ? before.time() : dated(words, names);
        if (time == null && !names.containsAll(DATED)) {
            throw new AnalysisInputException(
                    input.source() + ": its samples have no time"
                            + (names.contains("time") ? ", or one without its date" : "")
                            + ": watts without the time they were read at are no power over time",
                    "Log with nvidia-smi dmon -o DT, which writes date and time.");
        }
        String watts = words[names.indexOf("pwr")];
        double power = NumberWithUnit.power(watts, 1);
        if (Double.isNaN(power)) {
            rows.missing(number, watts);
        }
        String gpu = words[names.indexOf("gpu")];
        rows.add(
                number,
                line,
                time,
                new LogRows.Row(
                        gpu,
                        "",
                        gpu.matches("\\d{1,4}") ? Integer.parseInt(gpu) : -1,
                        new double[] {power},
                        number(words, names, "sm"),
                        number(words, names, "fb"),
                        number(words, names, "pclk")));
    }

    private static TimeText.@org.jspecify.annotations.Nullable Time dated(String[] words, List<String> names) {
        return names.containsAll(DATED)
                ? TimeText.parse(words[names.indexOf("date")] + " " + words[names.indexOf("time")])
                : null;
    }

    private static double number(String[] words, List<String> names, String name) {
        return names.contains(name) ? NumberWithUnit.number(words[names.indexOf(name)]) : Double.NaN;
    }
}
