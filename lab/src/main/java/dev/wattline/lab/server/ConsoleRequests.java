package dev.wattline.lab.server;

import dev.wattline.director.LabDoor.Surroundings;
import dev.wattline.lab.queue.JobState;
import dev.wattline.lab.queue.LabJob;
import dev.wattline.lab.queue.QueueEvent.Added;
import dev.wattline.lab.queue.QueueEvent.Moved;
import dev.wattline.lab.queue.QueueEvent.Paused;
import dev.wattline.lab.queue.QueueEvent.Resumed;
import dev.wattline.lab.server.LabAdmission.Rights;
import dev.wattline.protocol.lab.JobOrder;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabMessageException;
import dev.wattline.protocol.lab.LabProtocol;
import dev.wattline.protocol.lab.json.LabJson;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What consoles ask. Lab thread only. */
final class ConsoleRequests implements LabPeer.Service {
    private static final Set<String> LOOKING =
            Set.of("suts", "workloads", "queue", "logs", "watch", "reservation", "check");
    private static final Duration REFRESH = Duration.ofSeconds(2);
    private static final int MOST_WAITING = 1000;
    private static final int MOST_ENDED_SHOWN = 10;
    private static final int MOST_SHOWN_CHARS = 16_000; // of those that wait: the answer is one line

    private final LabEngine engine;
    private final LabAdmission admission;
    private final KnownSuts known;
    private final Surroundings director;
    private final Executor lab;
    private final JobRows jobRows;
    private final ReservationRequests reservations;
    private final Map<LabPeer, String> watching = new HashMap<>(); // a job's id
    private long refreshedAt; // ns of the monotonic clock

    ConsoleRequests(LabEngine engine, LabAdmission admission, KnownSuts known, Surroundings director, Executor lab) {
        this.engine = engine;
        this.admission = admission;
        this.known = known;
        this.director = director;
        this.lab = lab;
        this.jobRows = new JobRows(engine, director);
        this.reservations = new ReservationRequests(engine, director.time());
    }

    @Override
    public @Nullable LabMessage asked(LabPeer peer, LabMessage request) {
        Rights rights = admission.rights(peer.connection(), peer.token());
        String what = request.text("do");
        String who = LabAdmission.who(peer.connection(), peer.token());
        if (rights == Rights.NONE || (rights == Rights.VIEW && !looks(what, request))) {
            throw new RefusedException(
                    "role",
                    who + " may not " + (rights == Rights.NONE ? "use this lab" : what),
                    "The director's section [lab] names who may, as ops or view.");
        }
        peer.connection().admitted();
        return switch (what) {
            case "suts" -> suts();
            case "workloads" -> workloads(request.name("sut"));
            case "start" -> start(peer, request, who);
            case "check" -> check(peer, request);
            case "retry" -> retry(job(request).order(), who);
            case "stop" -> stop(request, who);
            case "remove" -> remove(request, who);
            case "queue" -> queue(request.optionalText("action").orElse("show"), request, who);
            case "reserve" -> reservations.change(request.optionalText("action").orElse("take"), request, who);
            case "reservation" -> reservations.shown();
            case "logs" -> logs(job(request));
            case "watch" -> watch(peer, job(request));
            default -> throw new RefusedException("unknown", "a console cannot ask for '" + what + "'");
        };
    }

    private static boolean looks(String what, LabMessage request) {
        boolean changes = what.equals("queue")
                && !request.optionalText("action").orElse("show").equals("show");
        return LOOKING.contains(what) && !changes;
    }

    /**
     * What a machine can run and set, as its agent told last.
     *
     * @throws RefusedException if no agent of this name has ever come
     */
    private SutFacts facts(String sut) {
        AgentLink agent = engine.agent(sut);
        if (agent != null) {
            return agent.facts();
        }
        return known.facts(sut)
                .orElseThrow(() -> new RefusedException(
                        LabProtocol.WRONG,
                        "there is no machine '" + sut + "'" + SutFacts.names(sut, names()),
                        "'wattline suts' lists the machines; one is known from the first 'wattline agent ..."
                                + " connect' on."));
    }

    private LabMessage workloads(String sut) {
        LabMessage told = facts(sut).told();
        return engine.agent(sut) == null ? told.with("away", absence(sut)) : told;
    }

    /** Why an agent cannot be asked that is not there. */
    private String absence(String sut) {
        return engine.queue()
                .activeOf(sut)
                .map(job -> sut + " has job " + job.id())
                .orElse(sut + " is away");
    }

    private void requireRight(JobOrder order) {
        List<String> problems = facts(order.sut()).problems(order);
        if (!problems.isEmpty()) {
            throw new RefusedException(
                    LabProtocol.WRONG, String.join("; ", problems), LabProtocol.listing(order.sut()));
        }
    }

