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
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table that {@code nvidia-smi} prints when it is called without options, again and again, such as with {@code -l 1} or by a
 * loop: a line with the time, then two lines a GPU, the first with index and name, the second with the power in whole W.
 */
public final class SmiTable implements TelemetryLog {
    private static final String FIELD = "power.draw";
    private static final Pattern CARD =
            Pattern.compile("^\\| +(\\d{1,3})  (.{1,40}?) +(?:On|Off|N/A) +\\| +([0-9A-Fa-f:.]{8,20}) .*");
    private static final Pattern POWER = Pattern.compile(
            "^\\|.*? (\\d+W|N/A|\\[[^]]+]|ERR!) */ *(?:\\d+W|N/A|\\[[^]]+]) *\\|" + "[^|]*\\|(?: +(\\d+)%)?.*");

    @Override
    public String form() {
        return "nvidia-smi's table";
    }

    @Override
    public boolean recognises(LogHead head) {
        return head.lines().stream()
                .limit(40)
                .anyMatch(line -> line.startsWith("| NVIDIA-SMI ") && line.contains("Driver Version"));
    }

    @Override
    public PowerLog read(LogInput input) throws IOException {
        LogRows rows = new LogRows(input, input.wanted(List.of(FIELD)), Set.of());
        TimeText.Time time = null;
        Matcher card = null;
        boolean rowsWithoutTime = false;
        try (LogLines lines = LogLines.of(input)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.startsWith("|") && !line.startsWith("+")) {
                    TimeText.Leading found = TimeText.leading(line);
                    time = found != null ? found.time() : time;
                    continue;
                }
                Matcher first = CARD.matcher(line);
                Matcher second = POWER.matcher(line);
                if (first.matches()) {
                    card = first;
                } else if (card != null && second.matches()) {
                    rowsWithoutTime |= time == null;
                    row(rows, lines.number(), line, time, card, second);
                    card = null;
                }
            }
            if (rows.isEmpty() && rowsWithoutTime) {
                throw new AnalysisInputException(
                        input.source()
                                + ": its tables have no time: watts without the time they were read at are no power"
                                + " over time",
                        "Log with nvidia-smi --query-gpu=timestamp,uuid,power.draw --format=csv -lms 1000.");
            }
            rows.note("nvidia-smi's table has times in whole seconds and power in whole watts.");
            return rows.finish(form(), Scope.GPU, lines.bytes());
        }
    }

    private static void row(
            LogRows rows, long number, String line, TimeText.@Nullable Time time, Matcher card, Matcher found) {
        double watts = NumberWithUnit.power(found.group(1), 1);
        if (Double.isNaN(watts)) {
            rows.missing(number, found.group(1));
        }
        double utilisation = found.group(2) == null ? Double.NaN : NumberWithUnit.number(found.group(2));
        int index = Integer.parseInt(card.group(1));
        rows.add(
                number,
                line,
                time,
                new LogRows.Row(
                        card.group(3),
                        card.group(2).strip(),
                        index,
                        new double[] {watts},
                        utilisation,
                        Double.NaN,
                        Double.NaN));
    }
}
