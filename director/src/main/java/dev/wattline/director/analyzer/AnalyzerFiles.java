package dev.wattline.director.analyzer;

import dev.wattline.model.Phase;
import java.nio.file.Path;

/**
 * Where what concerns one analyzer is written, below the session's {@code analyzers} folder.
 *
 * @param folder that folder
 * @param number the analyzer's, from 1
 */
public record AnalyzerFiles(Path folder, int number) {

    /** PTDaemon's {@code -l} file. */
    public Path dataLog() {
        return folder.resolve("ptd_logfile_" + number + ".log");
    }

    /** What PTDaemon prints. */
    public Path output() {
        return folder.resolve("ptd_output_" + number + ".txt");
    }

    /** The labelled rows of a phase. */
    public Path rows(Phase phase) {
        return folder.resolve(phase.folder() + "_analyzer_" + number + ".spl.txt");
    }
}
