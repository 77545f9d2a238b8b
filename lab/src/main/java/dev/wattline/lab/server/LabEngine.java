package dev.wattline.lab.server;

import dev.wattline.director.LabDoor.Surroundings;
import dev.wattline.director.live.LiveState;
import dev.wattline.lab.queue.JobQueue;
import dev.wattline.lab.queue.JobState;
import dev.wattline.lab.queue.LabJob;
import dev.wattline.lab.queue.QueueEvent;
import dev.wattline.lab.queue.QueueEvent.Begun;
import dev.wattline.lab.queue.QueueEvent.Closed;
import dev.wattline.lab.queue.QueueEvent.Ended;
import dev.wattline.lab.queue.QueueEvent.HandedOver;
import dev.wattline.lab.queue.QueueEvent.Opened;
import dev.wattline.lab.queue.QueueEvent.Paused;
import dev.wattline.lab.queue.QueueEvent.Released;
import dev.wattline.lab.queue.QueueEvent.Requeued;
import dev.wattline.lab.queue.QueueEvent.StopAsked;
import dev.wattline.lab.queue.QueueJournal;
import dev.wattline.lab.queue.Reservation;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.lab.JobKind;
import dev.wattline.protocol.lab.JobReport;
import dev.wattline.protocol.lab.JobReport.End;
import dev.wattline.protocol.lab.LabMessage;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is begun when, and what becomes of it: each step is on the disk before anything is done about it. An event that the
 * disk does not take stops everything, is tried again, and nothing is begun meanwhile. Lab thread only.
 */
final class LabEngine {
    /** How long the runner of a job may take to come. */
    static final Duration ARRIVAL = Duration.ofSeconds(30);

    /** How long a machine that has a job may be away: as long as a server takes to start. */
    static final Duration RETURN = Duration.ofMinutes(15);

    private static final Duration EARLY = Duration.ofSeconds(30);
    private static final int EARLY_FAILURES = 3;
    private static final int MOST_NOT_BEGUN = 20;

    private final TimeSource time;
    private final Surroundings director;
    private final JobQueue queue;
    private final QueueLog log;
    private final PlaceKeeper place;
    private final JobLogs logs;
    private final Map<String, AgentLink> agents = new HashMap<>();
    private final Map<String, Long> begunAt = new HashMap<>(); // by job, ns of the monotonic clock
    private final Map<String, Long> waitsSince = new HashMap<>(); // for the runner, or for the agent
    private final Map<String, Duration> returns =
            new HashMap<>(); // by job, where its machine says how long it may be away
    private int earlyFailures;
    private long reservedUntil; // ns of the monotonic clock
    private String open = ""; // the session that is open

    LabEngine(Surroundings director, JobQueue queue, QueueJournal journal, PlaceKeeper place, JobLogs logs) {
        this.director = director;
        this.time = director.time();
        this.queue = queue;
        this.log = new QueueLog(queue, journal);
        this.place = place;
        this.logs = logs;
        queue.active().forEach(job -> waitsSince.put(job.id(), time.nanoTime()));
        queue.reservation().ifPresent(this::countReservation);
    }

    /** Takes who is told which job has changed. */
    void watch(Consumer<String> told) {
        log.watch(told);
    }

    JobQueue queue() {
        return queue;
    }

    Map<String, AgentLink> agents() {
        return agents;
    }

    JobLogs logs() {
        return logs;
    }

    /** The same as of {@link QueueLog}, for who answers requests. */
    void record(QueueEvent event) {
        log.record(event);
    }

    /** Why nothing is begun; empty if jobs are. */
    Optional<String> paused() {
        return log.paused();
    }

    /** Looks at all that time brings, and begins what can be begun. */
    void step() {
        log.writeUnwritten();
        lapse();
        for (LabJob job : queue.active()) {
            closeWithItsSession(job);
            giveUpLate(job);
        }
        if (paused().isEmpty()) {
            for (LabJob job : queue.waiting()) {
                beginIfDue(job);
            }
        }
    }

