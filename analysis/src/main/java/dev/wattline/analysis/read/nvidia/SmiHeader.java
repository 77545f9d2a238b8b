package dev.wattline.analysis.read.nvidia;

import dev.wattline.analysis.series.AnalysisInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The columns of an nvidia-smi log, from its first line: names as {@code --query-gpu} takes them, with the unit in
 * brackets behind ({@code power.draw [W]}), which {@code nounits} leaves in place.
 *
 * @param names column names in lower case without unit
 */
record SmiHeader(List<String> names) {
    private static final String STAMP = "timestamp";
    private static final List<String> KEYS = List.of("uuid", "gpu_uuid", "pci.bus_id", "gpu_bus_id", "index");

    SmiHeader {
        names = List.copyOf(names);
    }

    /** Whether a line can be a header at all. */
    static boolean isHeader(String line) {
        for (String cell : line.split(",", -1)) {
            if (name(cell).equals(STAMP)) {
                return true;
            }
        }
        return false;
    }

    /**
     * @throws AnalysisInputException if the line is no header, or names no power column
     */
    static SmiHeader parse(String source, String line) {
        if (!isHeader(line)) {
            throw new AnalysisInputException(
                    source + ": line 1: expected the header of an nvidia-smi log with a 'timestamp' column, got '"
                            + shorten(line) + "'",
                    "Log with --format=csv (with its header) and timestamp among the fields of --query-gpu.");
        }
        SmiHeader header = of(line);
        if (header.powerFields().isEmpty()) {
            throw new AnalysisInputException(
                    source + ": line 1: no power column among " + String.join(", ", header.names()),
                    "Add power.draw, power.draw.average or power.draw.instant to --query-gpu.");
        }
        return header;
    }

    /** The header that a line is, whatever it names. */
    static SmiHeader of(String line) {
        List<String> names = new ArrayList<>();
        for (String cell : line.split(",", -1)) {
            names.add(name(cell));
        }
        return new SmiHeader(names);
    }

    private static String name(String cell) {
        String text = cell.strip().toLowerCase(Locale.ROOT);
        int unit = text.indexOf(" [");
        return (unit < 0 ? text : text.substring(0, unit)).strip();
    }

    private static String shorten(String line) {
        String printable = line.replaceAll("\\p{Cntrl}", "?"); // of a file that is no text
        return printable.length() <= 80 ? printable : printable.substring(0, 80) + "...";
    }

    int stampColumn() {
        return names.indexOf(STAMP);
    }

    /** Whether names alone tell something of the cards, but not one card of two with the same name from the other. */
    boolean hasNamesAlone() {
        return keyColumn() < 0 && column("name", "gpu_name") >= 0;
    }

    /** The column that tells GPUs apart, -1 if there is none and all rows are of one GPU. */
    int keyColumn() {
        for (String key : KEYS) {
            if (names.contains(key)) {
                return names.indexOf(key);
            }
        }
        return -1;
    }

    /** The power columns in their order. */
    List<String> powerFields() {
        return names.stream()
                .filter(name -> name.startsWith("power.draw"))
                .distinct()
                .toList();
    }

    /** Columns of a superchip's power, GPU and processor together: no card's, and read only where they are asked for. */
    List<String> moduleFields() {
        return names.stream()
                .filter(name -> name.startsWith("module.power.draw"))
                .distinct()
                .toList();
    }

    /** The column of the first of these names, or -1. */
    int column(String... candidates) {
        for (String candidate : candidates) {
            if (names.contains(candidate)) {
                return names.indexOf(candidate);
            }
        }
        return -1;
    }
}
