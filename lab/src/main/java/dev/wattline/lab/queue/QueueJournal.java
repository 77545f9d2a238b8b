package dev.wattline.lab.queue;

import dev.wattline.lab.LabException;
import dev.wattline.lab.queue.QueueEvent.Moved;
import dev.wattline.lab.queue.QueueEvent.Paused;
import dev.wattline.lab.queue.QueueEvent.Reserved;
import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.json.LabJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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

    private static final long LONG = 1 << 20; // bytes

    /** Takes lines; when it returns they are on the disk. Another than the usual one is a disk that is full, for tests. */
    public interface Disk {
        /** Writes at the file's present place. */
        void write(RandomAccessFile out, byte[] lines) throws IOException;

        /** The usual one. */
        static void usual(RandomAccessFile out, byte[] lines) throws IOException {
            out.write(lines);
            out.getFD().sync();
        }
    }

    private final Path file;
    private final JobQueue queue;
    private final Disk disk;
    private RandomAccessFile out;
    private long length; // of all whole lines
    private final long longFrom; // bytes
    private long shortenAt; // bytes

    private QueueJournal(Path file, JobQueue queue, Disk disk, RandomAccessFile out, long longFrom) {
        this.file = file;
        this.queue = queue;
        this.disk = disk;
        this.out = out;
        this.longFrom = longFrom;
        this.shortenAt = longFrom;
    }

    /**
     * Opens the journal of a folder, and takes all that is in it into a queue. One that has grown long is written anew
     * without the jobs that the queue has forgotten, now and whenever it has doubled.
     *
     * @param queue empty; it must be told of each event that is appended
     * @throws LabException if it cannot be read or written, with the line that is none
     */
    public static QueueJournal open(Path folder, JobQueue queue) {
        return open(folder, queue, Disk::usual);
    }

    /** The same on a disk that may be another than the usual one. */
    public static QueueJournal open(Path folder, JobQueue queue, Disk disk) {
        return open(folder, queue, disk, LONG);
    }

    /** The same, where a journal is long from so many bytes on. */
    static QueueJournal open(Path folder, JobQueue queue, Disk disk, long longFrom) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
            QueueJournal journal = new QueueJournal(file, queue, disk, out, longFrom);
            try {
                journal.replay();
                DurableFile.syncFolder(file);
                journal.shortenIfLong();
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

    private void replay() throws IOException {
        length = endOfLastLine();
        int[] number = new int[1];
        eachLine(line -> {
            number[0]++;
            try {
                queue.apply(QueueEvent.of(LabJson.parse(line)));
            } catch (WattlineException | IllegalArgumentException | DateTimeException e) {
                throw new LabException(
                        "line " + number[0] + " of the queue's journal " + file + " cannot be read: " + e.getMessage(),
                        "Move the file away: the director begins an empty queue then.",
                        e);
            }
        });
        out.setLength(length);
    }

    private long endOfLastLine() throws IOException {
        long end = out.length();
        while (end > 0) {
            out.seek(end - 1);
            if (out.read() == '\n') {
                break;
            }
            end--;
        }
        return end;
    }

    private void eachLine(Consumer<String> taker) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            long read = 0;
            for (String line = lines.readLine(); line != null && read < length; line = lines.readLine()) {
                read += line.getBytes(StandardCharsets.UTF_8).length + 1;
                taker.accept(line);
            }
        }
    }

    private void shortenIfLong() {
        if (length < shortenAt) {
            return;
        }
        try {
            shorten();
        } catch (IOException e) {
            LOG.warn("{} stays as long as it is: {}", file, IoErrors.of(e));
        }
        shortenAt = Math.max(longFrom, 2 * length);
    }

    /** The events of the jobs that are known, in their order, and what is so now of all else. */
    private void shorten() throws IOException {
        Set<String> known = new HashSet<>();
        queue.all().forEach(job -> known.add(job.id()));
        StringBuilder text = new StringBuilder();
        eachLine(line -> {
            LabMessage message = LabJson.parse(line);
            if (message.has("job") && known.contains(message.text("job"))) {
                text.append(line).append('\n');
            }
        });
        int place = 0;
        for (LabJob job : queue.waiting()) { // places were counted among jobs that are forgotten
            place++;
            text.append(text(new Moved(job.id(), place)));
        }
        queue.paused().ifPresent(reason -> text.append(text(new Paused(reason))));
        queue.reservation().ifPresent(held -> text.append(text(new Reserved(held))));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        DurableFile.replace(file, bytes);
        out.close();
        out = new RandomAccessFile(file.toFile(), "rw");
        LOG.info("{} shortened from {} to {} bytes", file, length, bytes.length);
        length = bytes.length;
    }

    private static String text(QueueEvent event) {
        return LabJson.line(QueueEvent.line(event)) + "\n";
    }

    /** The same for one event. */
    public void append(QueueEvent event) {
        append(List.of(event));
    }

    /**
     * Writes events; when this returns they are on the disk.
     *
     * @throws LabException if they are not; then there is nothing of any in the journal
     */
    public void append(List<? extends QueueEvent> events) {
        shortenIfLong();
        StringBuilder lines = new StringBuilder();
        events.forEach(event -> lines.append(text(event)));
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        try {
            out.seek(length);
            disk.write(out, bytes);
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
