package dev.wattline.analysis.read.jetson;

import dev.wattline.analysis.powerlog.LogHead;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.LogLines;
import dev.wattline.analysis.powerlog.LogRows;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.Scope;
import dev.wattline.analysis.powerlog.TelemetryLog;
import dev.wattline.analysis.powerlog.TimeText;
import dev.wattline.analysis.series.AnalysisInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code tegrastats} of a Jetson: a line an interval, with times since JetPack 5, such as
 * {@code 10-01-2025 20:05:55 RAM ... VDD_IN 5542mW/5542mW VDD_SOC 1234mW/1234mW}; of each rail the power now and its mean
 * since the start, in mW, before JetPack 5 without the unit. The module's input holds the others, so each rail is a field
 * and none are added up.
 */
public final class Tegrastats implements TelemetryLog {
    private static final Pattern RAIL =
            Pattern.compile("(?<![\\w/])([A-Z][A-Z0-9_]+|GPU|CPU|SOC|CV) (\\d{1,7})(?:mW)?/\\d{1,7}(?:mW)?(?=\\s|$)");
    private static final Pattern UTILISATION = Pattern.compile("GR3D(?:_FREQ)? (\\d{1,3})%");
    private static final Set<String> NO_RAILS = Set.of("RAM", "SWAP", "IRAM", "LFB");

    /** Rails that hold the whole module, or the machine; then those with the GPU in them. */
    private static final List<String> WHOLE = List.of("VDD_IN", "POM_5V_IN", "TOTAL");

    private static final List<String> GPU =
            List.of("VDD_GPU_SOC", "VDD_CPU_GPU_CV", "VDD_GPU", "POM_5V_GPU", "VDD_SYS_GPU", "GPU");

    @Override
    public String form() {
        return "tegrastats";
    }

    @Override
    public boolean recognises(LogHead head) {
        return head.lines().stream()
                .limit(10)
                .anyMatch(line -> line.matches(".*\\bRAM \\d+/\\d+MB.*") && line.contains(" CPU ["));
    }

    @Override
    public PowerLog read(LogInput input) throws IOException {
        List<String> rails = rails(input);
        List<String> fields = input.wanted(rails);
        LogRows rows = new LogRows(input, fields, Set.of());
        String first = fields.get(0);
        if (!WHOLE.contains(first)) {
            rows.note("The log has no rail for all of the module; " + first + " is a part of it.");
        }
        if (rails.size() > 1 && input.options().fields().isEmpty()) {
            rows.note("Rails: " + String.join(", ", rails) + ". They hold one another and are not added up.");
        }
        try (LogLines lines = LogLines.of(input)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    row(input, rows, fields, lines.number(), line);
                }
            }
            return rows.finish(form(), Scope.MODULE, lines.bytes());
        }
    }

    private static List<String> rails(LogInput input) {
        Set<String> found = new java.util.LinkedHashSet<>();
        input.head().lines().forEach(line -> found.addAll(powers(line).keySet()));
        if (found.isEmpty()) {
            throw new AnalysisInputException(
                    input.source() + ": its lines of tegrastats hold no rail with a power",
                    "Run tegrastats as root: some boards show their rails to nobody else.");
        }
        List<String> ordered = new ArrayList<>();
        WHOLE.stream().filter(found::contains).forEach(ordered::add);
        GPU.stream().filter(found::contains).forEach(ordered::add);
        found.stream().filter(rail -> !ordered.contains(rail)).forEach(ordered::add);
        return ordered;
    }

    private static Map<String, Double> powers(String line) {
        Map<String, Double> powers = new LinkedHashMap<>();
        Matcher rail = RAIL.matcher(line);
        while (rail.find()) {
            if (!NO_RAILS.contains(rail.group(1))) {
                powers.put(rail.group(1), Double.parseDouble(rail.group(2)) / 1e3);
            }
        }
        return powers;
    }

    private static void row(LogInput input, LogRows rows, List<String> fields, long number, String line) {
        Map<String, Double> powers = powers(line);
        if (powers.isEmpty()) {
            rows.reject(number, line, "no rail with a power");
            return;
        }
        TimeText.@Nullable Leading before = TimeText.leading(line);
        if (before == null) {
            throw new AnalysisInputException(
                    input.source()
                            + ": its samples have no time, as tegrastats wrote them before JetPack 5: watts without"
                            + " the time they were read at are no power over time",
                    "Put the time before each line: tegrastats | ts '%Y-%m-%dT%H:%M:%.S%z'.");
        }
        double[] values = new double[fields.size()];
        Arrays.setAll(values, i -> powers.getOrDefault(fields.get(i), Double.NaN));
        Matcher utilisation = UTILISATION.matcher(line);
        rows.add(
                number,
                line,
                before.time(),
                new LogRows.Row(
                        "",
                        "Jetson",
                        -1,
                        values,
                        utilisation.find() ? Double.parseDouble(utilisation.group(1)) : Double.NaN,
                        Double.NaN,
                        Double.NaN));
    }
}
