package dev.wattline.director.analyzer;

import dev.wattline.model.Phase;
import java.nio.file.Path;

/**
 * Where what concerns one analyzer is written, below the session's {@code analyzers} folder.
 *
 * @param folder that folder
 * @param number the analyzer's, from 1
 * @param use how the names of PTDaemon's files begin: empty for the one that measures
 */
public record AnalyzerFiles(Path folder, int number, String use) {

    /** How the names of the files begin that are written while ranges are restored. */
    public static final String RESTORING = "restore_";

    /** The files of the PTDaemon that measures. */
    public AnalyzerFiles(Path folder, int number) {
        this(folder, number, "");
    }

    /** The files of a PTDaemon that is started only to restore the ranges. */
    public AnalyzerFiles restoring() {
        return new AnalyzerFiles(folder, number, RESTORING);
    }

    /** PTDaemon's {@code -l} file. */
    public Path dataLog() {
        return folder.resolve(use + "ptd_logfile_" + number + ".log");
    }

    /** What PTDaemon prints. */
    public Path output() {
        return folder.resolve(use + "ptd_output_" + number + ".txt");
    }

    /** The labelled rows of a phase. */
    public Path rows(Phase phase) {
        return folder.resolve(phase.folder() + "_analyzer_" + number + ".spl.txt");
    }
}
