package dev.wattline.director.session;

import dev.wattline.director.analyzer.AnalyzerFiles;
import dev.wattline.director.results.DataLog;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalInt;

/** Samples that nobody read from PTDaemon, taken from the log file that it writes itself. */
final class Salvage {
    private Salvage() {}

    /**
     * Writes the rows of those analyzers whose rows of this phase are not on disk.
     *
     * @return how many; empty if none was missing
     * @throws IOException if a file cannot be read or written
     */
    static OptionalInt missingRows(Phase phase, String mark, List<AnalyzerFiles> analyzers) throws IOException {
        int rows = 0;
        boolean missing = false;
        for (AnalyzerFiles files : analyzers) {
            if (!Files.exists(files.rows(phase))) {
                missing = true;
                rows += DataLog.extract(files.dataLog(), mark, files.rows(phase));
            }
        }
        return missing ? OptionalInt.of(rows) : OptionalInt.empty();
    }

    /** What the record of the session says of it. */
    static String text(Phase phase, int rows) {
        return phase.word() + " was cut short: " + rows + " rows were taken from PTDaemon's log file";
    }
}
