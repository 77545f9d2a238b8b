package dev.wattline.compliance.pack;

import dev.wattline.compliance.rounds.SubmissionLayout;
import dev.wattline.compliance.session.ResultsTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where the documents of a power submission go. Up to v5.1 the submission checker looks for them in the folder of
 * {@code measurements} that answers to the one of {@code results}, and in the three above it, since v6.0 in the scenario's
 * folder and those above it; without such a tree they go beside the performance folder, if that is its name, else into it.
 *
 * @param analyzerTable the table of the analyzer
 * @param powerSettings the power settings, to be completed by the submitter
 * @param measurements the form of the implementation, where the round has it with the results
 */
public record DocumentPlace(Path analyzerTable, Path powerSettings, Optional<Path> measurements) {
    private static final String PERFORMANCE = "performance";

    static DocumentPlace of(Path performance, SubmissionLayout layout) {
        Path folder = folder(performance, layout);
        boolean withResults = layout.documents() == SubmissionLayout.Documents.RESULTS
                && ResultsTree.of(performance).isPresent();
        return new DocumentPlace(
                folder.resolve("analyzer_table.md"),
                folder.resolve("power_settings.md"),
                withResults ? Optional.of(folder.resolve("measurements.json")) : Optional.empty());
    }

    private static Path folder(Path performance, SubmissionLayout layout) {
        Path parent = performance.getParent();
        if (parent == null || !String.valueOf(performance.getFileName()).equals(PERFORMANCE)) {
            return performance;
        }
        return ResultsTree.of(performance)
                .map(tree -> layout.documents() == SubmissionLayout.Documents.MEASUREMENTS
                        ? tree.measurements()
                        : tree.scenario())
                .orElse(parent);
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

    /** Whether the form of the implementation is there already. */
    boolean hasMeasurements() {
        return measurements.filter(DocumentPlace::isThere).isPresent();
    }

    /** Writes what is not there yet. Returns whether power settings were there, which nobody but their author knows. */
    boolean write(Documents texts) throws IOException {
        Files.createDirectories(analyzerTable.resolveSibling(""));
        if (!isThere(analyzerTable)) {
            Files.writeString(analyzerTable, texts.analyzerTable(), StandardOpenOption.CREATE_NEW);
        }
        if (measurements.isPresent() && !hasMeasurements()) {
            Files.writeString(measurements.get(), texts.measurements(), StandardOpenOption.CREATE_NEW);
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
