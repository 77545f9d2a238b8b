package dev.wattline.director.results;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file to which text is appended, and that survives a full disk: what cannot be written is kept in memory, up to a
 * megabyte, and goes first when there is room again, so that a session can be ended in order whatever its disk does. No
 * line is ever there in part or twice. Not safe for use by several threads.
 */
public final class GrowingFile implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(GrowingFile.class);
    private static final int MAX_KEPT = 1_000_000; // bytes

    private final Path path;
    private final FileChannel channel;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean full; // whether the last write failed

    /**
     * Opens the file, whose content stays.
     *
     * @throws IOException if it cannot be written
     */
    public GrowingFile(Path path) throws IOException {
        this.path = path;
        this.channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Appends a text, now or when there is room; whether it is in the file, as far as the operating system goes. */
    public boolean append(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (kept.size() + bytes.length <= MAX_KEPT) {
            kept.writeBytes(bytes);
        }
        try {
            flush();
            return true;
        } catch (IOException e) {
            if (!full) {
                LOG.error("could not write {}: {}; its end is kept in memory until there is room", path, e.toString());
            }
            full = true;
            return false;
        }
    }

    private void flush() throws IOException {
        long size = channel.size();
        ByteBuffer bytes = ByteBuffer.wrap(kept.toByteArray());
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            channel.truncate(size); // what was written of it comes again
            throw e;
        }
        kept.reset();
        full = false;
    }

    /**
     * Waits until all of it is on disk.
     *
     * @throws IOException if it cannot be
     */
    public void force() throws IOException {
        channel.force(false);
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    /**
     * Writes what is kept, and ends it; where that fails it stays open, for another try.
     *
     * @throws IOException if something of it could not be written
     */
    public void end() throws IOException {
        if (channel.isOpen()) {
            flush();
            channel.close();
        }
    }

    /**
     * Ends it.
     *
     * @throws IOException if something of it could not be written
     */
    @Override
    public void close() throws IOException {
        try {
            end();
        } finally {
            channel.close();
        }
    }
}