    private void lapse() {
        if (queue.reservation().isPresent() && reservedUntil - time.nanoTime() <= 0) {
            Optional<String> holder = queue.reservation().map(Reservation::holder);
            boolean used = queue.measured()
                    .filter(job -> holder.equals(Optional.of(job.by())))
                    .isPresent();
            if (!used) {
                log.happened(new Released("lapsed"));
                place.reserve(Optional.empty());
            }
        }
    }

    /**
     * Counts a reservation by the monotonic clock from now on. What a restart finds counts no longer than it was given for,
     * and no longer than its end by the wall clock.
     */
    void countReservation(Reservation given) {
        Duration byWall = Duration.between(time.now(), given.until());
        Duration left = byWall.compareTo(given.length()) < 0 ? byWall : given.length();
        reservedUntil = time.nanoTime() + Math.max(0, left.toNanos());
        place.reserve(Optional.of(given.describe()));
    }

    /** Nobody has the place reserved any more. */
    void endReservation(String how) {
        log.record(new Released(how));
        place.reserve(Optional.empty());
        step();
    }

    private boolean waited(String job, Duration limit) {
        Long since = waitsSince.get(job);
        return since != null && time.nanoTime() - since > limit.toNanos();
    }

    /** Also where an earlier director had the session: the one that is started anew has closed it. */
    private void closeWithItsSession(LabJob job) {
        boolean open = director.live()
                .open()
                .filter(session -> session.session().equals(job.session()))
                .isPresent();
        if (job.state() == JobState.MEASURING && !open) {
            closed(job.id());
        }
    }

    private void giveUpLate(LabJob job) {
        boolean runnerThere = place.runner(job.id()).isPresent();
        if (job.state() == JobState.HANDED_OVER && !runnerThere && waited(job.id(), ARRIVAL)) {
            place.free(job.id());
        }
        boolean away = !agents.containsKey(job.order().sut());
        Duration longest = returns.getOrDefault(job.id(), RETURN);
        if (away && !runnerThere && job.state() != JobState.MEASURING && waited(job.id(), longest)) {
            String cause = job.order().sut() + " did not come back within "
                    + (longest.toMinutes() == 0 ? longest.toSeconds() + " s" : longest.toMinutes() + " min");
            if (job.state() == JobState.PREPARING && job.order().kind().isMeasured()) {
                notBegun(job, cause); // and its agent finds that when it comes back: it hands nothing over
                return;
            }
            end(job, JobReport.without(job.id(), job.attempt(), End.INFRASTRUCTURE, cause));
        }
    }

    /** Why this job cannot be begun now; empty if it can. */
    Optional<String> obstacle(LabJob job) {
        String sut = job.order().sut();
        if (queue.activeOf(sut).isPresent()) { // its agent is away while it measures
            return Optional.of(sut + " has another job");
        }
        AgentLink agent = agents.get(sut);
        if (agent == null) {
            return Optional.of(sut + " is away");
        }
        if (!agent.isReady()) {
            return Optional.of(sut + " is not ready: " + agent.why());
        }
        Optional<Reservation> reserved =
                queue.reservation().filter(held -> !held.holder().equals(job.by()));
        if (!job.order().kind().isMeasured()) {
            // Whoever has reserved the place works with the machine: it is not started anew under their hands.
            return job.order().kind() == JobKind.ACTION ? reserved.map(Reservation::describe) : Optional.empty();
        }
        if (queue.measured().isPresent()) {
            return Optional.of("the analyzers have another job");
        }
        Optional<String> wired = director.config().settings().access().lab().wired();
        if (wired.isPresent() && !wired.get().equals(sut)) {
            return Optional.of("not wired: the analyzers measure " + wired.get());
        }
        if (reserved.isPresent()) {
            return reserved.map(Reservation::describe);
        }
        return director.live().open().map(session -> "the session " + session.session() + " is open");
    }

