package dev.wattline.ledger.imports;

import static dev.wattline.ledger.imports.row.ImportedRow.Field.ACCELERATOR;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.BENCHMARK;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.MODEL;

import dev.wattline.ledger.imports.row.ImportedRow;
import dev.wattline.ledger.imports.row.RowSink;
import dev.wattline.ledger.read.csv.CsvTable;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import java.io.IOException;
import java.nio.file.Path;

/** The first tables of ML.ENERGY, {@code GPU_TASK_benchmark.csv}: a row a model, one request at a time. */
final class LegacyMlEnergyTable {
    private LegacyMlEnergyTable() {}

    static void read(Path file, RowSink sink) throws IOException {
        String name = String.valueOf(file.getFileName());
        String[] words = name.replaceFirst("(_benchmark)?\\.[^.]*$", "").split("_", 2);
        try (CsvTable table = CsvTable.open(file)) {
            table.require("table of ML.ENERGY", "model", "throughput", "response_length", "latency", "energy");
            for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
                double joules = Measure.number(row.get("energy"));
                double seconds = Measure.number(row.get("latency"));
                sink.row(new ImportedRow(Kind.MLENERGY, name, "line " + row.line())
                        .set(MODEL, row.get("model"))
                        .set(ACCELERATOR, words[0])
                        .set(BENCHMARK, words.length > 1 ? words[1] : "")
                        .set(Setting.BATCH, "1")
                        .set(Setting.OUTPUT_TOKENS, row.get("response_length"))
                        .measure(row.get("energy"), "J/query", Scope.GPU, "energy", Basis.MEASURED)
                        .measure(row.get("latency"), "s", Scope.UNKNOWN, "latency", Basis.MEASURED)
                        .measure(row.get("throughput"), "tokens/s", Scope.UNKNOWN, "throughput", Basis.MEASURED)
                        .derived(joules / seconds, "W", Scope.GPU, "energy/latency")
                        .build());
            }
        }
    }
}
