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
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code nvidia-smi -q}, or {@code -q -d POWER}, again and again: blocks that begin with {@code NVSMI LOG} and a
 * {@code Timestamp}, in them a section a GPU, in it one of power readings. Readings of the module and of the memory, which
 * have sections of their own, are not the GPU's.
 */
public final class SmiQuery implements TelemetryLog {
    private static final Map<String, String> FIELDS = Map.of(
            "power draw", "power.draw",
            "average power draw", "power.draw.average",
            "instantaneous power draw", "power.draw.instant");
    private static final List<String> ORDER = List.of("power.draw", "power.draw.average", "power.draw.instant");

    @Override
    public String form() {
        return "nvidia-smi -q";
    }

    @Override
    public boolean recognises(LogHead head) {
        return head.lines().stream().limit(20).anyMatch(line -> line.contains("==NVSMI LOG=="));
    }

    @Override
    public PowerLog read(LogInput input) throws IOException {
        List<String> fields = input.wanted(present(input.head()));
        Blocks blocks = new Blocks(new LogRows(input, fields, Set.of()), fields);
        try (LogLines lines = LogLines.of(input)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                blocks.take(lines.number(), line);
            }
            blocks.endOfGpu();
            return blocks.rows.finish(form(), Scope.GPU, lines.bytes());
        }
    }

    private static List<String> present(LogHead head) {
        List<String> found = ORDER.stream()
                .filter(field -> head.lines().stream()
                        .map(line -> FIELDS.getOrDefault(label(line), ""))
                        .anyMatch(field::equals))
                .toList();
        return found.isEmpty() ? ORDER.subList(0, 1) : found;
    }

    private static String label(String line) {
        int colon = line.indexOf(" : ");
        return (colon < 0 ? line : line.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
    }

    private static String value(String line) {
        int colon = line.indexOf(" : ");
        return colon < 0 ? "" : line.substring(colon + 3).strip();
    }

    /** The state of reading: which GPU's section it is, and which readings it has had. */
    private static final class Blocks {
        private final LogRows rows;
        private final List<String> fields;
        private TimeText.@Nullable Time time;
        private String gpu = "";
        private String name = "";
        private double[] watts;
        private boolean any;
        private boolean ofGpu = true; // and not of a module or a memory
        private long number;
        private String last = "";

        Blocks(LogRows rows, List<String> fields) {
            this.rows = rows;
            this.fields = fields;
            this.watts = nothing();
        }

        private double[] nothing() {
            double[] none = new double[fields.size()];
            Arrays.fill(none, Double.NaN);
            return none;
        }

        void take(long at, String line) {
            String label = label(line);
            if (label.equals("timestamp")) {
                endOfGpu();
                time = TimeText.parse(value(line));
            } else if (line.startsWith("GPU ")) {
                endOfGpu();
                gpu = line.substring(4).strip();
            } else if (label.equals("product name")) {
                name = value(line);
            } else if (label.endsWith("power readings")) {
                ofGpu = !label.startsWith("module") && !label.contains("memory");
            } else if (ofGpu
                    && fields.contains(FIELDS.getOrDefault(label, ""))
                    && !value(line).isEmpty()) {
                double power = NumberWithUnit.power(value(line), Double.NaN);
                if (Double.isNaN(power)) {
                    rows.missing(at, value(line));
                }
                watts[fields.indexOf(FIELDS.get(label))] = power;
                any = true;
                number = at;
                last = line;
            }
        }

        void endOfGpu() {
            if (any) {
                rows.add(number, last, time, LogRows.Row.of(gpu, name, -1, watts));
            }
            any = false;
            ofGpu = true;
            watts = nothing();
        }
    }
}
