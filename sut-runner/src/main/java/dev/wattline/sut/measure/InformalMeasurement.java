package dev.wattline.sut.measure;

import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.model.process.Programs;
import dev.wattline.sut.SutException;
import dev.wattline.sut.process.WorkloadVariables;
import dev.wattline.sut.telemetry.ClockOffset;
import dev.wattline.sut.telemetry.Telemetry;
import dev.wattline.sut.telemetry.TelemetryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command as it would run by itself, its streams untouched, and collects the sources' readings meanwhile. Wakes once
 * a second. What the command leaves running when it ends is outside of the measurement. {@link #interrupt} may be called
 * by another thread.
 */
public final class InformalMeasurement implements AutoCloseable {
    private static final long TICK_MS = 1000;
    private static final long PATIENCE_MS = 1000; // a command that got the terminal's Ctrl-C too ends by itself
    private static final long WIND_UP_S = 30;

    private final TimeSource time;
    private final Telemetry telemetry;
    private final List<String> problems = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Object lock = new Object(); // guards the two below: a signal may come before the start has returned
    private @Nullable Process process;
    private boolean interrupted;

    /** @param zone of the sources' local times */
    public InformalMeasurement(TimeSource time, ZoneId zone) {
        this.time = time;
        this.telemetry = new Telemetry(time, zone, problems::add);
    }

    /**
     * What was measured.
     *
     * @param status the command's exit status; 128 + n after signal n
     * @param begin when it began
     * @param end when it ended
     * @param beginNanos begin by the monotonic clock
     * @param endNanos end by the monotonic clock
     * @param problems what went wrong with the sources, a sentence each
     */
    public record Outcome(
            int status, Instant begin, Instant end, long beginNanos, long endNanos, List<String> problems) {
        public Outcome {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Asks the sources what they can do. Returns whether one of them reads power or energy; what the others lack is in
     * {@link #problems}.
     */
    public boolean prepare(TelemetryOptions options) {
        telemetry.prepare(options);
        return telemetry.readsPower();
    }

    /** What was told so far, a sentence each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Forgets what was told so far: of sources that nobody asked for by name, what they lack is no problem. */
    public void forgetProblems() {
        problems.clear();
    }

    /**
     * Runs the command.
     *
     * @param folder gets the sources' logs
     * @throws SutException if it cannot be started; nothing was run then
     */
    public Outcome run(List<String> command, Path folder) {
        Path program = Programs.find(command.get(0))
                .orElseThrow(() ->
                        new SutException("there is no program '" + command.get(0) + "'", "Give the command after --."));
        try {
            telemetry.start(Phase.TESTING, folder);
            List<String> line = new ArrayList<>(command);
            line.set(0, program.toString());
            Instant begin = time.now();
            long beginNanos = time.nanoTime();
            int status = await(start(line));
            long endNanos = time.nanoTime();
            Instant end = time.now();
            telemetry.stop();
            telemetry.finish(ClockOffset.UNKNOWN);
            telemetry.requireReadings();
            return new Outcome(status, begin, end, beginNanos, endNanos, problems);
        } catch (IOException e) {
            throw new SutException("could not start " + command.get(0) + ": " + e.getMessage(), null, e);
        } finally {
            telemetry.stop();
        }
    }

    private Process start(List<String> line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        builder.environment().put(WorkloadVariables.PHASE, WorkloadVariables.PLAIN);
        Process started = builder.start();
        synchronized (lock) {
            process = started;
            if (interrupted) {
                started.destroy();
            }
        }
        return started;
    }

    private int await(Process running) {
        boolean threadInterrupted = false;
        while (true) {
            try {
                if (running.waitFor(TICK_MS, TimeUnit.MILLISECONDS)) {
                    break;
                }
                telemetry.tick();
            } catch (InterruptedException e) {
                threadInterrupted = true;
                running.destroy();
            }
        }
        if (threadInterrupted) {
            Thread.currentThread().interrupt();
        }
        return running.exitValue();
    }

    /**
     * Passes a signal on: the command has a second to end by itself, as it does after a terminal's Ctrl-C, and is then
     * sent SIGTERM, at once where it is only starting. Returns when the measurement is written, or after 30 s.
     */
    public void interrupt() {
        Process running;
        synchronized (lock) {
            interrupted = true;
            running = process;
        }
        try {
            if (running != null && !running.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                running.destroy();
            }
            ended.await(WIND_UP_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives back what the sources hold open; the caller has said what there was to say. */
    @Override
    public void close() {
        telemetry.close();
        ended.countDown();
    }
}
