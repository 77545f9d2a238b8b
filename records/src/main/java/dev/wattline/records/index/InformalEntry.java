package dev.wattline.records.index;

import dev.wattline.compliance.facts.LoadgenDetail;
import dev.wattline.files.CompanionRecord;
import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionManifest;
import dev.wattline.files.json.ManifestJson;
import dev.wattline.records.json.InformalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the index says of a session that was measured without director and analyzer. It has none of the keys of an analyzer's
 * session that tell power, energy or validity, so that the two are never in one answer.
 */
final class InformalEntry {
    /** The kind of such a session. */
    static final String KIND = "informal";

    private InformalEntry() {}

    /** Whether a folder is such a session: one that was measured to be found again, not what {@code measure -o} left. */
    static boolean isOne(Path session) {
        SessionFolder files = new SessionFolder(session);
        if (!Files.exists(files.informal()) || !Files.exists(files.manifest())) {
            return false;
        }
        try {
            return ManifestJson.read(files.manifest())
                    .filter(manifest -> manifest.kind().equals(KIND))
                    .isPresent();
        } catch (SessionFilesException e) {
            return false;
        }
    }

    /** Those that lie in a folder, in the order of their names. */
    static List<Path> in(Path root) throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(InformalEntry::isOne).sorted().toList();
        }
    }

    /**
     * Adds what is known of the measurement.
     *
     * @param line gets it
     * @param session its folder
     * @param manifest what it was; empty if that cannot be read
     * @param loadgen LoadGen's log; empty where there is none
     * @param problems gets what cannot be read
     */
    static void fill(
            Map<String, Object> line,
            Path session,
            Optional<SessionManifest> manifest,
            Optional<LoadgenDetail> loadgen,
            List<String> problems) {
        boolean complete = false;
        try {
            InformalFile told = InformalFile.read(new SessionFolder(session).informal());
            complete = told.exitStatus() == 0;
            line.put("start", told.begin().toString());
            Map<String, Object> seconds = new LinkedHashMap<>();
            seconds.put("testing", tenths(told.seconds()));
            seconds.put("all", tenths(Duration.between(told.begin(), told.end()).toMillis() / 1e3));
            line.put("seconds", seconds);
            Map<String, Object> figures = new LinkedHashMap<>(told.figures());
            if (!told.outermost().isEmpty()) {
                figures.put("outermost", told.outermost());
            }
            line.put(KIND, figures);
            problems.addAll(told.problems());
        } catch (SessionFilesException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        line.put("outcome", complete ? "complete" : "failed");
        line.put(
                "suspect",
                manifest.flatMap(SessionManifest::with)
                        .map(CompanionRecord::suspicions)
                        .orElse(List.of()));
        loadgen.flatMap(log -> log.text("result_validity")).ifPresent(text -> line.put("loadgen", text));
        loadgen.flatMap(log -> log.text("effective_scenario")).ifPresent(text -> line.put("scenario", text));
    }

    private static double tenths(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
