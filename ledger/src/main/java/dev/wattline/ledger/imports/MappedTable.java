package dev.wattline.ledger.imports;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.imports.Mapping.Target;
import dev.wattline.ledger.imports.Mapping.ToField;
import dev.wattline.ledger.imports.Mapping.ToMeasure;
import dev.wattline.ledger.imports.Mapping.ToSetting;
import dev.wattline.ledger.imports.json.JsonRecords;
import dev.wattline.ledger.imports.row.ImportedRow;
import dev.wattline.ledger.imports.row.RowSink;
import dev.wattline.ledger.read.csv.CsvTable;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.model.PythonFloat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Any table, CSV or JSON, read by a mapping file. */
final class MappedTable {
    private MappedTable() {}

    /**
     * @param scope the scope of values whose mapping gives none; null for unknown
     */
    static void read(Path file, Mapping mapping, @Nullable Scope scope, RowSink sink) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".json")
                || file.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl")) {
            JsonRecords.read(file, (place, fields) -> {
                if (place.endsWith("/0") || place.equals("line 1")) {
                    requireColumns(file, mapping, List.copyOf(fields.keySet()));
                }
                sink.row(row(name, place, mapping, scope, key -> fields.getOrDefault(key, "")));
            });
            return;
        }
        try (CsvTable table = CsvTable.open(file)) {
            requireColumns(file, mapping, table.header());
            for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
                sink.row(row(name, "line " + row.line(), mapping, scope, row::get));
            }
        }
    }

    private static void requireColumns(Path file, Mapping mapping, List<String> header) {
        List<String> missing = mapping.columns().keySet().stream()
                .filter(column -> header.stream().noneMatch(column::equalsIgnoreCase))
                .toList();
        if (!missing.isEmpty()) {
            throw new LedgerException(
                    mapping.file() + ": " + file + " has no column '" + String.join("', '", missing) + "'",
                    "Its columns are: " + String.join(", ", header) + ".",
                    null);
        }
    }

    private static dev.wattline.ledger.row.LedgerRow row(
            String name, String place, Mapping mapping, @Nullable Scope scope, UnaryOperator<String> values) {
        ImportedRow row = new ImportedRow(Kind.TABLE, name, place);
        mapping.constants().forEach((target, text) -> put(row, target, text, scope));
        for (Map.Entry<String, Target> column : mapping.columns().entrySet()) {
            put(row, column.getValue(), values.apply(column.getKey()), scope);
        }
        return row.build();
    }

    private static void put(ImportedRow row, Target target, String text, @Nullable Scope scope) {
        if (target instanceof ToField to) {
            row.set(to.field(), text);
        } else if (target instanceof ToSetting to) {
            row.set(to.setting(), text);
        } else if (target instanceof ToMeasure to) {
            Scope of = to.scope() != null ? to.scope() : scope == null ? Scope.UNKNOWN : scope;
            double number = Measure.number(text);
            boolean scaled = to.factor() != 1 && !Double.isNaN(number);
            String printed = scaled ? PythonFloat.repr(number * to.factor()) : text;
            if (to.zeroMeansMissing()) {
                row.measureUnlessZero(printed, to.unit(), of, to.key(), to.basis());
            } else {
                row.measure(
                        printed, to.unit(), of, to.key(), to.basis() == Basis.MEASURED ? Basis.MEASURED : to.basis());
            }
            if (of == Scope.UNKNOWN
                    && !Double.isNaN(number)
                    && Measure.of(printed, to.unit(), of, "").isPower()) {
                row.finding("scope-unknown");
            }
        }
    }
}
