package dev.wattline.analysis.read.amd;

import dev.wattline.analysis.powerlog.LogHead;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.TelemetryLog;
import dev.wattline.analysis.read.table.PowerTable;
import java.io.IOException;
import java.util.Locale;

/**
 * The CSV of {@code amd-smi metric -p -E --csv}, with {@code -w} its header and a blank line in each round, and that of
 * {@code rocm-smi --showpower --csv} where somebody put a time into each row: tables by the names of AMD's columns.
 */
public final class AmdSmiCsv implements TelemetryLog {
    @Override
    public String form() {
        return "amd-smi or rocm-smi CSV";
    }

    @Override
    public boolean recognises(LogHead head) {
        return head.lines().stream()
                .limit(10)
                .map(line -> line.toLowerCase(Locale.ROOT))
                .anyMatch(line ->
                        line.contains(",") && (line.contains("socket_power") || line.contains("package power (w)")));
    }

    @Override
    public PowerLog read(LogInput input) throws IOException {
        return new PowerTable(form()).read(input);
    }
}
