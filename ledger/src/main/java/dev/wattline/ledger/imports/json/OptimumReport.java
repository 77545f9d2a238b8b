package dev.wattline.ledger.imports.json;

import static dev.wattline.ledger.imports.row.ImportedRow.Field.ACCELERATOR;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.ACCELERATORS;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.MODEL;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.PROCESSOR;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.OtherFormatException;
import dev.wattline.ledger.imports.row.ImportedRow;
import dev.wattline.ledger.imports.row.OptimumPhase;
import dev.wattline.ledger.imports.row.RowSink;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reports of optimum-benchmark: {@code benchmark_report.json}, phases at the top, or {@code benchmark.json} with
 * {@code config} and {@code report}. A row of the ledger for each phase with an energy.
 */
public final class OptimumReport {
    private static final String ENERGY = ".energy.";

    private OptimumReport() {}

    /**
     * Reads all phases.
     *
     * @throws LedgerException if it is no such report, or is cut; the message names line and column
     * @throws IOException if it cannot be read, or the sink fails
     */
    public static void read(Path file, RowSink sink) throws IOException {
        String name = String.valueOf(file.getFileName());
        JsonRecords.read(file, (place, fields) -> {
            Set<String> prefixes = new TreeSet<>();
            for (String key : fields.keySet()) {
                int at = key.indexOf(ENERGY);
                if (at > 0) {
                    prefixes.add(key.substring(0, at + 1));
                }
            }
            if (prefixes.isEmpty()) {
                throw new OtherFormatException(
                        file + ": no phase of the report holds an energy",
                        "Run the benchmark with its option for energy, or name another report.");
            }
            for (String prefix : prefixes) {
                phase(name, prefix, fields, sink);
            }
        });
    }

    private static void phase(String name, String prefix, Map<String, String> fields, RowSink sink) throws IOException {
        String phase = prefix.substring(prefix.lastIndexOf('.', prefix.length() - 2) + 1, prefix.length() - 1);
        String pointer = "/" + prefix.substring(0, prefix.length() - 1).replace('.', '/') + "/energy";
        OptimumPhase values = new OptimumPhase(phase, prefix, key -> fields.getOrDefault(key, ""));
        String card =
                fields.getOrDefault("config.environment.gpu.0", fields.getOrDefault("config.environment.gpu", ""));
        List<String> cards = OptimumPhase.names(card);
        ImportedRow row = new ImportedRow(Kind.OPTIMUM, name, pointer)
                .set(MODEL, fields.getOrDefault("config.backend.model", ""))
                .set(PROCESSOR, fields.getOrDefault("config.environment.cpu", ""))
                .set(ACCELERATOR, cards.isEmpty() ? "" : cards.get(0))
                .set(ACCELERATORS, fields.getOrDefault("config.environment.gpu_count", ""))
                .set(Setting.BATCH, fields.get("config.scenario.input_shapes.batch_size"));
        values.addTo(row, pointer);
        sink.row(row.build());
    }
}
