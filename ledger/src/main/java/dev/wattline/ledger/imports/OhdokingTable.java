package dev.wattline.ledger.imports;

import static dev.wattline.ledger.imports.row.ImportedRow.Field.ACCELERATOR;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.MODEL;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.PROCESSOR;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.RUN;

import dev.wattline.ledger.imports.row.ImportedRow;
import dev.wattline.ledger.imports.row.RowSink;
import dev.wattline.ledger.read.csv.CsvTable;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.model.PythonFloat;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files of the data set energy_consumption_by_model_and_gpu: a row a prompt. Its program splits one measured total of a
 * run by the prompts' run times, so that the energy of a prompt is none that was measured; and what it calls the total is
 * CodeCarbon's energy of the GPU where there is one, while CO2 is that of the whole machine. A run is read as a whole
 * first, then its prompts, and after all prompts a row for each run with the energy that was measured.
 */
final class OhdokingTable {
    private static final double JOULES = 3.6e6;
    /** No grid emits this much, in kg a kWh. */
    private static final double DIRTIEST_GRID = 1.2;

    private OhdokingTable() {}

    private record Key(String model, String hardware, String timestamp) {
        static Key of(CsvTable.Row row) {
            return new Key(row.get("model_name"), hardwareOf(row), row.get("benchmark_timestamp"));
        }
    }

    private static final class Run {
        final ApportionedCheck check = new ApportionedCheck();
        double joules;
        double seconds;
        double kilograms;
        long prompts;
        long firstLine;
    }

    static void read(Path file, RowSink sink) throws IOException {
        String name = String.valueOf(file.getFileName());
        Map<Key, Run> runs = runs(file);
        try (CsvTable table = CsvTable.open(file)) {
            for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
                Key key = Key.of(row);
                Run run = runs.get(key);
                boolean apportioned = run != null && run.check.apportioned();
                boolean gpu = !row.get("hardware_gpu").isEmpty();
                ImportedRow out = head(name, "line " + row.line(), row, key)
                        .measure(row.get("prompt_runtime"), "s", Scope.UNKNOWN, "prompt_runtime", Basis.MEASURED)
                        .measure(
                                row.get("prompt_energy"),
                                "J",
                                gpu ? Scope.GPU : Scope.UNKNOWN,
                                "prompt_energy",
                                apportioned ? Basis.APPORTIONED : Basis.MEASURED)
                        .measure(row.get("prompt_co2"), "kg CO2", Scope.UNKNOWN, "prompt_co2", Basis.DERIVED);
                if (apportioned) {
                    out.finding("apportioned-by-time");
                }
                sink.row(out.build());
            }
        }
        for (Map.Entry<Key, Run> entry : runs.entrySet()) {
            sink.row(run(name, entry.getKey(), entry.getValue()).build());
            tell(file, entry.getKey(), entry.getValue(), sink);
        }
    }

    private static Map<Key, Run> runs(Path file) throws IOException {
        Map<Key, Run> runs = new LinkedHashMap<>();
        try (CsvTable table = CsvTable.open(file)) {
            table.require(
                    "file of energy_consumption_by_model_and_gpu",
                    "model_name",
                    "benchmark_timestamp",
                    "prompt_runtime",
                    "prompt_energy");
            for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
                Measure energy = Measure.of(row.get("prompt_energy"), "J", Scope.GPU, "");
                Measure time = Measure.of(row.get("prompt_runtime"), "s", Scope.UNKNOWN, "");
                if (energy.value() > 0 && time.value() > 0) {
                    Run run = runs.computeIfAbsent(Key.of(row), key -> new Run());
                    run.firstLine = run.prompts == 0 ? row.line() : run.firstLine;
                    run.prompts++;
                    run.joules += energy.value();
                    run.seconds += time.value();
                    double co2 = Measure.number(row.get("prompt_co2"));
                    run.kilograms += Double.isNaN(co2) ? 0 : co2;
                    run.check.add(energy.value(), energy.halfDigit(), time.value(), time.halfDigit());
                }
            }
        }
        return runs;
    }

    private static String hardwareOf(CsvTable.Row row) {
        String gpu = row.get("hardware_gpu");
        return gpu.isEmpty() ? row.get("hardware_cpu") : gpu;
    }

    private static ImportedRow head(String name, String place, CsvTable.Row row, Key key) {
        String size = row.get("num_params").replaceFirst("[Bb]$", "");
        return new ImportedRow(Kind.OHDOKING, name, place)
                .set(MODEL, key.model)
                .set(RUN, key.timestamp)
                .set(PROCESSOR, row.get("hardware_gpu").isEmpty() ? row.get("hardware_cpu") : "")
                .set(ACCELERATOR, row.get("hardware_gpu"))
                .set(Setting.PARAMETERS, size);
    }

    /** What was measured of a run: its total, over the time of its prompts. */
    private static ImportedRow run(String name, Key key, Run run) {
        return new ImportedRow(Kind.OHDOKING, name, "run from line " + run.firstLine)
                .set(MODEL, key.model)
                .set(RUN, key.timestamp)
                .set(ACCELERATOR, key.hardware)
                .measure(PythonFloat.repr(run.joules), "J", Scope.GPU, "sum of prompt_energy", Basis.MEASURED)
                .measure(PythonFloat.repr(run.seconds), "s", Scope.UNKNOWN, "sum of prompt_runtime", Basis.MEASURED)
                .measure(Long.toString(run.prompts), "queries", Scope.UNKNOWN, "prompts", Basis.MEASURED)
                .derived(run.joules / run.seconds, "W", Scope.GPU, "sum of prompt_energy/sum of prompt_runtime");
    }

    private static void tell(Path file, Key key, Run run, RowSink sink) {
        if (run.check.apportioned()) {
            sink.finding(Finding.of(
                            "apportioned-by-time",
                            "the " + run.prompts + " energies of " + key.model + " on " + key.hardware + ", run "
                                    + key.timestamp + ", are one total split by run time")
                    .at(file.toString(), run.firstLine)
                    .with("rows", run.prompts)
                    .with("measurements", 1)
                    .with("relative spread of W", run.check.relativeSpread()));
        }
        double intensity = run.kilograms / (run.joules / JOULES);
        if (intensity > DIRTIEST_GRID) {
            sink.finding(Finding.of(
                            "co2-energy-mismatch",
                            "CO2 over energy is " + String.format(java.util.Locale.ROOT, "%.2f", intensity)
                                    + " kg/kWh in run " + key.timestamp + ", more than any grid's: the energy is"
                                    + " the GPU's alone, the CO2 the whole machine's")
                    .at(file.toString(), run.firstLine)
                    .with("kgPerKwh", intensity));
        }
    }
}
