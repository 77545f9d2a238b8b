package dev.wattline.cli.terminal;

import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Where a command will write: looked at before hours of logs are read, and made only once there is something to write. */
public final class OutputFolder {
    private OutputFolder() {}

    /**
     * Looks whether a folder is there or can be made.
     *
     * @throws OutputException if it cannot
     */
    public static void check(Path folder) {
        Path nearest = folder.toAbsolutePath().normalize();
        for (Path parent = nearest.getParent();
                parent != null && !Files.exists(nearest);
                parent = nearest.getParent()) {
            nearest = parent;
        }
        if (!Files.isDirectory(nearest)) {
            throw OutputException.of(nearest, new NotDirectoryException(nearest.toString()));
        }
        if (!Files.isWritable(nearest)) {
            throw OutputException.of(nearest, new AccessDeniedException(nearest.toString()));
        }
    }

    /**
     * Looks whether a file can be written there.
     *
     * @throws OutputException if it cannot
     */
    public static void checkFor(Path file) {
        if (Files.isDirectory(file)) {
            throw OutputException.ofFolder(file);
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        check(folder == null ? file : folder);
    }
}
