package dev.wattline.records.index;

import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import dev.wattline.records.RecordsException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;

/**
 * The file of an index, {@code .wattline/index.jsonl} below a folder of sessions. Of a session the last line counts. Readers take
 * no lock; writers take one, so that several processes may append. A line that was cut by a crash is ended before the next
 * one, and passed over by readers. Safe for use by several processes.
 */
public final class IndexFile {
    private static final String FOLDER = ".wattline"; // hidden: scripts take what they see there for sessions
    private final Path root;

    /** @param root the folder of sessions, such as {@code run}'s output folder or a director's {@code resultsDir} */
    public IndexFile(Path root) {
        this.root = root;
    }

    /** The folder of sessions. */
    public Path root() {
        return root;
    }

    /** The index. */
    public Path file() {
        return root.resolve(FOLDER).resolve("index.jsonl");
    }

    /** The tags, which are no derived data: lines of session, TAB, tag. */
    public Path tags() {
        return root.resolve(FOLDER).resolve("tags.log");
    }

    /** Appends lines, durably. */
    public void append(Iterator<String> lines) {
        locked(() -> append(file(), lines));
    }

    /** Appends a tag, durably. */
    void appendTag(String line) {
        locked(() -> append(tags(), List.of(line).iterator()));
    }

    private static void append(Path file, Iterator<String> lines) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long end = out.length();
            if (end > 0) {
                out.seek(end - 1);
                if (out.read() != '\n') {
                    out.write('\n');
                }
            }
            while (lines.hasNext()) {
                out.write((lines.next() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.getFD().sync();
            if (end == 0) {
                DurableFile.syncFolder(file);
            }
        }
    }

    /** Replaces the whole index; readers see the old one or the new one. */
    public void replace(Iterator<String> lines) {
        locked(() -> {
            Path part = file().resolveSibling("index.jsonl.part");
            try (FileChannel out = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                while (lines.hasNext()) {
                    ByteBuffer line = ByteBuffer.wrap((lines.next() + "\n").getBytes(StandardCharsets.UTF_8));
                    while (line.hasRemaining()) {
                        out.write(line);
                    }
                }
                out.force(true);
            }
            Files.move(part, file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.syncFolder(file());
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private void locked(Work work) {
        Path folder = root.resolve(FOLDER);
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                    folder.resolve("index.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                FileLock lock = channel.lock();
                try {
                    work.run();
                } finally {
                    lock.release();
                }
            }
        } catch (IOException e) {
            throw new RecordsException(
                    "cannot write the index in " + folder + ": " + IoErrors.of(e),
                    "The sessions are not touched; 'wattline index rebuild " + root + "' makes the index again.",
                    e);
        }
    }
}