    private void beginIfDue(LabJob job) {
        if (obstacle(job).isPresent()) {
            return;
        }
        AgentLink agent = agents.get(job.order().sut());
        boolean measured = job.order().kind().isMeasured();
        if (agent == null) {
            return;
        }
        if (measured) {
            place.keepFor(job.id()); // before it is looked whether somebody else has taken it
            if (director.live().open().isPresent()) {
                place.free(job.id());
                return;
            }
        }
        int attempt = job.attempt() + 1;
        try {
            log.record(new Begun(job.id(), attempt));
        } catch (RefusedException e) {
            place.free(job.id());
            return;
        }
        begunAt.put(job.id(), time.nanoTime());
        waitsSince.put(job.id(), time.nanoTime());
        agent.facts().returns(job.order()).ifPresent(longest -> returns.put(job.id(), longest));
        agent.become(false, "it has job " + job.id());
        agent.peer()
                .ask(
                        job.order()
                                .into(LabMessage.request("job")
                                        .with("job", job.id())
                                        .with("attempt", attempt)),
                        answer -> accepted(job.id(), attempt, answer));
    }

    private void accepted(String id, int attempt, LabMessage answer) {
        Optional<String> error = answer.optionalText("error");
        if (error.isPresent()) {
            String why = answer.optionalText("text").orElse(error.get());
            // A wrong name or value of one job says nothing about the next.
            current(id, attempt).ifPresent(job -> close(job, JobReport.without(id, attempt, End.FAILED, why)));
        }
    }

    private Optional<LabJob> current(String id, int attempt) {
        return queue.find(id).filter(job -> job.state().isActive() && job.attempt() == attempt);
    }

    /** The agent is about to leave a job to the runner: the ticket that the runner shows. */
    String handOver(String sut, String id, int attempt) {
        LabJob job = current(id, attempt)
                .filter(one -> one.order().sut().equals(sut) && one.state() == JobState.PREPARING)
                .orElseThrow(() -> new RefusedException("unknown", "job " + id + " is not being prepared"));
        if (job.stopBy().isPresent()) {
            throw new RefusedException("stopped", "stopped by " + job.stopBy().get());
        }
        String ticket = place.ticket(id)
                .orElseThrow(() -> new RefusedException("unknown", "the place is not kept for job " + id));
        log.record(new HandedOver(id));
        waitsSince.put(id, time.nanoTime());
        return ticket;
    }

    /** A session was opened or has ended. */
    void look() {
        LiveState now = director.live().now();
        String session = now.open().map(LiveState.Open::session).orElse("");
        if (!session.equals(open)) {
            open = session;
            queue.measured()
                    .filter(job ->
                            job.state() == JobState.MEASURING && !job.session().equals(session))
                    .ifPresent(job -> closed(job.id()));
            queue.measured()
                    .filter(job -> job.state() == JobState.HANDED_OVER)
                    .filter(job -> now.open().map(LiveState.Open::client).equals(place.runner(job.id())))
                    .ifPresent(job -> opened(job, session));
        }
        queue.measured().map(LabJob::id).ifPresent(log::tell);
        step();
    }

    private void opened(LabJob job, String session) {
        log.happened(new Opened(job.id(), session));
        place.free(job.id());
        job.stopBy().ifPresent(by -> director.canceller().cancel(session, "stopped by " + by));
    }

    private void closed(String id) {
        log.happened(new Closed(id));
        waitsSince.put(id, time.nanoTime());
    }

    /** The runner of a job is gone; whether its session was open is found by {@link #look}. */
    void runnerGone(String id) {
        place.gone(id);
        waitsSince.put(id, time.nanoTime());
    }

