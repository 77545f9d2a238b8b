package dev.wattline.agent.lab;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfig.MachineAction;
import dev.wattline.agent.config.AgentConfig.NamedWorkload;
import dev.wattline.agent.job.JobRequest;
import dev.wattline.model.IoErrors;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.client.LabConnection;
import dev.wattline.protocol.lab.JobReport;
import dev.wattline.protocol.lab.JobReport.End;
import dev.wattline.protocol.lab.LabMessage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A workload, or an action, below the agent itself, without an analyzer. The director is listened to meanwhile, for it may want it stopped;
 * when it goes away the workload goes on.
 */
final class PlainJob {
    private static final Duration LISTEN = Duration.ofSeconds(1);
    private static final long TO_END_SECONDS = 10;

    /** So long a machine may take to go down. */
    private static final Duration GOING_DOWN = Duration.ofMinutes(10);

    private final String what;
    private final ProcessBuilder command;
    private final Path output;
    private final LabConnection connection;
    private final CountDownLatch interrupted;
    private boolean connected = true;

    private PlainJob(
            String what, ProcessBuilder command, Path output, LabConnection connection, CountDownLatch interrupted) {
        this.what = what;
        this.command = command.redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        this.output = output;
        this.connection = connection;
        this.interrupted = interrupted;
    }

    static PlainJob ofWorkload(
            AgentConfig config, JobRequest request, Path output, LabConnection connection, CountDownLatch interrupted) {
        NamedWorkload workload = Objects.requireNonNull(config.workloads().get(request.workload()));
        ProcessBuilder command = new ProcessBuilder(request.command(config))
                .directory(workload.folder().toFile());
        command.environment().putAll(request.variables());
        command.environment().put("WATTLINE_PHASE", "plain");
        return new PlainJob("the workload", command, output, connection, interrupted);
    }

    static PlainJob ofAction(MachineAction action, Path output, LabConnection connection, CountDownLatch interrupted) {
        return new PlainJob(
                "the action's command", new ProcessBuilder(action.command()), output, connection, interrupted);
    }

    /** Runs it to its end. */
    JobReport run(String job, int attempt) {
        Process process = start();
        Optional<String> stopped = Optional.empty();
        while (process.isAlive() && stopped.isEmpty()) {
            if (isInterrupted()) {
                stopped = Optional.of("the agent was told to end");
            } else {
                stopped = listen(process);
            }
        }
        if (stopped.isPresent()) {
            end(process);
        }
        int status = process.isAlive() ? -1 : process.exitValue();
        JobReport report = stopped.map(why -> JobReport.without(job, attempt, End.STOPPED, why))
                .orElseGet(() -> status == 0
                        ? JobReport.without(job, attempt, End.COMPLETE, "")
                        : JobReport.without(job, attempt, End.FAILED, what + " ended with status " + status));
        return report.withLog(tail());
    }

    /**
     * Runs a command that starts the machine anew.
     *
     * @return why the machine is still up; empty where this process is told to end, as by a machine that goes down: the next
     *     agent finds out whether it was started anew
     */
    Optional<JobReport> runUntilTheMachineIsDown(String job, int attempt) {
        JobReport ran = run(job, attempt);
        if (isInterrupted()) {
            return Optional.empty();
        }
        if (ran.end() != End.COMPLETE) {
            return Optional.of(ran);
        }
        try {
            if (interrupted.await(GOING_DOWN.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        String cause =
                what + " ended with status 0, and the machine is still up after " + GOING_DOWN.toMinutes() + " min";
        return Optional.of(JobReport.without(job, attempt, End.FAILED, cause).withLog(ran.log()));
    }

    private boolean isInterrupted() {
        return interrupted.getCount() == 0;
    }

    private Process start() {
        try {
            return command.start();
        } catch (IOException e) {
            throw new AgentException("could not start " + what + ": " + e.getMessage(), null, e);
        }
    }

    /** Waits a moment for the director's word, or for the workload's end where there is no director any more. */
    private Optional<String> listen(Process process) {
        try {
            if (!connected) {
                var unused = process.waitFor(LISTEN.toMillis(), TimeUnit.MILLISECONDS);
                return Optional.empty();
            }
            Optional<LabMessage> message = connection.receive(LISTEN);
            if (message.isPresent() && message.get().optionalText("do").equals(Optional.of("ping"))) {
                connection.send(LabMessage.empty()
                        .with("re", message.get().whole("id", 0, Long.MAX_VALUE))
                        .with("ok", true));
            }
            return message.flatMap(one -> one.optionalText("event"))
                    .filter("stop"::equals)
                    .map(event -> "the director wants it stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (WattlineException e) {
            connected = false;
            return Optional.empty();
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(TO_END_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor(TO_END_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> tail() {
        try {
            return LastLines.of(output);
        } catch (IOException e) {
            return List.of("what it printed cannot be read: " + IoErrors.of(e));
        }
    }
}
