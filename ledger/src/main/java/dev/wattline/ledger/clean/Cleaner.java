package dev.wattline.ledger.clean;

import dev.wattline.ledger.out.CsvOutput;
import dev.wattline.ledger.read.csv.CsvTable;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.MeasureUnit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sorts a raw table of the website's results, which may be several exports one below the other, into the cleaned tables of
 * the MLPerf Power paper: results of submissions with a measured power or energy, by suite. Every other row goes to a table
 * of dropped rows with the reason. The input is read twice, so that its size does not matter.
 */
public final class Cleaner {
    /** Columns of the cleaned tables of Inference and Tiny. */
    private static final String[] COLUMNS = {
        "Public ID",
        "Organization",
        "SystemType",
        "SystemName",
        "Model",
        "Model MLC",
        "Scenario",
        "Result",
        "number_of_nodes",
        "host_processor_model_name",
        "host_processors_per_node",
        "accelerator_model_name",
        "accelerators_per_node",
        "Software",
        "operating_system",
        "notes",
        "version",
        "date",
        "vdate",
        "Units",
        "Total Accelerators"
    };
    /** Columns of the cleaned table of Training, names twice as they are published. */
    private static final String[] TRAINING = {
        "Public ID",
        "Availability",
        "Organization",
        "System Name",
        "Accelerator Model Name",
        "Accelerators Per Node",
        "Host Processor Model Name",
        "Host Processors Per Node",
        "Benchmark",
        "Model MLC",
        "Units (copy)",
        "Units",
        "Accelerator Model Name",
        "Accelerators Per Node",
        "Accuracy",
        "Availability",
        "Host Processor Core Count",
        "Host Processor Model Name",
        "Number Of Nodes",
        "Units",
        "Avg. Result at System Name",
        "Total Accelerators"
    };

    private static final Pattern ROUND = Pattern.compile("v?(\\d+\\.\\d+)(?:-.*)?");

    /** The tables that are written. */
    public enum Table {
        DATACENTER("data_cleaned_inference_datacenter.csv"),
        EDGE("data_cleaned_inference_edge.csv"),
        TINY("data_cleaned_tiny.csv"),
        TRAINING("data_cleaned_training.csv"),
        DROPPED("dropped.csv");

        private final String file;

        Table(String file) {
            this.file = file;
        }

        /** The file's name. */
        public String file() {
            return file;
        }
    }

    /**
     * What was done.
     *
     * @param rows rows of each table
     * @param reasons rows dropped for each reason
     */
    public record Outcome(Map<Table, Long> rows, Map<String, Long> reasons) {}

    /** Is told of every row that was sorted. */
    public interface Watcher {
        void row();
    }

    private record Key(String id, String system) {}

    private Cleaner() {}

    /**
     * Reads a table and writes the cleaned ones.
     *
     * @param folder is made if need be; its files are replaced when all new ones are complete
     * @throws dev.wattline.ledger.LedgerException if it is no such table
     * @throws IOException if it cannot be read, or the files cannot be written
     */
    public static Outcome clean(Path file, Path folder, Watcher watcher) throws IOException {
        Set<Key> measured = measured(file);
        Files.createDirectories(folder);
        Map<Table, Path> parts = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            parts.put(table, folder.resolve(table.file + ".part"));
        }
        Map<Table, Long> rows = new EnumMap<>(Table.class);
        Map<String, Long> reasons = new TreeMap<>();
        boolean complete = false;
        try {
            Map<Table, CsvOutput> outputs = new EnumMap<>(Table.class);
            try (CsvTable table = CsvTable.open(file)) {
                for (Map.Entry<Table, Path> part : parts.entrySet()) {
                    outputs.put(part.getKey(), open(part.getKey(), part.getValue()));
                    rows.put(part.getKey(), 0L);
                }
                List<String> header = table.header();
                for (CsvTable.Row read = table.next(); read != null; read = table.next()) {
                    CsvTable.Row row = new CsvTable.Row(read.line(), read.fields(), header);
                    String reason = reason(row, measured);
                    if (CsvTable.isHeader(read)) {
                        header = read.fields().stream().map(String::strip).toList();
                        reason = "header again";
                    }
                    Table to = reason == null ? table(row) : Table.DROPPED;
                    output(outputs, to).row(reason == null ? cells(to, row) : dropped(row, reason));
                    rows.merge(to, 1L, Long::sum);
                    if (reason != null) {
                        reasons.merge(reason, 1L, Long::sum);
                    }
                    watcher.row();
                }
            } finally {
                for (CsvOutput output : outputs.values()) {
                    output.close();
                }
            }
            complete = true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            for (Map.Entry<Table, Path> part : parts.entrySet()) {
                if (complete) {
                    Files.move(
                            part.getValue(), folder.resolve(part.getKey().file), StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.deleteIfExists(part.getValue());
                }
            }
        }
        return new Outcome(rows, reasons);
    }

    private static CsvOutput output(Map<Table, CsvOutput> outputs, Table table) {
        CsvOutput output = outputs.get(table);
        if (output == null) {
            throw new IllegalStateException("no output for " + table);
        }
        return output;
    }

    private static CsvOutput open(Table table, Path part) throws IOException {
        return new CsvOutput(
                Files.newBufferedWriter(part, StandardCharsets.UTF_8),
                switch (table) {
                    case TRAINING -> TRAINING;
                    case DROPPED -> new String[] {"line", "reason", "fields"};
                    default -> COLUMNS;
                });
    }