    /** An agent tells what a job came to; tells whether the job is one of ours. */
    boolean reported(String sut, JobReport report) {
        Optional<LabJob> known =
                queue.find(report.job()).filter(job -> job.order().sut().equals(sut));
        if (known.isEmpty()) {
            return false;
        }
        LabJob job = known.get();
        if (!job.state().isActive() || job.attempt() != report.attempt()) {
            return true; // it was told before
        }
        if (job.stopBy().isPresent() && report.end() != End.COMPLETE) {
            String cause = "stopped by " + job.stopBy().get();
            JobReport stopped = JobReport.without(job.id(), job.attempt(), End.STOPPED, cause);
            end(job, stopped.withLog(report.log()));
        } else if (report.end() == End.NOT_STARTED) {
            notBegun(job, report.cause());
        } else {
            end(job, report);
        }
        return true;
    }

    private void notBegun(LabJob job, String cause) {
        place.free(job.id());
        if (job.notBegun() + 1 >= MOST_NOT_BEGUN) {
            end(job, JobReport.without(job.id(), job.attempt(), End.INFRASTRUCTURE, "not begun: " + cause));
            pause("job " + job.id() + " could not be begun " + MOST_NOT_BEGUN + " times: " + cause);
        } else {
            log.happened(new Requeued(job.id()));
        }
    }

    /** The agent waits for a job again; one that the queue believes it to have is none of its own any more. */
    void forgotten(String sut) {
        queue.activeOf(sut).ifPresent(job -> {
            if (job.state() == JobState.PREPARING) {
                notBegun(job, "its agent knows nothing of it");
            } else if (job.state() != JobState.MEASURING) {
                String cause = "its agent knows nothing of what it came to";
                end(job, JobReport.without(job.id(), job.attempt(), End.INFRASTRUCTURE, cause));
            }
        });
    }

    private void close(LabJob job, JobReport report) {
        logs.write(report);
        log.happened(new Ended(report.withLog(List.of())));
        place.free(job.id());
        waitsSince.remove(job.id());
        returns.remove(job.id());
        begunAt.remove(job.id());
    }

    private void end(LabJob job, JobReport report) {
        Long begun = begunAt.get(job.id());
        close(job, report);
        boolean early = begun != null && time.nanoTime() - begun < EARLY.toNanos();
        boolean failed = report.end() == End.FAILED || report.end() == End.INFRASTRUCTURE;
        earlyFailures = failed && early ? earlyFailures + 1 : 0;
        if (earlyFailures >= EARLY_FAILURES) {
            earlyFailures = 0;
            pause("failures: the last " + EARLY_FAILURES + " jobs failed within " + EARLY.toSeconds()
                    + " s, this one by: " + report.cause());
        }
    }

    private void pause(String reason) {
        log.happened(new Paused(reason));
    }

    /** Takes jobs that wait out of the queue. */
    void remove(Collection<LabJob> jobs, String by) {
        String cause = "taken out of the queue by " + by;
        log.record(jobs.stream()
                .map(job -> new Ended(JobReport.without(job.id(), Math.max(1, job.attempt()), End.STOPPED, cause)))
                .toList());
    }

    /** Ends a job, or has it ended; tells what was done. */
    String stop(LabJob job, String by) {
        if (job.state() == JobState.QUEUED) {
            remove(List.of(job), by);
            return "removed";
        }
        log.record(new StopAsked(job.id(), by));
        if (job.state() == JobState.MEASURING) {
            director.canceller().cancel(job.session(), "stopped by " + by);
        } else if (job.state() == JobState.HANDED_OVER && place.runner(job.id()).isEmpty()) {
            place.free(job.id()); // a runner that is there already has its session cancelled as soon as it opens one
        }
        AgentLink agent = agents.get(job.order().sut());
        if (agent != null) {
            agent.peer().send(LabMessage.empty().with("event", "stop").with("job", job.id()));
        }
        return "stopping";
    }

    /** An agent has gone; its job's waiting begins now. */
    void left(AgentLink agent) {
        if (agents.remove(agent.sut(), agent)) {
            queue.activeOf(agent.sut()).ifPresent(job -> waitsSince.put(job.id(), time.nanoTime()));
        }
    }

    @Nullable
    AgentLink agent(String sut) {
        return agents.get(sut);
    }
}