    private SortedSet<String> names() {
        SortedSet<String> names = known.names();
        names.addAll(engine.agents().keySet());
        return names;
    }

    private LabJob job(LabMessage request) {
        String id = request.name("job");
        return engine.queue()
                .find(id)
                .orElseThrow(() -> new RefusedException(
                        LabProtocol.WRONG, "there is no job " + id, "'wattline queue' lists the jobs."));
    }

    private LabMessage suts() {
        SortedSet<String> all = names();
        engine.queue().active().forEach(job -> all.add(job.order().sut()));
        engine.queue().waiting().forEach(job -> all.add(job.order().sut()));
        List<LabMessage> rows = new ArrayList<>();
        for (String sut : all) {
            AgentLink agent = engine.agent(sut);
            Optional<LabJob> job = engine.queue().activeOf(sut);
            String state = job.map(active -> active.state().word())
                    .orElseGet(() -> agent == null ? "away" : agent.isReady() ? "ready" : "not-ready");
            List<String> workloads = Optional.ofNullable(agent)
                    .map(AgentLink::facts)
                    .or(() -> known.facts(sut))
                    .map(facts -> List.copyOf(facts.workloads()))
                    .orElse(List.of());
            rows.add(LabMessage.empty()
                    .with("sut", sut)
                    .with("state", state)
                    .with("why", agent == null || agent.isReady() || job.isPresent() ? "" : agent.why())
                    .with("job", job.map(LabJob::id).orElse(""))
                    .with("workloads", workloads));
        }
        return LabMessage.empty().with("suts", rows);
    }

    private @Nullable LabMessage start(LabPeer peer, LabMessage request, String who) {
        JobOrder order = JobOrder.of(request);
        Optional<String> wired = director.config().settings().access().lab().wired();
        if (order.kind().isMeasured() && wired.isPresent() && !wired.get().equals(order.sut())) {
            throw new RefusedException(
                    "wired",
                    "not wired: the analyzers measure " + wired.get() + ", not " + order.sut(),
                    "Change wired in the director's section [lab] when the cables are changed.");
        }
        AgentLink agent = engine.agent(order.sut());
        if (agent == null || !agent.isReady()) {
            requireRight(order);
            String reason = agent == null ? absence(order.sut()) : order.sut() + " is not ready";
            return add(order, who, reason + ": names and values were checked by what its agent told last");
        }
        // Its agent knows best whether that can be done; what it refuses is never queued.
        long id = LabPeer.id(request);
        agent.peer().ask(order.into(LabMessage.request("check")), answer -> {
            try {
                peer.answer(id, answer.has("error") ? plain(answer) : add(order, who, ""));
            } catch (RefusedException e) {
                peer.answer(id, e.answer());
            }
        });
        return null;
    }

    private @Nullable LabMessage check(LabPeer peer, LabMessage request) {
        JobOrder order = JobOrder.of(request);
        AgentLink agent = engine.agent(order.sut());
        if (agent == null || !agent.isReady()) {
            requireRight(order);
            throw new RefusedException(
                    "not-ready",
                    "names and values are right, but its agent cannot be asked now: "
                            + (agent == null ? absence(order.sut()) : order.sut() + " is not ready: " + agent.why()),
                    "Try again when it is ready.");
        }
        long id = LabPeer.id(request);
        agent.peer().ask(order.into(LabMessage.request("check")), answer -> peer.answer(id, plain(answer)));
        return null;
    }

    /** An answer of an agent as one of ours. */
    private static LabMessage plain(LabMessage answer) {
        LabMessage own = LabMessage.empty();
        for (Map.Entry<String, Object> field : answer.fields().entrySet()) {
            if (!field.getKey().equals("re") && !field.getKey().equals("ok")) {
                own = own.with(field.getKey(), field.getValue());
            }
        }
        return own;
    }

    private LabMessage add(JobOrder order, String who, String remark) {
        if (engine.queue().waiting().size() >= MOST_WAITING) {
            throw new RefusedException(
                    "full",
                    MOST_WAITING + " jobs wait, which is the most that the queue takes",
                    "'wattline queue remove' takes some of them out, with --mine all of your own.");
        }
        String id = engine.queue().nextId();
        engine.record(new Added(id, order, who, director.time().now().truncatedTo(ChronoUnit.SECONDS)));
        LabMessage answer = LabMessage.empty()
                .with("job", id)
                .with("place", engine.queue().waiting().size())
                .with("remark", remark);
        lab.execute(engine::step); // behind the answer
        return answer;
    }

    private LabMessage retry(JobOrder order, String who) {
        requireRight(order);
        return add(order, who, "");
    }

