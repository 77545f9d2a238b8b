package dev.wattline.analysis;

import dev.wattline.analysis.json.AnalysisJson;
import dev.wattline.analysis.result.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of an analysis: the statement and the merged log. */
public final class AnalysisFiles {
    private AnalysisFiles() {}

    /**
     * Writes them into a folder, which is made if there is none.
     *
     * @throws IOException if that fails
     */
    public static void write(Path folder, Analysis found) throws IOException {
        Files.createDirectories(folder);
        AnalysisJson.write(folder.resolve(AnalysisJson.FILE), found.summary());
        MergedCsv.write(folder.resolve(MergedCsv.FILE), found);
    }
}
