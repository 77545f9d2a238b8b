package dev.wattline.sut.session;

import dev.wattline.model.FreeSpace;
import dev.wattline.model.IoErrors;
import dev.wattline.model.Phase;
import dev.wattline.sut.SutException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The two folders on a run's command line: where the workload writes its logs (INDIR), where the session goes (OUTDIR). */
final class RunFolders {
    private final Path loadgenLogs;
    private final Path output;

    RunFolders(Path loadgenLogs, Path output) {
        this.loadgenLogs = absolute(loadgenLogs);
        this.output = absolute(output);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    Path loadgenLogs() {
        return loadgenLogs;
    }

    Path output() {
        return output;
    }

    /**
     * Refuses an OUTDIR that is INDIR or lies below it: the session's copies would be found as the workload's logs.
     *
     * @throws IllegalArgumentException if it does
     */
    void requireApart() {
        if (loadgenLogs.equals(output)) {
            throw new IllegalArgumentException("INDIR (-L) and OUTDIR (-o) are the same folder, " + output
                    + ": the session's copies would be taken for the workload's logs");
        }
        if (output.startsWith(loadgenLogs)) {
            throw new IllegalArgumentException("OUTDIR (-o) " + output + " lies below INDIR (-L) " + loadgenLogs
                    + ": the session's copies would be taken for the workload's logs");
        }
    }

    /**
     * Deletes INDIR with all that is in it, as {@code --force} asks.
     *
     * @throws SutException if that is plainly not a folder of logs, or fails
     */
    void deleteLoadgenLogs() {
        if (!Files.exists(loadgenLogs, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path home = absolute(Path.of(System.getProperty("user.home")));
        Path working = absolute(Path.of(""));
        if (loadgenLogs.getNameCount() == 0 || home.startsWith(loadgenLogs) || working.startsWith(loadgenLogs)) {
            throw new SutException(
                    "--force would delete " + loadgenLogs + ", which is or holds the root, home or working folder",
                    "Give a folder that only holds LoadGen logs with -L, or leave --force out.");
        }
        if (!Files.isDirectory(loadgenLogs)) {
            throw new SutException(
                    "--force would delete " + loadgenLogs + ", which is not a folder", "Give a folder with -L.");
        }
        try {
            Files.walkFileTree(loadgenLogs, new Deletion());
        } catch (IOException e) {
            throw new SutException(
                    "could not delete " + loadgenLogs + ": " + IoErrors.of(e),
                    "Check its permissions, or delete it by hand.",
                    e);
        }
    }

    /** Deletes a tree; a symbolic link is deleted, not followed. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @org.jspecify.annotations.Nullable IOException e)
                throws IOException {
            if (e != null) {
                throw e;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }

    /** Makes OUTDIR where its parent exists, and sees that files can be made in it. */
    void prepareOutput() {
        if (!Files.exists(output)) {
            try {
                Files.createDirectory(output);
            } catch (IOException e) {
                throw new SutException(
                        "could not create the output folder " + output + ": " + IoErrors.of(e),
                        "Its parent folder must exist and be writable.",
                        e);
            }
        }
        try {
            Files.delete(Files.createTempFile(output, "wattline", ".tmp"));
        } catch (IOException e) {
            throw new SutException(
                    "could not write to the output folder " + output + ": " + IoErrors.of(e),
                    "Choose another with -o, or change its permissions.",
                    e);
        }
    }

    /**
     * Sees that the disk has room for what a phase may leave in OUTDIR.
     *
     * @throws SutException if it has not
     */
    void requireSpace(long bytes) {
        try {
            long free = FreeSpace.of(output);
            if (free < bytes) {
                throw new SutException(
                        "the disk of " + output + " has " + megabytes(free) + " left; a phase may need "
                                + megabytes(bytes),
                        "Free some space, or choose another output folder with -o.");
            }
        } catch (IOException e) {
            throw new SutException("cannot ask for the free space of " + output + ": " + IoErrors.of(e), null, e);
        }
    }

    private static String megabytes(long bytes) {
        return bytes / 1_000_000 + " MB";
    }

    /** Sees, for a run without a time stamp in the path, that no earlier session lies in OUTDIR already. */
    void requireNoSession() {
        requireAbsent(output.resolve("power"));
        for (Phase phase : Phase.values()) {
            requireAbsent(output.resolve(phase.folder()));
        }
    }

    private static void requireAbsent(Path folder) {
        if (Files.exists(folder)) {
            throw new SutException(
                    "the output folder holds a session already: " + folder + " exists",
                    "Choose an empty folder with -o, or let each session have its own with -t.");
        }
    }
}
