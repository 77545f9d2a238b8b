package dev.wattline.analysis.read.bmc;

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
 * {@code ipmitool dcmi power reading} again and again: {@code Instantaneous power reading: 220 Watts} and, some lines
 * later, {@code IPMI timestamp: Tue Sep 12 10:51:20 2023}, or a time before each line or block.
 */
public final class IpmiPower implements TelemetryLog {
    private static final String FIELD = "node.power";
    private static final Pattern POWER = Pattern.compile(
            ".*(?:Instantaneous power reading *: *|Current Power *: *)(\\d{1,7}|N/A|disabled) *(?:Watts|W)?.*");
    private static final Pattern STAMP = Pattern.compile("(?i).*\\btime ?stamp *: *(.{8,40})");

    @Override
    public String form() {
        return "ipmitool dcmi power reading";
    }

    @Override
    public boolean recognises(LogHead head) {
        return head.lines().stream()
                .limit(40)
                .anyMatch(line -> POWER.matcher(line).matches());
    }

    @Override
    public PowerLog read(LogInput input) throws IOException {
        LogRows rows = new LogRows(input, input.wanted(List.of(FIELD)), Set.of());
        Pending pending = null;
        TimeText.@Nullable Time before = null;
        try (LogLines lines = LogLines.of(input)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                TimeText.Leading leading = TimeText.leading(line);
                Matcher stamp = STAMP.matcher(line);
                Matcher power = POWER.matcher(line);
                if (power.matches()) {
                    take(rows, pending);
                    pending = new Pending(
                            lines.number(), line, power.group(1), leading != null ? leading.time() : before);
                    before = null;
                } else if (stamp.matches() && pending != null) {
                    TimeText.Time own = TimeText.parse(stamp.group(1).strip());
                    pending = own == null ? pending : pending.at(own);
                } else if (leading != null) {
                    before = leading.time();
                }
            }
            boolean untimed = pending != null && pending.time() == null;
            take(rows, pending);
            if (rows.isEmpty() && untimed) {
                throw new AnalysisInputException(
                        input.source()
                                + ": its readings have no time: watts without the time they were read at are no power"
                                + " over time",
                        "Write the time before each reading, such as by date --iso-8601=ns.");
            }
            return rows.finish(form(), Scope.NODE, lines.bytes());
        }
    }

    /** A reading whose time may follow. */
    private record Pending(long number, String line, String watts, TimeText.@Nullable Time time) {
        Pending at(TimeText.Time own) {
            return time != null ? this : new Pending(number, line, watts, own);
        }
    }

    private static void take(LogRows rows, @Nullable Pending pending) {
        if (pending == null) {
            return;
        }
        double watts = NumberWithUnit.power(pending.watts(), 1);
        if (Double.isNaN(watts)) {
            rows.missing(pending.number(), pending.watts());
        }
        rows.add(pending.number(), pending.line(), pending.time(), LogRows.Row.of("", "", -1, watts));
    }
}
