package dev.wattline.compliance.run;

import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what a folder without summaries is instead of a session, and which folder was meant. */
public final class WrongFolder {
    private static final int LEVELS_UP = 3;
    private static final int SUGGESTIONS = 5;
    private static final int TRAINING_LEVELS = 7; // organisation/results/system/benchmark/power/result/node_0.txt
    private static final int TRAINING_FILES = 100;
    private static final int TRAINING_BYTES = 1 << 14;

    private WrongFolder() {}

    /** A finding that suggests the right folder; empty if the folder is a session after all, only an incomplete one. */
    public static Optional<Finding> recognise(Path folder) {
        if (!Files.exists(folder)) {
            return Optional.of(Finding.error("folder-missing", folder + " does not exist"));
        }
        if (!Files.isDirectory(folder)) {
            return Optional.of(suggest("this is a file, not a session's folder", above(folder)));
        }
        if (SessionFinder.isSession(folder)) {
            return Optional.empty();
        }
        Optional<Path> above = above(folder);
        if (above.isPresent()) {
            return Optional.of(suggest("this folder lies within a session", above));
        }
        try {
            List<Path> below = SessionFinder.below(folder, SUGGESTIONS + 1);
            if (below.isEmpty()) {
                return Optional.of(noSession(folder));
            }
            if (below.size() == 1) {
                return Optional.of(suggest("this folder lies above a session", Optional.of(below.get(0))));
            }
            String some = below.stream().limit(SUGGESTIONS).map(Path::toString).collect(Collectors.joining(", "));
            String more = below.size() > SUGGESTIONS ? " and others" : "";
            return Optional.of(Finding.error("wrong-folder", "this folder holds several sessions")
                    .with("sessions", some + more)
                    .limit("one of them, or all with --tree " + folder));
        } catch (IOException e) {
            return Optional.of(Finding.error("folder-unreadable", "the folder cannot be listed: " + e.getMessage()));
        }
    }

    private static Finding noSession(Path folder) throws IOException {
        if (isEmpty(folder)) {
            return Finding.error("folder-empty", "the folder is empty");
        }
        if (holdsTrainingLogs(folder)) {
            return Finding.error(
                    "folder-training",
                    "this folder holds logs of MLPerf Training, not a session of MLPerf Inference: there is no LoadGen"
                            + " and no ranging to check");
        }
        return Finding.error(
                "folder-no-session",
                Files.isDirectory(folder.resolve("power"))
                        ? "the folder has a power folder, but neither summary in it"
                        : "there is no session in this folder nor near it");
    }

    private static Finding suggest(String what, Optional<Path> right) {
        return right.map(path -> Finding.error("wrong-folder", what).limit(path.toString()))
                .orElseGet(() -> Finding.error("folder-no-session", what + ", and it lies in none"));
    }

    private static Optional<Path> above(Path folder) {
        Path parent = folder.getParent();
        for (int level = 0; level < LEVELS_UP && parent != null; level++, parent = parent.getParent()) {
            if (SessionFinder.isSession(parent)) {
                return Optional.of(parent);
            }
        }
        return Optional.empty();
    }

    /** Training's power logs and results are lines of MLLOG with keys that LoadGen does not have. */
    private static boolean holdsTrainingLogs(Path folder) throws IOException {
        try (Stream<Path> files =
                Files.find(folder, TRAINING_LEVELS, (file, attributes) -> attributes.isRegularFile() && isText(file))) {
            return files.limit(TRAINING_FILES).anyMatch(WrongFolder::isTrainingLog);
        } catch (UncheckedIOException e) {
            return false; // a folder within it cannot be listed
        }
    }

    private static boolean isText(Path file) {
        return String.valueOf(file.getFileName()).endsWith(".txt");
    }

    private static boolean isTrainingLog(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String begin = new String(in.readNBytes(TRAINING_BYTES), StandardCharsets.ISO_8859_1);
            return begin.contains(":::MLLOG")
                    && (begin.contains("\"power_measurement_start\"") || begin.contains("\"submission_benchmark\""));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        }
    }
}