    /** The submissions that have a power or an energy. */
    private static Set<Key> measured(Path file) throws IOException {
        Set<Key> measured = new HashSet<>();
        try (CsvTable table = CsvTable.open(file)) {
            table.require("raw table of results", "Public ID", "Model MLC", "Units");
            if (!table.has("Result")) {
                table.require("raw table of results", "Avg. Result at System Name");
            }
            List<String> header = table.header();
            for (CsvTable.Row read = table.next(); read != null; read = table.next()) {
                if (CsvTable.isHeader(read)) {
                    header = read.fields().stream().map(String::strip).toList();
                    continue;
                }
                CsvTable.Row row = new CsvTable.Row(read.line(), read.fields(), header);
                if (isPower(row) && !Double.isNaN(Measure.number(result(row)))) {
                    measured.add(key(row));
                }
            }
        }
        return measured;
    }

    private static boolean isPower(CsvTable.Row row) {
        return MeasureUnit.ofLabel(row.get("Units"))
                .map(unit -> unit.dimension().isPower())
                .orElse(false);
    }

    private static Key key(CsvTable.Row row) {
        return new Key(row.get("Public ID"), system(row).toLowerCase(Locale.ROOT));
    }

    private static @Nullable String reason(CsvTable.Row row, Set<Key> measured) {
        String units = row.get("Units");
        if (units.isEmpty()) {
            return "no unit: a remnant of a pivot view";
        }
        if (MeasureUnit.ofLabel(units).isEmpty()) {
            return "unknown unit";
        }
        if (Double.isNaN(Measure.number(result(row)))) {
            return "the result is no number";
        }
        if (row.get("Valid / Invalid").toLowerCase(Locale.ROOT).startsWith("invalid")) {
            return "invalid";
        }
        if (first(row, "Division", "Division/Power", "Category")
                .toLowerCase(Locale.ROOT)
                .startsWith("open")) {
            return "open division";
        }
        if (!measured.contains(key(row))) {
            return "the submission has no measured power or energy";
        }
        return table(row) == Table.DROPPED ? "neither datacenter, edge, Tiny nor Training" : null;
    }

    private static Table table(CsvTable.Row row) {
        String units = row.get("Units").toLowerCase(Locale.ROOT);
        String told = (row.get("vdate") + " " + row.get("Benchmark") + " " + row.get("Suite")).toLowerCase(Locale.ROOT);
        String type = (first(row, "SystemType", "System Type") + " " + row.get("Category")).toLowerCase(Locale.ROOT);
        if (told.contains("training") || units.equals("kj") || units.equals("latency (in minutes)")) {
            return Table.TRAINING;
        }
        if (told.contains("tiny") || units.endsWith("uj")) {
            return Table.TINY;
        }
        if (type.contains("datacenter") || told.contains("datacenter")) {
            return Table.DATACENTER;
        }
        return type.contains("edge") || told.contains("edge") ? Table.EDGE : Table.DROPPED;
    }

    private static String result(CsvTable.Row row) {
        return first(row, "Result", "Avg. Result at System Name");
    }

    private static String system(CsvTable.Row row) {
        return first(row, "SystemName", "System Name (click + for details)", "System Name");
    }

    private static Object[] dropped(CsvTable.Row row, String reason) {
        return new Object[] {row.line(), reason, String.join(" | ", row.fields())};
    }

    private static @Nullable Object[] cells(Table table, CsvTable.Row row) {
        String result = result(row).replace(",", "");
        if (table == Table.TRAINING) {
            List<String> cells = new ArrayList<>();
            for (String column : TRAINING) {
                cells.add(
                        switch (column) {
                            case "System Name" -> system(row);
                            case "Avg. Result at System Name" -> result;
                            case "Units (copy)" -> first(row, "Units (copy)", "Units");
                            case "Accelerator Model Name" ->
                                first(row, column, "accelerator_model_name", "Accelerator");
                            case "Host Processor Model Name" ->
                                first(row, column, "host_processor_model_name", "Processor");
                            case "Number Of Nodes" -> first(row, column, "number_of_nodes", "# of Nodes");
                            case "Total Accelerators" -> first(row, column, "# of Accelerators");
                            default -> row.get(column);
                        });
            }
            return cells.toArray();
        }
        List<String> cells = new ArrayList<>();
        for (String column : COLUMNS) {
            cells.add(
                    switch (column) {
                        case "SystemName" -> system(row);
                        case "Result" -> result;
                        case "SystemType" -> first(row, column, "System Type", "Category");
                        case "number_of_nodes" -> first(row, column, "# of Nodes");
                        case "host_processor_model_name" -> first(row, column, "Processor");
                        case "accelerator_model_name" -> first(row, column, "Accelerator");
                        case "Total Accelerators" -> first(row, column, "# of Accelerators");
                        case "version" -> row.get(column).isEmpty() ? round(row.get("Public ID")) : row.get(column);
                        default -> row.get(column);
                    });
        }
        return cells.toArray();
    }

    private static String round(String id) {
        java.util.regex.Matcher matcher = ROUND.matcher(id);
        return matcher.matches() ? "v" + matcher.group(1) : "";
    }

    /** The first of the columns that is not empty. */
    private static String first(CsvTable.Row row, String... columns) {
        for (String column : columns) {
            String value = row.get(column);
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