    private LabMessage stop(LabMessage request, String who) {
        LabJob job;
        if (request.has("job")) {
            job = job(request);
        } else {
            List<LabJob> active = engine.queue().active();
            if (active.size() != 1) {
                throw new RefusedException(
                        "unknown",
                        active.isEmpty() ? "no job is being done" : active.size() + " jobs are being done",
                        "Name the job; 'wattline queue' lists them.");
            }
            job = active.get(0);
        }
        if (job.state() == JobState.ENDED) {
            throw new RefusedException("ended", "job " + job.id() + " has ended already");
        }
        return LabMessage.empty().with("job", job.id()).with("done", engine.stop(job, who));
    }

    /** Takes jobs out of the queue: those that are named, or all that somebody has put there. All of them or none. */
    private LabMessage remove(LabMessage request, String who) {
        Set<LabJob> jobs = new LinkedHashSet<>();
        if (request.flag("mine")) {
            engine.queue().waiting().stream()
                    .filter(job -> job.by().equals(who))
                    .forEach(jobs::add);
        } else if (request.has("jobs")) {
            List<String> ids = request.list("jobs");
            if (ids.isEmpty() || ids.size() > MOST_WAITING) {
                throw new LabMessageException("key 'jobs': expected 1 to " + MOST_WAITING + " jobs");
            }
            ids.forEach(id -> jobs.add(job(LabMessage.empty().with("job", id))));
        } else {
            jobs.add(job(request));
        }
        for (LabJob job : jobs) {
            if (job.state() != JobState.QUEUED) {
                throw new RefusedException(
                        "state",
                        "job " + job.id() + " does not wait any more" + (jobs.size() > 1 ? "; none was removed" : ""),
                        "'wattline stop' ends one that is being done.");
            }
        }
        engine.remove(jobs, who);
        LabMessage answer = LabMessage.empty()
                .with("count", jobs.size())
                .with("removed", jobs.stream().map(LabJob::id).toList());
        return request.has("job") ? answer.with("job", request.text("job")).with("done", "removed") : answer;
    }

    private LabMessage queue(String action, LabMessage request, String who) {
        switch (action) {
            case "show" -> {}
            case "pause" -> engine.record(new Paused("by " + who));
            case "resume" -> engine.record(new Resumed(who));
            case "move" -> {
                LabJob job = job(request);
                if (job.state() != JobState.QUEUED) {
                    throw new RefusedException("state", "job " + job.id() + " does not wait any more");
                }
                engine.record(new Moved(job.id(), (int) request.whole("place", 1, MOST_WAITING)));
            }
            default -> throw new RefusedException("unknown", "the queue cannot be asked to '" + action + "'");
        }
        lab.execute(engine::step);
        List<LabMessage> rows = new ArrayList<>();
        engine.queue().active().forEach(job -> rows.add(jobRows.row(job)));
        int place = 0;
        int more = 0;
        int length = 0;
        for (LabJob job : engine.queue().waiting()) {
            place++;
            LabMessage row = jobRows.row(job)
                    .with("place", place)
                    .with("waits-for", engine.obstacle(job).orElse(""));
            length += LabJson.line(row).length();
            if (length < MOST_SHOWN_CHARS) {
                rows.add(row);
            } else {
                more++;
            }
        }
        List<LabJob> ended = engine.queue().all().stream()
                .filter(job -> job.state() == JobState.ENDED)
                .toList();
        ended.stream()
                .skip(Math.max(0, ended.size() - MOST_ENDED_SHOWN))
                .forEach(job -> rows.add(jobRows.briefRow(job)));
        LabMessage answer =
                reservations.shown().with("paused", engine.paused().orElse("")).with("jobs", rows);
        return more == 0 ? answer : answer.with("more", more);
    }

    private LabMessage logs(LabJob job) {
        return jobRows.row(job).with("log", engine.logs().read(job.id()));
    }

    private LabMessage watch(LabPeer peer, LabJob job) {
        watching.put(peer, job.id());
        return jobRows.row(job);
    }

    /** Tells those who watch the job that is being measured how many watts it takes, every few seconds. */
    void refresh() {
        long now = director.time().nanoTime();
        if (!watching.isEmpty() && now - refreshedAt >= REFRESH.toNanos()) {
            refreshedAt = now;
            engine.queue()
                    .measured()
                    .filter(job -> job.state() == JobState.MEASURING)
                    .ifPresent(job -> changed(job.id()));
        }
    }

    /** A job has changed; those who watch it are told. */
    void changed(String id) {
        engine.queue()
                .find(id)
                .ifPresent(job -> watching.forEach((peer, watched) -> {
                    if (watched.equals(id)) {
                        peer.send(jobRows.row(job).with("event", "job"));
                    }
                }));
    }

    @Override
    public void told(LabPeer peer, LabMessage event) {
        // A console tells nothing.
    }

    @Override
    public void gone(LabPeer peer) {
        watching.remove(peer);
    }
}
