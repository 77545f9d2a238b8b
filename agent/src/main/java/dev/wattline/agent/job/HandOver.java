package dev.wattline.agent.job;

import dev.wattline.agent.AgentException;
import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runner's arguments as the agent leaves them: a file that only its owner may read, each argument ended by NUL. It is
 * taken once.
 */
public final class HandOver {
    /** The file's name in the folder of the agent's state. */
    public static final String FILE = "job.args";

    /** The option of {@code run} that names the file. */
    public static final String OPTION = "--job";

    private static final String LOCK = "runner.lock";

    /** Kept, for a channel that nobody has any more is closed, and its lock released. */
    @SuppressWarnings("unused")
    private static @Nullable FileChannel held;

    private HandOver() {}

    /**
     * Holds the folder of a hand-over until this process ends, however it ends, so that an agent knows that a runner is at
     * work whose loop is gone.
     *
     * @param file the hand-over
     */
    public static synchronized void hold(Path file) throws IOException {
        FileChannel channel = open(file.resolveSibling(LOCK));
        if (channel.tryLock() == null) {
            channel.close();
            throw new IOException("another runner is at work with " + file.resolveSibling(""));
        }
        held = channel;
    }

    /**
     * Holds the folder of an agent's state for a run that was started by hand, until this process ends, so that the agent
     * sets nothing meanwhile. Several may. It does nothing where there is no such folder, or in the runner of a job.
     *
     * @throws MachineBusyException if a job of the agent's is under way
     * @throws AgentException if the folder cannot be read
     */
    public static synchronized void holdByHand(Path folder) {
        if (held != null || !Files.isDirectory(folder)) {
            return;
        }
        try {
            FileChannel channel = FileChannel.open(
                    folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock(0, Long.MAX_VALUE, true) == null) {
                Optional<String> job = AgentJournal.jobUnderWay(folder);
                if (job.isPresent()) {
                    channel.close();
                    throw underWay(job.get());
                }
                var unused = channel.lock(0, Long.MAX_VALUE, true); // an agent looks whether it is held, for a moment
            }
            held = channel;
        } catch (IOException e) {
            throw new AgentException(
                    "whether the agent of this machine is at work cannot be seen: " + folder + ": " + IoErrors.of(e),
                    "Make the folder writable for this user; or, if no job is under way, give --beside-agent.",
                    e);
        }
        Optional<String> job = AgentJournal.jobUnderWay(folder);
        if (job.isPresent()) {
            release();
            throw underWay(job.get());
        }
    }

    private static MachineBusyException underWay(String job) {
        return new MachineBusyException(
                "job " + job + " of this machine's agent is under way: what it sets and runs would be measured too",
                "Wait for its end ('wattline queue' shows the director's jobs), or give --beside-agent.");
    }

    private static void release() {
        FileChannel channel = held;
        held = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                return; // this process ends, and the lock with it
            }
        }
    }

    /** Whether a runner is at work. */
    static boolean isHeld(Path folder) {
        try (FileChannel channel = open(folder.resolve(LOCK));
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException e) {
            return false; // there is no folder, and no runner
        }
    }

    private static FileChannel open(Path lock) throws IOException {
        return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Writes it; it appears whole or not at all, and is on the disk when this returns. */
    static void write(Path folder, List<String> arguments) throws IOException {
        DurableFile.replace(
                folder.resolve(FILE),
                String.join("\0", arguments) + "\0",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /**
     * Reads and removes it, so that no job is measured twice.
     *
     * @throws IOException if it is not there, or not whole
     */
    public static List<String> take(Path file) throws IOException {
        String text = Files.readString(file);
        Files.delete(file);
        if (!text.endsWith("\0")) {
            throw new IOException(file + " is cut");
        }
        return List.of(text.substring(0, text.length() - 1).split("\0", -1));
    }
}
