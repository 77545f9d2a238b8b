package dev.wattline.director;

import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second director out of a folder of sessions. It would take the open session of the first for one that was left
 * behind, and end its PTDaemon in the middle of the measurement. The system gives the lock up with the process, however
 * that ends.
 */
final class ResultsLock implements AutoCloseable {
    /** The lock's file; it holds the process id of the director that has it, or had it last. */
    static final String FILE = "director.lock";

    private static final Logger LOG = LoggerFactory.getLogger(ResultsLock.class);

    private final FileChannel channel;

    private ResultsLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws DirectorException if another director has it, or if its file cannot be written
     */
    static ResultsLock take(Path folder) {
        Path file = folder.resolve(FILE);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new DirectorException(
                    "cannot write sessions to " + folder + ": " + IoErrors.of(e),
                    "Set resultsDir in section [wattline] of the configuration to a folder that can be written.",
                    e);
        }
        ResultsLock lock = new ResultsLock(channel);
        try {
            if (tryLock(channel) == null) {
                lock.close();
                throw taken(folder, file);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            LOG.warn("{} cannot be locked against a second director: {}", folder, IoErrors.of(e));
        }
        return lock;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // a director of this very process
        }
    }

    private static DirectorException taken(Path folder, Path file) {
        return new DirectorException(
                "another director keeps its sessions in " + folder + holder(file),
                "End that director, or give this one another resultsDir in section [wattline] of its configuration.",
                null);
    }

    private static String holder(Path file) {
        try {
            String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return pid.isEmpty() ? "" : ": process " + pid;
        } catch (IOException e) {
            LOG.debug("{} does not tell who has it", file, e);
            return "";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("the lock of the sessions' folder could not be given up: {}", IoErrors.of(e));
        }
    }
}
