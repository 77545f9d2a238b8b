package dev.wattline.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** How much room a disk has. Asked of the file system itself: a FileStore looks for the mount, which a chroot may hide. */
public final class FreeSpace {
    private FreeSpace() {}

    /**
     * Bytes that this process may still write where a folder is.
     *
     * @throws IOException if there is no such folder
     */
    public static long of(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        return folder.toFile().getUsableSpace();
    }
}
