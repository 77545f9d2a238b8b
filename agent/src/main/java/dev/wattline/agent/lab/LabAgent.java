package dev.wattline.agent.lab;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfig.MachineAction;
import dev.wattline.agent.job.AgentJournal;
import dev.wattline.agent.job.AgentState;
import dev.wattline.agent.job.JobRequest;
import dev.wattline.agent.job.LocalAgent;
import dev.wattline.agent.job.MachineBusyException;
import dev.wattline.agent.job.NotRestoredException;
import dev.wattline.agent.job.RunnerOutcome;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.client.LabConnection;
import dev.wattline.protocol.lab.JobKind;
import dev.wattline.protocol.lab.JobOrder;
import dev.wattline.protocol.lab.JobReport;
import dev.wattline.protocol.lab.JobReport.End;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabMessageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The agent between jobs: it dials the director again and again, reports what jobs came to, says whether the machine is
 * ready, and then waits, blocked in a read, for the next job. When it has handed one over its process ends, so that only the
 * runner is there while anything is measured.
 */
public final class LabAgent {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final long[] RETRY_MILLIS = {1000, 2000, 4000};
    private static final double RETRY_SPREAD = 0.2;
    private static final double CLOCK_SECONDS = 0.4; // as the runner allows

    private final AgentConfig config;
    private final AgentJournal journal;
    private final LocalAgent local;
    private final JobReports reports;
    private final RunnerReports runners;
    private final KnownOrders orders;
    private final Surroundings around;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final Random random = new Random();
    private volatile @Nullable LabConnection open;
    private String told = "";

    /**
     * What an agent has of the world.
     *
     * @param state the folder of its state
     * @param connect dials the director; what it throws is told, and it is tried again
     * @param console told of each step, a line each
     * @param version of Wattline
     * @param verdict why a complete session does not count, by its folder
     */
    public record Surroundings(
            Path state, Connect connect, Consumer<String> console, TimeSource time, String version, Verdict verdict) {}

    /** Says why a complete session does not count. */
    public interface Verdict {
        /** The reasons, of a session's folder; none if it counts. */
        List<String> of(Path session);
    }

    /** Dials the director. */
    public interface Connect {
        /** Connects, greets and proves. */
        LabConnection open();
    }

    /** @param journal the agent's own, which no other agent has open */
    public LabAgent(AgentConfig config, AgentJournal journal, Surroundings around) {
        this.config = config;
        this.journal = journal;
        this.around = around;
        this.reports = new JobReports(around.state());
        this.runners = new RunnerReports(reports, around.verdict(), around.console());
        this.orders = new KnownOrders(config);
        this.local = new LocalAgent(config, journal, around.state(), this::step);
    }

    /** Ends it soon: what a job has set is restored, and nothing is handed over any more. From any thread. */
    public void interrupt() {
        interrupted.countDown();
        local.interrupt();
        LabConnection now = open;
        if (now != null) {
            now.close();
        }
    }

    private boolean isInterrupted() {
        return interrupted.getCount() == 0;
    }

    private void step(String line) {
        around.console().accept(line);
        LabConnection now = open;
        if (now != null && journal.state() == AgentState.PREPARING) {
            try {
                now.send(LabMessage.empty().with("event", "step").with("step", line));
            } catch (WattlineException e) {
                tell(String.valueOf(e.getMessage())); // the hand-over will find it too
            }
        }
    }

    /** Says something once, however often it is the case in a row. */
    private void tell(String line) {
        if (!line.equals(told)) {
            told = line;
            around.console().accept(line);
        }
    }

    /**
     * Takes jobs until one is handed over, or {@link #interrupt} ends it.
     *
     * @throws MachineBusyException if another agent's job is being measured
     * @param loop starts the runner when this process has ended
     * @return whether the runner has its turn now
     */
    public boolean run(LocalAgent.Loop loop) {
        journal.stay();
        settle();
        int tries = 0;
        while (!isInterrupted()) {
            long wait = retry(tries++);
            try (LabConnection connection = around.connect().open()) {
                open = connection;
                if (isInterrupted()) {
                    break; // the signal came before there was anything to close
                }
                connection.ask(AgentFacts.hello(config, around.version()), ANSWER);
                tries = 0;
                told = "";
                around.console().accept("connected to director " + config.director());
                report(connection);
                if (serve(connection, loop)) {
                    return true;
                }
            } catch (RequestRejectedException e) {
                wait = LOOK_AGAIN.toMillis();
                sayUnlessEnding(e);
            } catch (WattlineException e) {
                sayUnlessEnding(e);
            } finally {
                open = null;
            }
            pause(wait);
        }
        return false;
    }

