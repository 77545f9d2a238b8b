package dev.wattline.compliance.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where the two documents of a power submission go. The submission checker looks for them in the folder of
 * {@code measurements} that answers to the one of {@code results}, and in the three above it; without such a tree they go
 * beside the performance folder, if that is its name, else into it.
 *
 * @param analyzerTable the table of the analyzer
 * @param powerSettings the power settings, to be completed by the submitter
 */
public record DocumentPlace(Path analyzerTable, Path powerSettings) {
    private static final String PERFORMANCE = "performance";
    private static final String RESULTS = "results";
    private static final int BELOW_RESULTS = 3; // system, benchmark, scenario

    static DocumentPlace of(Path performance) {
        Path folder = folder(performance);
        return new DocumentPlace(folder.resolve("analyzer_table.md"), folder.resolve("power_settings.md"));
    }

    private static Path folder(Path performance) {
        Path scenario = performance.getParent();
        if (scenario == null || !String.valueOf(performance.getFileName()).equals(PERFORMANCE)) {
            return performance;
        }
        Path results = scenario;
        for (int level = 0; level < BELOW_RESULTS && results != null; level++) {
            results = results.getParent();
        }
        return results != null && String.valueOf(results.getFileName()).equals(RESULTS)
                ? results.resolveSibling("measurements").resolve(results.relativize(scenario))
                : scenario;
    }

    /**
     * The table of another analyzer would describe the wrong one.
     *
     * @throws PackException if one is there
     */
    void requireNoOther(Documents texts) {
        if (!isThere(analyzerTable)) {
            return;
        }
        try {
            if (!Files.readString(analyzerTable).equals(texts.analyzerTable())) {
                throw new PackException(
                        analyzerTable + " is there already, and says something else than this session",
                        "Move it away; nothing is overwritten.",
                        null);
            }
        } catch (IOException e) {
            throw PackException.of("cannot read " + analyzerTable, "Move it away; nothing is overwritten.", e);
        }
    }

    /** Writes what is not there yet. Returns whether power settings were there, which nobody but their author knows. */
    boolean write(Documents texts) throws IOException {
        Files.createDirectories(analyzerTable.resolveSibling(""));
        if (!isThere(analyzerTable)) {
            Files.writeString(analyzerTable, texts.analyzerTable(), StandardOpenOption.CREATE_NEW);
        }
        if (isThere(powerSettings)) {
            return true;
        }
        Files.writeString(powerSettings, texts.powerSettings(), StandardOpenOption.CREATE_NEW);
        return false;
    }

    private static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
