package dev.wattline.analysis.read.mlperf;

import dev.wattline.analysis.powerlog.LogHead;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.LogLines;
import dev.wattline.analysis.powerlog.LogRows;
import dev.wattline.analysis.powerlog.NumberWithUnit;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.Scope;
import dev.wattline.analysis.powerlog.TelemetryLog;
import dev.wattline.analysis.powerlog.TimeText;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Node power as MLPerf Training logs it: MLLOG lines with the key {@code power_reading}, whose value is the node's watts
 * since the reading before, {@code time_ms} since 1970. MLCommons' own metric multiplies the energy by the
 * {@code conversion_eff} of the log; the watts here are as read.
 *
 * @see <a href="https://github.com/mlcommons/logging">the summarizer of mlcommons/logging</a>
 */
public final class MlperfPower implements TelemetryLog {
    private static final String FIELD = "power_reading";
    private static final Pattern KEY = Pattern.compile("\"key\": ?\"([a-z_0-9]{1,60})\"");
    private static final Pattern VALUE = Pattern.compile("\"value\": ?\"?([^,\"}]{1,40})");
    private static final Pattern TIME = Pattern.compile("\"time_ms\": ?\"?(\\d{12,14})");
    private static final Pattern HOST = Pattern.compile("\"(?:host|hostname|node)\": ?\"([^\"]{1,100})\"");
    private static final Pattern TYPE = Pattern.compile("\"measurement_type\": ?\"([^\"]{1,40})\"");

    @Override
    public String form() {
        return "MLPerf Training node power";
    }

    @Override
    public boolean recognises(LogHead head) {
        return head.lines().stream().anyMatch(line -> line.contains(":::MLLOG") && line.contains("\"" + FIELD + "\""));
    }

    @Override
    public PowerLog read(LogInput input) throws IOException {
        LogRows rows = new LogRows(input, input.wanted(List.of(FIELD)), Set.of());
        try (LogLines lines = LogLines.of(input)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                String key = found(KEY, line);
                if (key.equals("conversion_eff")) {
                    String type = found(TYPE, line);
                    rows.note("conversion_eff is " + found(VALUE, line) + (type.isEmpty() ? "" : " (" + type + ")")
                            + ": MLCommons' metric multiplies the energy by it, the watts here are as read.");
                } else if (key.equals(FIELD)) {
                    row(rows, lines.number(), line);
                }
            }
            return rows.finish(form(), Scope.NODE, lines.bytes());
        }
    }

    private static void row(LogRows rows, long number, String line) {
        double watts = NumberWithUnit.power(found(VALUE, line), 1);
        if (Double.isNaN(watts)) {
            rows.missing(number, found(VALUE, line));
        }
        rows.add(number, line, TimeText.parse(found(TIME, line)), LogRows.Row.of(found(HOST, line), "", -1, watts));
    }

    private static String found(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? matcher.group(1).strip() : "";
    }
}
