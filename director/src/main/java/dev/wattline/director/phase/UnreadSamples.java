package dev.wattline.director.phase;

import dev.wattline.director.analyzer.AnalyzerFiles;
import dev.wattline.director.results.DataLog;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalInt;

/** Samples that nobody read from PTDaemon, taken from the log file that it writes itself. */
public final class UnreadSamples {
    private UnreadSamples() {}

    /**
     * Writes the rows of those analyzers whose rows of this phase are not on disk.
     *
     * @return how many; empty if none was missing
     * @throws IOException if a file cannot be read or written
     */
    public static OptionalInt missingRows(Phase phase, String mark, List<AnalyzerFiles> analyzers) throws IOException {
        List<AnalyzerFiles> missing = analyzers.stream()
                .filter(files -> !Files.exists(files.rows(phase)))
                .toList();
        return missing.isEmpty() ? OptionalInt.empty() : OptionalInt.of(rows(phase, mark, missing));
    }

    /**
     * Writes the rows of these analyzers, in the place of what there is.
     *
     * @return how many
     * @throws IOException if a file cannot be read or written
     */
    public static int rows(Phase phase, String mark, List<AnalyzerFiles> analyzers) throws IOException {
        int rows = 0;
        for (AnalyzerFiles files : analyzers) {
            rows += DataLog.extract(files.dataLog(), mark, files.rows(phase));
        }
        return rows;
    }

    /** What the record of the session says of it. */
    public static String text(Phase phase, int rows) {
        return phase.word() + " was cut short: " + rows + " rows were taken from PTDaemon's log file";
    }
}
