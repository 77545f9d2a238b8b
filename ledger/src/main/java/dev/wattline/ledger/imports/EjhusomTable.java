package dev.wattline.ledger.imports;

import static dev.wattline.ledger.imports.row.ImportedRow.Field.BENCHMARK;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.MODEL;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.RUN;

import dev.wattline.ledger.imports.row.ImportedRow;
import dev.wattline.ledger.imports.row.RowSink;
import dev.wattline.ledger.read.csv.CsvTable;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Files of the data set llm-inference-energy-consumption: a row a prompt, durations in ns, energies in kWh. On machines
 * without a sensor of the GPU its column is 0, and the total is that of the processor alone.
 */
final class EjhusomTable {
    private static final double JOULES = 3.6e6;
    private static final double NANOS = 1e-9;

    private EjhusomTable() {}

    static void read(Path file, RowSink sink) throws IOException {
        String name = String.valueOf(file.getFileName());
        long rows = 0;
        long zeros = 0;
        try (CsvTable table = CsvTable.open(file)) {
            table.require(
                    "file of llm-inference-energy-consumption",
                    "model_name",
                    "total_duration",
                    "energy_consumption_llm_cpu",
                    "energy_consumption_llm_gpu");
            for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
                rows++;
                zeros += Measure.number(row.get("energy_consumption_llm_gpu")) == 0 ? 1 : 0;
                sink.row(row(name, row).build());
            }
        }
        if (zeros > 0) {
            sink.finding(Finding.of(
                            "zero-is-missing",
                            "energy_consumption_llm_gpu is 0 in " + zeros + " of " + rows
                                    + " rows; energy_consumption_llm_total is then the processor's alone")
                    .in(file.toString())
                    .with("zeros", zeros)
                    .with("rows", rows));
        }
    }

    private static ImportedRow row(String name, CsvTable.Row row) {
        double seconds = Measure.number(row.get("total_duration")) * NANOS;
        double cpu = Measure.number(row.get("energy_consumption_llm_cpu")) * JOULES;
        double gpu = Measure.number(row.get("energy_consumption_llm_gpu")) * JOULES;
        ImportedRow out = new ImportedRow(Kind.EJHUSOM, name, "line " + row.line())
                .set(MODEL, row.get("model_name"))
                .set(BENCHMARK, row.get("type"))
                .set(RUN, row.get("created_at"))
                .set(Setting.INPUT_TOKENS, row.get("prompt_token_length"))
                .set(Setting.OUTPUT_TOKENS, row.get("response_token_length"))
                .measure(row.get("total_duration"), "ns", Scope.UNKNOWN, "total_duration", Basis.MEASURED)
                .measureUnlessZero(
                        row.get("energy_consumption_llm_cpu"),
                        "kWh",
                        Scope.CPU,
                        "energy_consumption_llm_cpu",
                        Basis.MEASURED)
                .measureUnlessZero(
                        row.get("energy_consumption_llm_gpu"),
                        "kWh",
                        Scope.GPU,
                        "energy_consumption_llm_gpu",
                        Basis.MEASURED)
                .measure(
                        row.get("energy_consumption_llm_total"),
                        "kWh",
                        Scope.UNKNOWN,
                        "energy_consumption_llm_total",
                        Basis.DERIVED);
        if (seconds > 0 && cpu > 0) {
            out.derived(cpu / seconds, "W", Scope.CPU, "energy_consumption_llm_cpu/total_duration");
        }
        if (seconds > 0 && gpu > 0) {
            out.derived(gpu / seconds, "W", Scope.GPU, "energy_consumption_llm_gpu/total_duration");
        }
        return out;
    }
}
