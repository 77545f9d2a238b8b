package dev.wattline.lab.queue;

import dev.wattline.lab.LabException;
import dev.wattline.model.IoErrors;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.json.LabJson;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue's journal: a line of JSON for each event, on the disk before anything is done about it. Of a line that a crash
 * cut nothing was done yet, and it does not count. For one thread, which it blocks while the disk writes.
 */
public final class QueueJournal implements AutoCloseable {
    /** The journal's name in the lab's folder. */
    public static final String FILE = "queue.journal";

    private static final Logger LOG = LoggerFactory.getLogger(QueueJournal.class);

    private final Path file;
    private final RandomAccessFile out;
    private long length; // of all whole lines

    private QueueJournal(Path file, RandomAccessFile out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Opens the journal of a folder, and takes all that is in it into a queue.
     *
     * @throws LabException if it cannot be read or written, with the line that is none
     */
    public static QueueJournal open(Path folder, JobQueue queue) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
            QueueJournal journal = new QueueJournal(file, out);
            try {
                journal.replay(queue);
                return journal;
            } catch (IOException | RuntimeException e) {
                out.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LabException(
                    "cannot use the queue's journal " + file + ": " + IoErrors.of(e),
                    "Make it readable and writable for the director.",
                    e);
        }
    }

    private void replay(JobQueue queue) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        List<String> lines =
                new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            try {
                queue.apply(QueueEvent.of(LabJson.parse(lines.get(i))));
            } catch (WattlineException | IllegalArgumentException | DateTimeException e) {
                throw new LabException(
                        "line " + (i + 1) + " of the queue's journal " + file + " cannot be read: " + e.getMessage(),
                        "Move the file away: the director begins an empty queue then.",
                        e);
            }
        }
        length = end;
        out.setLength(end);
    }

    /**
     * Writes an event; when this returns it is on the disk.
     *
     * @throws LabException if it is not; then there is nothing of it in the journal
     */
    public void append(QueueEvent event) {
        LabMessage line = QueueEvent.line(event);
        byte[] bytes = (LabJson.line(line) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            out.seek(length);
            out.write(bytes);
            out.getFD().sync();
            length += bytes.length;
        } catch (IOException e) {
            takeBack();
            throw new LabException(
                    "the queue's journal " + file + " cannot be written: " + IoErrors.of(e), "Free some space.", e);
        }
    }

    /** What was written of a line that is not whole must not stand before the next. */
    private void takeBack() {
        try {
            out.setLength(length);
        } catch (IOException e) {
            LOG.warn("{} cannot be cut; the next line is written over what is left of this one", file, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new LabException("the queue's journal " + file + " cannot be closed: " + IoErrors.of(e), null, e);
        }
    }
}
