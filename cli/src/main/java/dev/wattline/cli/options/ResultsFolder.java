package dev.wattline.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a director's sessions, as a command line names it. */
public final class ResultsFolder {
    private ResultsFolder() {}

    /**
     * Tells a slip in the name from a folder without sessions.
     *
     * @throws UsageException if there is no such folder
     */
    public static void require(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    "there is no folder " + folder.toAbsolutePath(),
                    "Name the director's resultsDir: the line 'ready' of its log tells it.");
        }
    }
}