    /** Notes what jobs came to that an earlier agent had, once nothing of them runs any more. */
    private void settle() {
        Optional<String> preparing = journal.state() == AgentState.PREPARING ? journal.job() : Optional.empty();
        while (!isInterrupted() && isBusy()) {
            pause(LOOK_AGAIN.toMillis());
        }
        if (isInterrupted()) {
            return;
        }
        for (JobReport report : reports.all(preparing)) {
            boolean left = report.end() == End.INTERRUPTED && Files.exists(reports.outcome(report.job()));
            String cut = "its agent was killed before it had read the settings again";
            reports.ended(
                    left
                            ? runners.report(report.job(), report.attempt(), 0, List.of(cut))
                            : report.log().isEmpty() ? runners.withLog(report) : report);
        }
    }

    /** Whether a runner whose loop is gone still measures: until its end nothing is said to anybody. */
    private boolean isBusy() {
        try {
            local.recover();
            return false;
        } catch (MachineBusyException e) {
            if (e.isLooped()) {
                throw e; // whoever goes on with that job needs the journal, which this process has open
            }
            tell(String.valueOf(e.getMessage()));
            return true;
        } catch (AgentException e) {
            tell(String.valueOf(e.getMessage())); // it is told to the director as the reason for taking no job
            return false;
        }
    }

    private void sayUnlessEnding(WattlineException e) {
        if (!isInterrupted()) {
            tell(e.getMessage() + e.remedy().map(text -> ". " + text).orElse(""));
        }
    }

    private long retry(int tries) {
        long millis = RETRY_MILLIS[Math.min(tries, RETRY_MILLIS.length - 1)];
        return (long) (millis * (1 + RETRY_SPREAD * (2 * random.nextDouble() - 1)));
    }

    private void pause(long millis) {
        try {
            var unused = interrupted.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted.countDown();
        }
    }

    private void report(LabConnection connection) {
        for (JobReport report : reports.all(Optional.empty())) {
            try {
                connection.ask(report.into(LabMessage.request("outcome")), ANSWER);
            } catch (RequestRejectedException e) {
                around.console().accept("job " + report.job() + " is none of this director's: " + e.getMessage());
            }
            reports.delete(report.job());
        }
    }

    /** Whether a job was handed over; false if this agent is to end. */
    private boolean serve(LabConnection connection, LocalAgent.Loop loop) {
        while (!isInterrupted()) {
            Optional<String> obstacle = local.obstacle().or(() -> clock(connection));
            obstacle.ifPresent(why -> tell("not ready: " + why));
            connection.ask(
                    LabMessage.request("ready")
                            .with("ready", obstacle.isEmpty())
                            .with("why", obstacle.orElse("")),
                    ANSWER);
            if (obstacle.isEmpty()) {
                tell("ready");
            }
            Optional<LabMessage> next;
            do {
                next = connection.receive(obstacle.isPresent() ? LOOK_AGAIN : Duration.ZERO);
                if (next.isPresent() && isJob(next.get())) {
                    if (take(connection, next.get(), loop)) {
                        return true;
                    }
                    told = "";
                    report(connection);
                    next = Optional.empty();
                } else {
                    next.ifPresent(message -> answer(connection, message));
                }
            } while (next.isPresent());
        }
        return false;
    }

    private static boolean isJob(LabMessage message) {
        return message.optionalText("do").equals(Optional.of("job"));
    }

    private Optional<String> clock(LabConnection connection) {
        double before = around.time().epochSeconds();
        double there = connection.ask(LabMessage.request("time"), ANSWER).number("now");
        double after = around.time().epochSeconds();
        double off = (before + after) / 2 - there;
        return Math.abs(off) - (after - before) / 2 <= CLOCK_SECONDS
                ? Optional.empty()
                : Optional.of(String.format(
                        java.util.Locale.ROOT,
                        "this machine's clock is %.1f s %s the director's",
                        Math.abs(off),
                        off > 0 ? "ahead of" : "behind"));
    }

