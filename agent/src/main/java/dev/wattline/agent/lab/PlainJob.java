package dev.wattline.agent.lab;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig;
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
 * A workload below the agent itself, without an analyzer. The director is listened to meanwhile, for it may want it stopped;
 * when it goes away the workload goes on.
 */
final class PlainJob {
    private static final Duration LISTEN = Duration.ofSeconds(1);
    private static final long TO_END_SECONDS = 10;

    private final AgentConfig config;
    private final JobRequest request;
    private final Path output;
    private final LabConnection connection;
    private final CountDownLatch interrupted;
    private boolean connected = true;

    PlainJob(
            AgentConfig config, JobRequest request, Path output, LabConnection connection, CountDownLatch interrupted) {
        this.config = config;
        this.request = request;
        this.output = output;
        this.connection = connection;
        this.interrupted = interrupted;
    }

    JobReport run(String job, int attempt) {
        Process process = start();
        Optional<String> stopped = Optional.empty();
        while (process.isAlive() && stopped.isEmpty()) {
            if (interrupted.getCount() == 0) {
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
                        : JobReport.without(job, attempt, End.FAILED, "the workload ended with status " + status));
        return report.withLog(tail());
    }

    private Process start() {
        NamedWorkload workload = Objects.requireNonNull(config.workloads().get(request.workload()));
        ProcessBuilder builder = new ProcessBuilder(request.command(config))
                .directory(workload.folder().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(request.variables());
        builder.environment().put("WATTLINE_PHASE", "plain");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AgentException("could not start the workload: " + e.getMessage(), null, e);
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
