package dev.wattline.ledger.imports;

import static dev.wattline.ledger.imports.row.ImportedRow.Field.ACCELERATOR;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.BENCHMARK;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.MODEL;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.RUN;

import dev.wattline.ledger.OtherFormatException;
import dev.wattline.ledger.imports.row.ImportedRow;
import dev.wattline.ledger.imports.row.PollingSource;
import dev.wattline.ledger.imports.row.RowSink;
import dev.wattline.ledger.read.csv.CsvTable;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Tables of the AI Energy Score: the board's, a file a task, with Wh a query and stars; and those of local runs. All
 * energies are of the GPU only. Stars are relative to the board of their day.
 */
final class AiEnergyScoreTable {
    private static final double WATT_SECONDS = 3600;
    private static final double FAILED_SHARE = 0.05;

    private AiEnergyScoreTable() {}

    static void read(Path file, RowSink sink) throws IOException {
        String name = String.valueOf(file.getFileName());
        try (CsvTable table = CsvTable.open(file)) {
            boolean board = table.has("model", "total_gpu_energy");
            boolean local = table.has("model_name", "gpu_energy_wh", "total_duration_seconds");
            if (!board && !local) {
                throw new OtherFormatException(
                        file + ":1: this is no table of the AI Energy Score: " + String.join(", ", table.header()),
                        "The board's tables have model and total_gpu_energy, those of local runs model_name,"
                                + " gpu_energy_wh and total_duration_seconds.");
            }
            String task = name.replaceFirst("\\.[^.]*$", "");
            for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
                sink.row((board ? board(name, task, row) : local(name, row)).build());
            }
        }
    }

    private static ImportedRow board(String name, String task, CsvTable.Row row) {
        return new ImportedRow(Kind.AIENERGYSCORE, name, "line " + row.line())
                .set(MODEL, row.get("model"))
                .set(BENCHMARK, task)
                .set(ACCELERATOR, "NVIDIA H100 80GB") // the board's rule: all runs on one type of card
                .measureUnlessZero(
                        row.get("total_gpu_energy"), "Wh/query", Scope.GPU, "total_gpu_energy", Basis.MEASURED)
                .measure(row.get("energy_score"), "stars", Scope.UNKNOWN, "energy_score", Basis.DERIVED)
                .finding("relative-score")
                .finding("no-duration");
    }

    private static ImportedRow local(String name, CsvTable.Row row) {
        double joules = Measure.number(row.get("gpu_energy_wh")) * WATT_SECONDS;
        double seconds = Measure.number(row.get("total_duration_seconds"));
        double total = Measure.number(row.get("total_prompts"));
        double failed = Measure.number(row.get("failed_prompts"));
        double successful = Measure.number(row.get("successful_prompts"));
        ImportedRow out = new ImportedRow(Kind.AIENERGYSCORE, name, "line " + row.line())
                .set(MODEL, row.get("model_name"))
                .set(BENCHMARK, row.get("task"))
                .set(RUN, row.get("timestamp"))
                .measureUnlessZero(row.get("gpu_energy_wh"), "Wh", Scope.GPU, "gpu_energy_wh", Basis.MEASURED)
                .measure(
                        row.get("total_duration_seconds"), "s", Scope.UNKNOWN, "total_duration_seconds", Basis.MEASURED)
                .measure(row.get("total_prompts"), "queries", Scope.UNKNOWN, "total_prompts", Basis.MEASURED)
                .measure(
                        row.get("total_completion_tokens"),
                        "tokens",
                        Scope.UNKNOWN,
                        "total_completion_tokens",
                        Basis.MEASURED)
                .measure(
                        row.get("throughput_tokens_per_second"),
                        "tokens/s",
                        Scope.UNKNOWN,
                        "throughput_tokens_per_second",
                        Basis.MEASURED)
                .measure(
                        row.get("avg_energy_per_prompt_wh"),
                        "Wh/query",
                        Scope.GPU,
                        "avg_energy_per_prompt_wh",
                        Basis.DERIVED);
        if (successful > 0) {
            out.set(Setting.OUTPUT_TOKENS, mean(row.get("total_completion_tokens"), successful));
            out.set(Setting.INPUT_TOKENS, mean(row.get("total_prompt_tokens"), successful));
        }
        if (joules > 0 && seconds > 0) {
            out.derived(joules / seconds, "W", Scope.GPU, "gpu_energy_wh/total_duration_seconds");
        }
        if (total > 0 && failed > FAILED_SHARE * total) {
            out.finding("failed-prompts");
        }
        if (seconds < PollingSource.TEN_POLLS_SECONDS) {
            out.finding("window-too-short");
        }
        return out;
    }

    private static String mean(String total, double count) {
        double value = Measure.number(total) / count;
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
