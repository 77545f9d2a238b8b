package dev.wattline.lab.server;

import dev.wattline.lab.LabException;
import dev.wattline.lab.queue.JobQueue;
import dev.wattline.lab.queue.QueueEvent;
import dev.wattline.lab.queue.QueueJournal;
import dev.wattline.protocol.lab.LabMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue and its journal: an event is on the disk before the queue takes it in. Lab thread only. */
final class QueueLog {
    private static final Logger LOG = LoggerFactory.getLogger(QueueLog.class);

    private final JobQueue queue;
    private final QueueJournal journal;
    private final Deque<QueueEvent> unwritten = new ArrayDeque<>();
    private Consumer<String> watcher = job -> {};

    QueueLog(JobQueue queue, QueueJournal journal) {
        this.queue = queue;
        this.journal = journal;
    }

    /** Takes who is told which job has changed. */
    void watch(Consumer<String> told) {
        watcher = told;
    }

    /** Tells the watcher that a job has changed otherwise than by an event. */
    void tell(String job) {
        watcher.accept(job);
    }

    /**
     * Writes an event and takes it in.
     *
     * @throws RefusedException if it cannot be written; nothing has happened then
     */
    void record(QueueEvent event) {
        record(List.of(event));
    }

    /** The same for several, which are written together or not at all. */
    void record(List<? extends QueueEvent> events) {
        if (!unwritten.isEmpty()) {
            throw new RefusedException("disk", "the queue's journal cannot be written; see the director's log");
        }
        try {
            journal.append(events);
        } catch (LabException e) {
            LOG.error("{}", e.getMessage());
            throw new RefusedException("disk", String.valueOf(e.getMessage()), "Free some space on the director.");
        }
        for (QueueEvent event : events) {
            queue.apply(event);
            changed(event);
        }
    }

    /** The same for what has happened already, which is written as soon as the disk takes it. */
    void happened(QueueEvent event) {
        unwritten.add(event);
        writeUnwritten();
        queue.apply(event);
        changed(event);
    }

    /** Tries to write what the disk has not taken. */
    void writeUnwritten() {
        while (!unwritten.isEmpty()) {
            try {
                journal.append(unwritten.element());
                unwritten.remove();
            } catch (LabException e) {
                LOG.error("{}; nothing is begun until it can", e.getMessage());
                return;
            }
        }
    }

    private void changed(QueueEvent event) {
        LOG.info("{}", event);
        LabMessage line = QueueEvent.line(event);
        if (line.has("job")) {
            watcher.accept(line.text("job"));
        }
    }

    /** Why nothing is begun; empty if jobs are. */
    Optional<String> paused() {
        return unwritten.isEmpty() ? queue.paused() : Optional.of("disk: the journal cannot be written");
    }
}
