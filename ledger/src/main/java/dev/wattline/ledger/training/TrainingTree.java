package dev.wattline.ledger.training;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the folders of training results with power: those with files {@code result_*.txt} and a folder {@code power} that
 * holds a folder {@code result_*} with node logs.
 */
public final class TrainingTree {
    private static final int MAX_DEPTH = 64;

    private TrainingTree() {}

    /**
     * The folders below this one, itself included, in the order of their names. Links are not followed.
     *
     * @throws IOException if the folder cannot be listed; folders below that cannot are passed over
     */
    public static List<Path> below(Path root) throws IOException {
        TreeSet<Path> found = new TreeSet<>();
        Files.walkFileTree(root, java.util.Set.of(), MAX_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (isFolder(folder)) {
                    found.add(folder);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(root)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new ArrayList<>(found);
    }

    /** Whether this is a folder of training results with power. */
    public static boolean isFolder(Path folder) {
        Path power = folder.resolve("power");
        if (!Files.isDirectory(power)) {
            return false;
        }
        try {
            return !resultFiles(folder).isEmpty()
                    && children(power, "result_").stream()
                            .anyMatch(result -> Files.isDirectory(result) && hasLogs(result));
        } catch (IOException e) {
            return false; // a folder that cannot be listed has no results for us
        }
    }

    private static boolean hasLogs(Path result) {
        try {
            return children(result, "").stream()
                    .map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.startsWith("node_") || name.startsWith("sw_"));
        } catch (IOException e) {
            return false;
        }
    }

    /** The result files of a folder in the order of their names. */
    static List<Path> resultFiles(Path folder) throws IOException {
        return children(folder, "result_").stream()
                .filter(file -> file.getFileName().toString().endsWith(".txt"))
                .toList();
    }

    /** What lies in a folder with names that begin like this, in the order of the names. */
    static List<Path> children(Path folder, String prefix) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }
}