    private void answer(LabConnection connection, LabMessage message) {
        if (!message.has("do")) {
            return; // an event; nothing that this agent could stop now
        }
        LabMessage reply = LabMessage.empty().with("re", message.whole("id", 0, Long.MAX_VALUE));
        switch (message.text("do")) {
            case "ping" -> connection.send(reply.with("ok", true));
            case "check" -> connection.send(orders.checked(message, reply));
            default -> connection.send(reply.with("error", "unknown").with("text", "an agent does not know that"));
        }
    }

    /** Whether the job was handed over; else there is a report of it. */
    private boolean take(LabConnection connection, LabMessage message, LocalAgent.Loop loop) {
        LabMessage reply = LabMessage.empty().with("re", message.whole("id", 0, Long.MAX_VALUE));
        String job;
        int attempt;
        JobOrder order;
        JobRequest request;
        try {
            job = message.name("job");
            attempt = (int) message.whole("attempt", 1, Integer.MAX_VALUE);
            order = JobOrder.of(message);
            request = orders.request(order);
            reports.accepted(job, attempt);
        } catch (AgentException | LabMessageException e) {
            connection.send(orders.error(reply, e));
            return false;
        }
        connection.send(reply.with("ok", true));
        around.console().accept("job " + job + ": " + order.describe());
        try {
            if (order.kind() == JobKind.PLAIN) {
                PlainJob work = PlainJob.ofWorkload(config, request, reports.output(job), connection, interrupted);
                reports.ended(local.during(job, request, () -> work.run(job, attempt)));
                return false;
            }
            if (order.kind() == JobKind.ACTION) {
                act(connection, job, attempt, orders.action(order), request);
                return false;
            }
            local.prepare(job, request, loop, () -> lastWord(connection, job, attempt));
            return true;
        } catch (NotHandedOverException e) {
            reports.ended(JobReport.without(job, attempt, e.end(), String.valueOf(e.getMessage())));
        } catch (AgentException e) {
            boolean later = isInterrupted() || e instanceof MachineBusyException;
            End end = later ? End.NOT_STARTED : End.FAILED;
            reports.ended(JobReport.without(job, attempt, end, String.valueOf(e.getMessage())));
        }
        return false;
    }

    private void act(LabConnection connection, String job, int attempt, MachineAction action, JobRequest request) {
        PlainJob work = PlainJob.ofAction(action, reports.output(job), connection, interrupted);
        boolean restarts = action.returns().isPresent();
        Optional<JobReport> report = local.during(job, request, () -> {
            reports.begun(job, attempt, restarts);
            return restarts ? work.runUntilTheMachineIsDown(job, attempt) : Optional.of(work.run(job, attempt));
        });
        report.ifPresent(reports::ended);
    }

    /** Without the director's answer nothing is handed over: a crash is never taken for a hand-over. */
    private List<String> lastWord(LabConnection connection, String job, int attempt) {
        try {
            LabMessage answer = connection.ask(
                    LabMessage.request("handed-over").with("job", job).with("attempt", attempt), ANSWER);
            return List.of("--ticket=" + answer.text("ticket"), RunnerOutcome.OPTION + "=" + reports.outcome(job));
        } catch (RequestRejectedException e) {
            throw new NotHandedOverException(
                    e.reply().equals("stopped") ? End.STOPPED : End.NOT_STARTED, String.valueOf(e.getMessage()), e);
        } catch (WattlineException e) {
            throw new NotHandedOverException(End.NOT_STARTED, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Ends a job whose runner has ended: restores the settings, and notes what the job came to for the director.
     *
     * @param status the runner's exit status
     */
    public void finish(int status) {
        String job = journal.job().orElse("");
        Optional<Integer> attempt = reports.attempt(job);
        List<String> suspicions = new ArrayList<>();
        try {
            suspicions.addAll(local.finish(status));
        } catch (NotRestoredException e) {
            suspicions.addAll(e.suspicions());
            around.console()
                    .accept("warning: " + e.getMessage()); // the next agent tries again, and takes no job before
        }
        attempt.ifPresent(number -> reports.ended(runners.report(job, number, status, suspicions)));
    }
}
