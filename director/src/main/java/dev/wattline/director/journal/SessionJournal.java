package dev.wattline.director.journal;

import dev.wattline.director.results.GrowingFile;
import dev.wattline.model.DurableFile;
import dev.wattline.model.TimeSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The append-only record of one session, {@code journal.log} in its folder. Each line holds an instant, a kind and values,
 * separated by tabs. What a successor must know to put things right is on disk when the method that wrote it returns;
 * marks, exchanges and findings are only handed to the operating system, because waiting for the disk would delay the
 * replies that the two sides' clocks are compared by. What a full disk has no room for is kept in memory until there is
 * room, so that a session can be ended, but for the ranges: none is changed that a successor could not restore. Safe for use
 * by several threads.
 */
public final class SessionJournal implements Closeable {
    /** The file's name in the session's folder. */
    public static final String FILE = "journal.log";

    /** What a line is about, and what its values are. */
    public enum Kind {
        /** Session id, client uuid, director uuid, client address. */
        OPENED(true),
        /** State left, state entered, cause if it is a failure. */
        STATE(true),
        /** Analyzer, PTDaemon's pid, its start in ms since the epoch, network port, command line. */
        PTD_STARTED(true),
        /** Analyzer, voltage and current range to restore, as texts. */
        RANGES(true),
        /** Analyzer: ranges are restored and PTDaemon has ended. */
        RESTORED(true),
        /** Phase, number of the mark, s since the epoch, s on the monotonic clock. */
        MARK(false),
        /** Analyzer, cause. */
        LOST(true),
        /** A line from the client and when it came, the line to the client and when it went, in s since the epoch. */
        EXCHANGE(false),
        /** Analyzer, a command to its PTDaemon, the first line of the reply. */
        PTD_REPLY(false),
        /** Stable word, text: something about the measurement that its reader should know. */
        FINDING(false),
        /** The summary is written and nothing follows but DELIVERED, and RESTORED for what is restored later; outcome. */
        CLOSED(true),
        /** The client said that it has all it wants. */
        DELIVERED(true);

        private final boolean synced; // whether it is on disk before anything else is done

        Kind(boolean synced) {
            this.synced = synced;
        }
    }

    private final GrowingFile file;
    private final TimeSource time;

    private SessionJournal(GrowingFile file, TimeSource time) {
        this.file = file;
        this.time = time;
    }

    /**
     * Opens the journal of the session in this folder, a new one or one to go on with; a last line that was cut short is
     * ended, so that what follows stands on a line of its own.
     *
     * @throws IOException if it cannot be written
     */
    public static SessionJournal open(Path folder, TimeSource time) throws IOException {
        Path file = folder.resolve(FILE);
        boolean created = !Files.exists(file);
        boolean cut = isCut(file);
        GrowingFile growing = new GrowingFile(file);
        if (created) { // the session outlasts a loss of power from its first line on
            DurableFile.syncFolder(file);
            DurableFile.syncFolder(folder);
        }
        if (cut) {
            boolean unused = growing.append("\n"); // where there is no room it comes with the next line
        }
        return new SessionJournal(growing, time);
    }

    private static boolean isCut(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) != '\n';
        }
    }

    /**
     * Appends a line, and waits until it is on disk if its kind asks for that.
     *
     * @throws UncheckedIOException if it cannot be written and is what a successor would restore ranges by
     */
    public synchronized void add(Kind kind, Object... values) {
        StringBuilder line =
                new StringBuilder(time.now().toString()).append('\t').append(kind);
        for (Object value : values) {
            line.append('\t').append(String.valueOf(value).replace('\t', ' ').replaceAll("[\r\n]+", " | "));
        }
        boolean written = file.append(line.append('\n').toString());
        try {
            if (written && kind.synced) {
                file.force();
            } else if (!written && kind == Kind.RANGES) {
                throw new IOException("its disk is full");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not write the session's journal", e);
        }
    }

    /** The same, unless the journal is closed, for what may come behind its end. */
    public synchronized void addIfOpen(Kind kind, Object... values) {
        if (file.isOpen()) {
            add(kind, values);
        }
    }

    /**
     * Writes what there was no room for, and closes it; may be called again after it has failed.
     *
     * @throws IOException if something of it could not be written
     */
    public synchronized void end() throws IOException {
        file.end();
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
