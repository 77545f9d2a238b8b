package dev.wattline.ledger.imports;

import static dev.wattline.ledger.imports.row.ImportedRow.Field.ACCELERATOR;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.ACCELERATORS;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.MODEL;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.PROCESSOR;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.RUN;

import dev.wattline.ledger.imports.row.ImportedRow;
import dev.wattline.ledger.imports.row.PollingSource;
import dev.wattline.ledger.imports.row.RowSink;
import dev.wattline.ledger.read.csv.CsvTable;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import java.io.IOException;
import java.nio.file.Path;

/**
 * CodeCarbon's {@code emissions.csv}: a row a run, energies in kWh, powers in W. The columns' order changes between
 * versions, so that only names count. Memory is always an estimate by its size; powers are readings, not means.
 */
final class CodeCarbonLog {
    private static final double JOULES = 3.6e6;
    private static final double NOTE = 0.1;

    private CodeCarbonLog() {}

    static void read(Path file, RowSink sink) throws IOException {
        String name = String.valueOf(file.getFileName());
        try (CsvTable table = CsvTable.open(file)) {
            table.require("emissions.csv of CodeCarbon", "duration", "cpu_energy", "gpu_energy", "ram_energy");
            for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
                sink.row(row(name, row).build());
            }
        }
    }

    private static ImportedRow row(String name, CsvTable.Row row) {
        double seconds = Measure.number(row.get("duration"));
        double gpu = Measure.number(row.get("gpu_energy"));
        double cpu = Measure.number(row.get("cpu_energy"));
        ImportedRow out = new ImportedRow(Kind.CODECARBON, name, "line " + row.line())
                .set(RUN, row.get("run_id"))
                .set(MODEL, row.get("project_name"))
                .set(PROCESSOR, row.get("cpu_model"))
                .set(ACCELERATOR, row.get("gpu_model"))
                .set(ACCELERATORS, row.get("gpu_count"))
                .measure(row.get("duration"), "s", Scope.UNKNOWN, "duration", Basis.MEASURED)
                .measureUnlessZero(row.get("gpu_energy"), "kWh", Scope.GPU, "gpu_energy", Basis.MEASURED)
                .measureUnlessZero(row.get("cpu_energy"), "kWh", Scope.CPU, "cpu_energy", Basis.MEASURED)
                .measure(row.get("ram_energy"), "kWh", Scope.MEMORY, "ram_energy", Basis.ESTIMATED)
                .measure(row.get("energy_consumed"), "kWh", Scope.UNKNOWN, "energy_consumed", Basis.DERIVED)
                .measure(row.get("gpu_power"), "W", Scope.GPU, "gpu_power", Basis.ESTIMATED)
                .measure(row.get("cpu_power"), "W", Scope.CPU, "cpu_power", Basis.ESTIMATED)
                .measure(row.get("ram_power"), "W", Scope.MEMORY, "ram_power", Basis.ESTIMATED)
                .measure(row.get("emissions"), "kg CO2", Scope.UNKNOWN, "emissions", Basis.DERIVED)
                .finding("constant-component");
        if (gpu > 0) {
            out.derived(gpu * JOULES / seconds, "W", Scope.GPU, "gpu_energy/duration");
        }
        if (cpu > 0) {
            out.derived(cpu * JOULES / seconds, "W", Scope.CPU, "cpu_energy/duration");
        }
        mismatch(out, gpu, Measure.number(row.get("gpu_power")), seconds);
        mismatch(out, cpu, Measure.number(row.get("cpu_power")), seconds);
        if (seconds < PollingSource.TEN_POLLS_SECONDS) {
            out.finding("window-too-short");
        }
        return out;
    }

    private static void mismatch(ImportedRow out, double kilowattHours, double watts, double seconds) {
        double ratio = watts * seconds / (kilowattHours * JOULES);
        if (!(kilowattHours > 0) || !(watts > 0)) {
            return;
        }
        if (ratio > 2 || ratio < 0.5) {
            out.finding("energy-power-mismatch");
        } else if (Math.abs(ratio - 1) > NOTE) {
            out.finding("energy-power-apart");
        }
    }
}
