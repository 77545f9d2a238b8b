package dev.wattline.lab.queue;

import dev.wattline.lab.queue.QueueEvent.Added;
import dev.wattline.lab.queue.QueueEvent.Begun;
import dev.wattline.lab.queue.QueueEvent.Closed;
import dev.wattline.lab.queue.QueueEvent.Ended;
import dev.wattline.lab.queue.QueueEvent.HandedOver;
import dev.wattline.lab.queue.QueueEvent.Moved;
import dev.wattline.lab.queue.QueueEvent.Opened;
import dev.wattline.lab.queue.QueueEvent.Paused;
import dev.wattline.lab.queue.QueueEvent.Released;
import dev.wattline.lab.queue.QueueEvent.Requeued;
import dev.wattline.lab.queue.QueueEvent.Reserved;
import dev.wattline.lab.queue.QueueEvent.Resumed;
import dev.wattline.lab.queue.QueueEvent.StopAsked;
import dev.wattline.protocol.lab.JobReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The queue as its events make it: nothing is known here that is not in the journal. For one thread at a time.
 */
public final class JobQueue {
    /** How many ended jobs are kept in memory. */
    private static final int ENDED_KEPT = 200;

    private final Map<String, LabJob> jobs = new LinkedHashMap<>();
    private final List<String> waiting = new ArrayList<>(); // ids in the order in which they are begun
    private Optional<String> paused = Optional.empty();
    private Optional<Reservation> reservation = Optional.empty();
    private long lastId;

    /** Takes an event in; one about a job that is not there changes nothing. */
    public void apply(QueueEvent event) {
        if (event instanceof Added added) {
            jobs.put(added.job(), LabJob.queued(added.job(), added.order(), added.by(), added.at()));
            waiting.add(added.job());
            lastId = Math.max(lastId, number(added.job()));
        } else if (event instanceof Begun begun) {
            change(begun.job(), job -> job.tried(begun.attempt()));
            waiting.remove(begun.job());
        } else if (event instanceof HandedOver handed) {
            change(handed.job(), job -> job.in(JobState.HANDED_OVER));
        } else if (event instanceof Opened opened) {
            change(opened.job(), job -> job.opened(opened.session()));
        } else if (event instanceof Closed closed) {
            change(closed.job(), job -> job.in(JobState.FINISHING));
        } else if (event instanceof Requeued again) {
            if (jobs.containsKey(again.job())) {
                change(again.job(), LabJob::again);
                waiting.remove(again.job());
                waiting.add(0, again.job());
            }
        } else if (event instanceof StopAsked stop) {
            change(stop.job(), job -> job.toStop(stop.by()));
        } else if (event instanceof Ended ended) {
            end(ended.report());
        } else if (event instanceof Moved moved) {
            if (waiting.remove(moved.job())) {
                waiting.add(Math.min(moved.place() - 1, waiting.size()), moved.job());
            }
        } else if (event instanceof Paused pause) {
            paused = Optional.of(pause.reason());
        } else if (event instanceof Resumed) {
            paused = Optional.empty();
        } else if (event instanceof Reserved reserved) {
            reservation = Optional.of(reserved.reservation());
        } else if (event instanceof Released) {
            reservation = Optional.empty();
        }
    }

    private void end(JobReport report) {
        change(report.job(), job -> job.ended(report));
        waiting.remove(report.job());
        List<String> ended = jobs.values().stream()
                .filter(job -> job.state() == JobState.ENDED)
                .map(LabJob::id)
                .toList();
        ended.stream()
                .limit(Math.max(0, ended.size() - ENDED_KEPT))
                .filter(id -> number(id) != lastId) // or a shortened journal would not tell which ids are taken
                .forEach(jobs::remove);
    }

    private void change(String id, UnaryOperator<LabJob> change) {
        LabJob job = jobs.get(id);
        if (job != null) {
            jobs.put(id, change.apply(job));
        }
    }

    private static long number(String id) {
        return id.matches("j-[0-9]{1,15}") ? Long.parseLong(id.substring(2)) : 0;
    }

    /** An id that no job had. */
    public String nextId() {
        return "j-" + (lastId + 1);
    }

    /** The job of this id. */
    public Optional<LabJob> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** All that are not forgotten, oldest first. */
    public List<LabJob> all() {
        return List.copyOf(jobs.values());
    }

    /** Those that wait, in the order in which they are begun. */
    public List<LabJob> waiting() {
        return waiting.stream().flatMap(id -> find(id).stream()).toList();
    }

    /** Those that have a machine. */
    public List<LabJob> active() {
        return jobs.values().stream().filter(job -> job.state().isActive()).toList();
    }

    /** The job that has this machine. */
    public Optional<LabJob> activeOf(String sut) {
        return active().stream().filter(job -> job.order().sut().equals(sut)).findFirst();
    }

    /** The job for which the analyzers are kept or in use. */
    public Optional<LabJob> measured() {
        return active().stream().filter(job -> job.order().kind().isMeasured()).findFirst();
    }

    /** Why nothing is begun; empty if jobs are. */
    public Optional<String> paused() {
        return paused;
    }

    /** Who has the analyzers for a while. */
    public Optional<Reservation> reservation() {
        return reservation;
    }
}
