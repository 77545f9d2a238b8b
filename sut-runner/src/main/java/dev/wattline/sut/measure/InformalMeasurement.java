package dev.wattline.sut.measure;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.model.process.Programs;
import dev.wattline.sut.SutException;
import dev.wattline.sut.process.WorkloadProcess;
import dev.wattline.sut.process.WorkloadVariables;
import dev.wattline.sut.telemetry.ClockOffset;
import dev.wattline.sut.telemetry.Telemetry;
import dev.wattline.sut.telemetry.TelemetryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private final Object lock = new Object(); // a signal may come before the start has returned

    @GuardedBy("lock")
    private @Nullable Running process;

    @GuardedBy("lock")
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

        /** The same with more of them. */
        public Outcome withProblems(List<String> more) {
            List<String> all = new ArrayList<>(problems);
            all.addAll(more);
            return new Outcome(status, begin, end, beginNanos, endNanos, all);
        }
    }

    /** A command that was started. */
    private interface Running {
        boolean hasEndedWithin(long millis) throws InterruptedException;

        int status();

        void end();

        /** The command has ended and its time is taken. */
        void close();
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
        List<String> line = new ArrayList<>(command);
        line.set(0, program.toString());
        try {
            return measure(() -> start(line), folder, Optional.empty());
        } catch (IOException e) {
            throw new SutException("could not start " + command.get(0) + ": " + e.getMessage(), null, e);
        }
    }

    /**
     * Runs a workload as a session's: it ends with this process, even where that is killed, together with all that it
     * started.
     *
     * @param command for the shell
     * @param session the session's name, which the workload is told
     * @param limit it is ended where it runs longer
     * @param folder gets the sources' logs
     * @throws OverTimeException if it was ended by the limit
     * @throws SutException if it cannot be started
     */
    public Outcome runGuarded(String command, String session, Optional<Duration> limit, Path folder) {
        WorkloadVariables told =
                new WorkloadVariables(session, WorkloadVariables.PLAIN, Optional.empty(), Optional.empty());
        try {
            return measure(
                    () -> new Guarded(WorkloadProcess.start(command, told, System.out, System.err)), folder, limit);
        } catch (IOException e) {
            throw new SutException("could not measure " + command + ": " + e.getMessage(), null, e);
        }
    }

    /** The workload was ended, for it ran longer than it was to. */
    public static final class OverTimeException extends SutException {
        private static final long serialVersionUID = 1L;

        OverTimeException(Duration limit) {
            super("the workload ran longer than " + limit.toSeconds() + " s and was ended", null);
        }
    }

    private interface Start {
        Running start() throws IOException;
    }

    private Outcome measure(Start start, Path folder, Optional<Duration> limit) throws IOException {
        @Nullable Running running = null;
        try {
            telemetry.start(Phase.TESTING, folder);
            Instant begin = time.now();
            long beginNanos = time.nanoTime();
            running = started(start.start());
            int status = await(running, beginNanos, limit);
            long endNanos = time.nanoTime();
            Instant end = time.now();
            telemetry.stop();
            telemetry.finish(ClockOffset.UNKNOWN);
            telemetry.requireReadings();
            return new Outcome(status, begin, end, beginNanos, endNanos, problems);
        } finally {
            telemetry.stop();
            if (running != null) {
                running.close();
            }
        }
    }

    private static Running start(List<String> line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        builder.environment().put(WorkloadVariables.PHASE, WorkloadVariables.PLAIN);
        return new Plain(builder.start());
    }

    private Running started(Running running) {
        synchronized (lock) {
            process = running;
            if (interrupted) {
                running.end();
            }
        }
        return running;
    }

    private record Plain(Process process) implements Running {
        @Override
        public boolean hasEndedWithin(long millis) throws InterruptedException {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        }

        @Override
        public int status() {
            return process.exitValue();
        }

        @Override
        public void end() {
            process.destroy();
        }

        @Override
        public void close() {
            // What it left in the background is its own affair.
        }
    }

    private record Guarded(WorkloadProcess process) implements Running {
        @Override
        public boolean hasEndedWithin(long millis) throws InterruptedException {
            try {
                process.onExit().get(millis, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }

        @Override
        public int status() {
            return process.onExit().join();
        }

        @Override
        public void end() {
            process.end();
        }

        /** What it left in the background would be in the next measurement. */
        @Override
        public void close() {
            process.close();
        }
    }

    private int await(Running running, long beginNanos, Optional<Duration> limit) {
        boolean threadInterrupted = false;
        while (true) {
            try {
                long left = limit.map(longest -> longest.toMillis() - (time.nanoTime() - beginNanos) / 1_000_000)
                        .orElse(TICK_MS);
                if (running.hasEndedWithin(Math.max(1, Math.min(TICK_MS, left)))) {
                    break;
                }
                if (limit.isPresent()
                        && time.nanoTime() - beginNanos >= limit.get().toNanos()) {
                    running.end();
                    throw new OverTimeException(limit.get());
                }
                telemetry.tick();
            } catch (InterruptedException e) {
                threadInterrupted = true;
                running.end();
            }
        }
        if (threadInterrupted) {
            Thread.currentThread().interrupt();
        }
        return running.status();
    }

    /** Whether a signal has come. */
    public boolean isInterrupted() {
        synchronized (lock) {
            return interrupted;
        }
    }

    /**
     * Passes a signal on: the command has a second to end by itself, as it does after a terminal's Ctrl-C, and is then
     * sent SIGTERM, at once where it is only starting. Returns when the measurement is written, or after 30 s.
     */
    public void interrupt() {
        Running running;
        synchronized (lock) {
            interrupted = true;
            running = process;
        }
        try {
            if (running != null && !running.hasEndedWithin(PATIENCE_MS)) {
                running.end();
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
