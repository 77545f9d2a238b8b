package dev.wattline.ledger.read.csv;

import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.LedgerRow.Suite;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.MeasureUnit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The website's export as a crosstab: benchmarks are columns. Lines of models, of scenarios and, with the names of the
 * system's columns, of units stand above; a system has a line for each of its measures, such as {@code # of Nodes} and
 * {@code Avg. Result at System Name}. Each number of a result's line is a row of the ledger. Not safe for use by several
 * threads.
 */
final class Crosstab {
    private static final String ID = "Public ID";
    private static final String RESULT = "avg. result";
    /** Lines above the header; one more than seen. */
    private static final int MOST_ABOVE = 6;

    private final Path file;
    private final @Nullable String round;
    private List<String> header = List.of();
    private List<String> models = List.of();
    private List<String> scenarios = List.of();

    Crosstab(Path file, @Nullable String round) {
        this.file = file;
        this.round = round;
    }

    /** Whether a table's first line is the first of a crosstab: it names what the lines above the header are. */
    static boolean begins(CsvTable table) {
        return table.header().stream().anyMatch(cell -> {
            String lower = cell.toLowerCase(Locale.ROOT);
            return lower.contains("model mlc") && lower.contains("units");
        });
    }

    /** Reads the rest of the table. */
    void read(CsvTable table, PublishedTable.Sink rows) throws IOException {
        List<List<String>> above = new ArrayList<>();
        above.add(table.header());
        CsvTable.Row row = table.next();
        while (row != null && !has(row.fields(), ID) && above.size() < MOST_ABOVE) {
            above.add(row.fields());
            row = table.next();
        }
        if (row == null || !has(row.fields(), ID) || above.size() < 2) {
            throw new dev.wattline.ledger.LedgerException(
                    file + ":" + (above.size() + 1)
                            + ": this crosstab has no line with Public ID below those of models and scenarios",
                    "Export it whole, or as a list.",
                    null);
        }
        header = row.fields().stream().map(String::strip).toList();
        models = filled(above.get(above.size() - 2));
        scenarios = filled(above.get(above.size() - 1));
        List<CsvTable.Row> system = new ArrayList<>();
        for (row = table.next(); row != null; row = table.next()) {
            CsvTable.Row named = new CsvTable.Row(row.line(), row.fields(), header);
            if (!named.get(ID).isEmpty() && !system.isEmpty() && !sameSystem(system.get(0), named)) {
                emit(system, rows);
                system.clear();
            }
            system.add(named);
        }
        emit(system, rows);
    }

    private static boolean has(List<String> fields, String text) {
        return fields.stream().anyMatch(field -> field.strip().equalsIgnoreCase(text));
    }

    /** Cells that were merged hold their text once. */
    private static List<String> filled(List<String> cells) {
        List<String> filled = new ArrayList<>();
        String last = "";
        for (String cell : cells) {
            last = cell.isBlank() ? last : cell.strip();
            filled.add(last);
        }
        return filled;
    }

    /** A system's lines either repeat its columns or leave them empty. */
    private static boolean sameSystem(CsvTable.Row first, CsvTable.Row other) {
        return first.get(ID).equals(other.get(ID))
                && system(first).equals(system(other))
                && label(other) != null
                && label(first) != null
                && !String.valueOf(label(first)).equals(label(other));
    }

    private static String system(CsvTable.Row row) {
        return first(row, "System Name (click + for details)", "System Name");
    }

    private static String first(CsvTable.Row row, String... columns) {
        for (String column : columns) {
            String value = row.get(column);
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    /** What a line is of: {@code # of Nodes}, {@code Avg. Result at System Name} and so on; null if nothing says. */
    private static @Nullable String label(CsvTable.Row row) {
        for (String field : row.fields()) {
            String lower = field.strip().toLowerCase(Locale.ROOT);
            if (lower.startsWith("# of") || lower.contains(RESULT) || lower.startsWith("sum of #")) {
                return lower;
            }
        }
        return null;
    }

    private void emit(List<CsvTable.Row> system, PublishedTable.Sink rows) throws IOException {
        if (system.isEmpty()) {
            return;
        }
        Map<String, CsvTable.Row> byLabel = new HashMap<>();
        for (CsvTable.Row line : system) {
            byLabel.put(String.valueOf(label(line)), line);
        }
        boolean any = false;
        for (CsvTable.Row line : system) {
            String label = label(line);
            if (label != null && label.contains(RESULT)) {
                any = true;
                results(system.get(0), line, byLabel, rows);
            }
        }
        if (!any) {
            rows.note(file + ":" + system.get(0).line() + ": the system "
                    + system.get(0).get(ID) + " has no line of results");
        }
    }

    private void results(
            CsvTable.Row head, CsvTable.Row line, Map<String, CsvTable.Row> byLabel, PublishedTable.Sink rows)
            throws IOException {
        for (int column = 0; column < header.size() && column < line.fields().size(); column++) {
            String units = header.get(column);
            String text = line.fields().get(column).strip();
            boolean metric = MeasureUnit.ofLabel(units).isPresent()
                    || (!model(column).isEmpty() && !scenario(column).isEmpty() && !Double.isNaN(Measure.number(text)));
            if (metric && !text.isEmpty()) {
                rows.accept(row(head, line, column, byLabel, text, units));
            }
        }
    }

    private String model(int column) {
        return column < models.size() ? models.get(column) : "";
    }

    private String scenario(int column) {
        return column < scenarios.size() ? scenarios.get(column) : "";
    }

    private LedgerRow row(
            CsvTable.Row head,
            CsvTable.Row line,
            int column,
            Map<String, CsvTable.Row> byLabel,
            String text,
            String units) {
        String place = "line " + line.line() + ", column " + (column + 1);
        String id = head.get(ID);
        Map<Setting, Double> numbers = new EnumMap<>(Setting.class);
        Double processors = count("# of processors", head, column, byLabel);
        if (processors != null) {
            numbers.put(Setting.PROCESSORS, processors);
        }
        String own = PublishedTable.round(id);
        return new LedgerRow(
                new LedgerRow.Origin(Kind.WEBSITE, String.valueOf(file.getFileName()), place),
                new LedgerRow.Submission(
                        units.endsWith("uJ") ? Suite.TINY : Suite.INFERENCE,
                        own.isEmpty() && round != null ? round : own,
                        "",
                        "",
                        id,
                        head.get("Organization"),
                        ""),
                new LedgerRow.Machine(
                        system(head),
                        "",
                        count("# of nodes", head, column, byLabel),
                        first(head, "Processor (click + for details)", "Processor", "Host Processor"),
                        first(head, "Accelerator (click + for details)", "Accelerator"),
                        count("# of accelerators", head, column, byLabel)),
                new LedgerRow.Task(model(column), "", scenario(column), ""),
                new LedgerRow.Settings("", "", "", numbers),
                List.of(Measure.of(text, units, Measure.Scope.WALL, place)),
                PublishedTable.findings(text, units));
    }

    /** A count of the system: from its own line in the result's column, else from a column of that name. */
    private static @Nullable Double count(
            String label, CsvTable.Row head, int column, Map<String, CsvTable.Row> byLabel) {
        for (Map.Entry<String, CsvTable.Row> entry : byLabel.entrySet()) {
            if (entry.getKey().replaceAll("\\s+", " ").contains(label)
                    && column < entry.getValue().fields().size()) {
                Double count = PublishedTable.count(entry.getValue().fields().get(column));
                if (count != null) {
                    return count;
                }
            }
        }
        return PublishedTable.count(head.get(label));
    }
}
