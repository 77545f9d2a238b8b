package dev.wattline.lab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.lab.LabException;
import dev.wattline.lab.queue.QueueEvent.Added;
import dev.wattline.lab.queue.QueueEvent.Begun;
import dev.wattline.lab.queue.QueueEvent.Ended;
import dev.wattline.lab.queue.QueueEvent.HandedOver;
import dev.wattline.lab.queue.QueueEvent.Moved;
import dev.wattline.lab.queue.QueueEvent.Opened;
import dev.wattline.lab.queue.QueueEvent.Paused;
import dev.wattline.lab.queue.QueueEvent.Requeued;
import dev.wattline.lab.queue.QueueEvent.Reserved;
import dev.wattline.protocol.lab.JobKind;
import dev.wattline.protocol.lab.JobOrder;
import dev.wattline.protocol.lab.JobReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueJournalTest {
    private static final Instant AT = Instant.parse("2026-11-28T09:00:00Z");
    private static final long LONG = 16 * 1024; // bytes; so that a short test makes a long journal
    private static final int MOST_WAITING = 30;

    @TempDir
    Path folder;

    private JobQueue queue = new JobQueue();

    private static JobOrder order(Random random) {
        String label = "x".repeat(random.nextInt(200));
        return new JobOrder(
                "rig-" + random.nextInt(4),
                "bert",
                JobKind.PROFILE,
                new TreeMap<>(Map.of("n", "" + random.nextInt(9))),
                Map.of(),
                label);
    }

    private void happens(QueueJournal journal, QueueEvent event) {
        journal.append(event);
        queue.apply(event);
    }

    /** Something that may happen to the queue as it is. */
    private QueueEvent next(Random random) {
        List<LabJob> waiting = queue.waiting();
        List<LabJob> active = queue.active();
        int what = random.nextInt(20);
        if (waiting.isEmpty() || (what < 4 && waiting.size() < MOST_WAITING)) {
            return new Added(queue.nextId(), order(random), "ops", AT);
        }
        String waits = waiting.get(random.nextInt(waiting.size())).id();
        if (what == 4) {
            return new Moved(waits, 1 + random.nextInt(waiting.size()));
        } else if (what == 5) {
            return new Paused("by ops");
        } else if (what == 6) {
            return new QueueEvent.Resumed("ops");
        } else if (what == 7) {
            return new Reserved(new Reservation("ops", "note", AT.plusSeconds(60), Duration.ofMinutes(1)));
        } else if (what == 8) {
            return new QueueEvent.Released("lapsed");
        } else if (active.size() < 3) {
            return new Begun(waits, 1 + random.nextInt(3));
        }
        String busy = active.get(random.nextInt(active.size())).id();
        return switch (what % 4) {
            case 0 -> new HandedOver(busy);
            case 1 -> new Opened(busy, "2026-11-28_09-00-00_" + busy);
            case 2 -> random.nextInt(5) == 0 ? new Requeued(busy) : new HandedOver(busy);
            default -> new Ended(JobReport.without(busy, 1, JobReport.End.FAILED, "because " + busy));
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsReadAgainIsWhatWasWhenItWasWritten(long seed) throws IOException {
        Random random = new Random(seed);
        QueueJournal journal = QueueJournal.open(folder, queue, QueueJournal.Disk::usual, LONG);
        try {
            for (int start = 0; start < 4; start++) {
                for (int i = 0; i < 1500; i++) {
                    happens(journal, next(random));
                }
                journal.close();
                JobQueue read = new JobQueue();
                journal = QueueJournal.open(folder, read, QueueJournal.Disk::usual, LONG);
                assertThat(read.waiting()).isEqualTo(queue.waiting());
                assertThat(read.active()).containsExactlyInAnyOrderElementsOf(queue.active());
                assertThat(read.all()).containsExactlyElementsOf(queue.all());
                assertThat(read.paused()).isEqualTo(queue.paused());
                assertThat(read.reservation()).isEqualTo(queue.reservation());
                assertThat(read.nextId()).isEqualTo(queue.nextId());
                queue = read;
            }
        } finally {
            journal.close();
        }
    }

    @Test
    void manyJobsDoNotMakeALongJournal() throws IOException {
        try (QueueJournal journal = QueueJournal.open(folder, queue, QueueJournal.Disk::usual, LONG)) {
            Random random = new Random(7);
            for (int i = 0; i < 2_000; i++) {
                String id = queue.nextId();
                for (QueueEvent event : List.of(
                        new Added(id, order(random), "ops", AT),
                        new Begun(id, 1),
                        new Ended(JobReport.without(id, 1, JobReport.End.COMPLETE, "")))) {
                    happens(journal, event);
                }
            }
        }
        // At most twice what the 200 jobs take that are kept, some 600 bytes each.
        assertThat(Files.size(folder.resolve(QueueJournal.FILE))).isLessThan(2 * 200 * 600L);
        JobQueue read = new JobQueue();
        QueueJournal.open(folder, read).close();
        assertThat(read.nextId()).isEqualTo("j-2001");
        assertThat(read.find("j-2000")).map(LabJob::state).isEqualTo(Optional.of(JobState.ENDED));
    }

    @Test
    void aLineThatACrashCutDoesNotCount() throws IOException {
        try (QueueJournal journal = QueueJournal.open(folder, queue)) {
            happens(journal, new Added("j-1", order(new Random(1)), "ops", AT));
        }
        Path file = folder.resolve(QueueJournal.FILE);
        Files.writeString(file, "{\"what\":\"Begun\",\"job\":\"j-1\",\"att", StandardOpenOption.APPEND);

        JobQueue read = new JobQueue();
        try (QueueJournal journal = QueueJournal.open(folder, read)) {
            assertThat(read.waiting()).extracting(LabJob::id).containsExactly("j-1");
            journal.append(new Begun("j-1", 1));
        }

        JobQueue again = new JobQueue();
        QueueJournal.open(folder, again).close();
        assertThat(again.active()).extracting(LabJob::id).containsExactly("j-1");
    }

    @Test
    void aLineThatIsNoneIsNamed() throws IOException {
        Path file = folder.resolve(QueueJournal.FILE);
        Files.writeString(file, "{\"what\":\"Paused\",\"reason\":\"x\"}\nnonsense\n");

        assertThatThrownBy(() -> QueueJournal.open(folder, queue))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("line 2 of the queue's journal");
    }
}
