package dev.wattline.analysis;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.wattline.analysis.result.Analysis;
import dev.wattline.analysis.result.GpuResult;
import dev.wattline.analysis.result.MergedTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes {@code merged.csv}: a row for each value of the analyzer, with what the GPUs reported over the same time, lag and
 * window taken out. Cells without a number are empty.
 */
public final class MergedCsv {
    /** The name of the file. */
    public static final String FILE = "merged.csv";

    private MergedCsv() {}

    /**
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Analysis analysis) throws IOException {
        MergedTrace trace = analysis.trace();
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            List<String> header = new ArrayList<>(List.of("time_utc", "unix_ms", "phase", "wall_w", "gpu_sum_w"));
            for (GpuResult gpu : analysis.summary().gpus()) {
                header.add(gpu.key() + "_w");
            }
            header.add("wall_residual_w");
            csv.writeRecord(header);
            for (int i = 0; i < trace.size(); i++) {
                csv.writeRecord(row(analysis, trace, i));
            }
        }
    }

    private static List<String> row(Analysis analysis, MergedTrace trace, int i) {
        long at = trace.wallW().epochMs(i);
        int phase = trace.phase().get(i);
        List<String> cells = new ArrayList<>();
        cells.add(Instant.ofEpochMilli(at).toString());
        cells.add(Long.toString(at));
        cells.add(phase < 0 ? "" : analysis.summary().phases().get(phase).name());
        cells.add(cell(trace.wallW().value(i)));
        cells.add(cell(trace.gpuSumW().value(i)));
        for (var gpu : trace.gpuW()) {
            cells.add(cell(gpu.value(i)));
        }
        cells.add(cell(trace.residualW().value(i)));
        return cells;
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
    }
}
