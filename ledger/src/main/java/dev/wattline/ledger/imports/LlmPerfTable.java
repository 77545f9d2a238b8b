package dev.wattline.ledger.imports;

import static dev.wattline.ledger.imports.row.ImportedRow.Field.ACCELERATOR;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.ACCELERATORS;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.MODEL;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.PRECISION;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.PROCESSOR;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.RUN;

import dev.wattline.ledger.imports.row.ImportedRow;
import dev.wattline.ledger.imports.row.OptimumPhase;
import dev.wattline.ledger.imports.row.RowSink;
import dev.wattline.ledger.read.csv.CsvTable;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Tables of the LLM-Perf leaderboard: a row a run, 149 columns with dotted names; a row of the ledger for each phase with
 * an energy. Runs without any failed, and are kept as rows without values.
 */
final class LlmPerfTable {
    private static final List<String> PHASES = List.of("prefill", "decode");

    private LlmPerfTable() {}

    static void read(Path file, RowSink sink) throws IOException {
        String name = String.valueOf(file.getFileName());
        try (CsvTable table = CsvTable.open(file)) {
            table.require("table of the LLM-Perf leaderboard", "config.backend.model", "report.decode.energy.gpu");
            for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
                boolean any = false;
                for (String phase : PHASES) {
                    OptimumPhase values = new OptimumPhase(phase, "report." + phase + ".", row::get);
                    if (values.hasEnergy()) {
                        any = true;
                        ImportedRow out = row(name, row);
                        values.addTo(out, "line " + row.line());
                        sink.row(out.build());
                    }
                }
                if (!any) {
                    sink.row(row(name, row).finding("run-without-energy").build());
                }
            }
        }
    }

    private static ImportedRow row(String name, CsvTable.Row row) {
        List<String> cards = OptimumPhase.names(row.get("config.environment.gpu"));
        String count = row.get("config.environment.gpu_count");
        return new ImportedRow(Kind.LLMPERF, name, "line " + row.line())
                .set(MODEL, row.get("config.backend.model"))
                .set(PRECISION, OptimumPhase.precision(row::get, "config."))
                .set(PROCESSOR, row.get("config.environment.cpu"))
                .set(ACCELERATOR, cards.isEmpty() ? "" : cards.get(0))
                .set(ACCELERATORS, count.isEmpty() && !cards.isEmpty() ? String.valueOf(cards.size()) : count)
                .set(RUN, row.get("config.name"))
                .set(Setting.BATCH, row.get("config.scenario.input_shapes.batch_size"));
    }
}
