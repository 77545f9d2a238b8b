package dev.wattline.model;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;

/**
 * Files that outlast a kill and a loss of power. A replaced file is replaced in one step: whoever reads it finds the old
 * content or the new one, never a part of it. Two writers of one file must not run at the same time.
 */
public final class DurableFile {
    private DurableFile() {}

    /** As {@link #replace(Path, byte[], FileAttribute[])}, with text in UTF-8. */
    public static void replace(Path file, String text, FileAttribute<?>... attributes) throws IOException {
        replace(file, text.getBytes(StandardCharsets.UTF_8), attributes);
    }

    /**
     * Writes {@code <file>.part}, forces it to the disk and renames it. When this returns, the new content is there even if
     * the power fails. Not cut short by an interrupt of the thread, which stays interrupted.
     *
     * @param attributes of the new file, such as its permissions, from its first moment
     * @throws IOException if that was not possible; the file is then as it was before
     */
    public static void replace(Path file, byte[] content, FileAttribute<?>... attributes) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, attributes);
        try {
            try (FileOutputStream out = new FileOutputStream(part.toFile())) { // an interrupt would close a channel
                out.write(content);
                out.getFD().sync();
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deletePart(part, e);
            throw e;
        }
        syncFolder(file);
    }

    private static void deletePart(Path part, IOException failure) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Forces a file's entry in its folder to the disk: what was created, renamed or deleted there stays so if the power
     * fails. Does nothing on Windows, which has no such call.
     */
    public static void syncFolder(Path file) throws IOException {
        if (File.separatorChar == '\\') {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
