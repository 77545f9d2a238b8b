package dev.wattline.sut.telemetry.nvidia;

import dev.wattline.files.BoundedLines;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Card;
import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.files.TelemetryMeta.Source;
import dev.wattline.files.TelemetryMeta.StampClock;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.process.GuardedProcess;
import dev.wattline.sut.process.GuardedProcess.Launch;
import dev.wattline.sut.process.GuardedProcess.Terminal;
import dev.wattline.sut.telemetry.source.TelemetrySource;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * nvidia-smi: in each phase a child that writes straight into its log, so that this JVM does nothing while the workload
 * runs. What it cost, and how regularly it sampled, is looked at after the measurement. It ends with the runner, even when
 * that is killed. For one thread.
 */
public final class NvidiaSmiSource implements TelemetrySource {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int SHOWN_CHARS = 300; // of what nvidia-smi says
    private static final long ROW_BYTES = 200;
    private static final double AVERAGE_WINDOW_MS = 1000;

    private final String program;
    private final Optional<Duration> interval;
    private final TimeSource time;
    private @Nullable SmiPlan plan;
    private @Nullable Run run;

    /**
     * @param program nvidia-smi, by name or path
     * @param interval between two rows; empty to let the cards' sensors decide
     */
    public NvidiaSmiSource(String program, Optional<Duration> interval, TimeSource time) {
        this.program = program;
        this.interval = interval;
        this.time = time;
    }

    @Override
    public String name() {
        return "nvidia-smi";
    }

    @Override
    public String probe() {
        SmiPlan found = SmiPlan.probe(program, interval);
        plan = found;
        return found.cards().size() + " GPU(s), driver " + found.driver() + ", every "
                + found.interval().toMillis() + " ms";
    }

    @Override
    public boolean readsPower() {
        return true;
    }

    @Override
    public long bytesIn(Duration duration) {
        SmiPlan what = Objects.requireNonNull(plan);
        return duration.toMillis() / what.interval().toMillis() * what.cards().size() * ROW_BYTES;
    }

    @Override
    public void start(Phase phase, Path folder) {
        run = Run.start(Objects.requireNonNull(plan), folder, time);
    }

    @Override
    public void stop() {
        if (run != null) {
            run.stop();
        }
    }

    @Override
    public Collected finish() {
        SmiPlan what = Objects.requireNonNull(plan);
        Run ended = Objects.requireNonNull(run);
        run = null;
        ended.finish();
        ended.problems.addAll(0, what.notes());
        List<Series> series = new ArrayList<>();
        for (Card card : what.cards()) {
            what.fields().stream()
                    .filter(field -> field.startsWith("power.draw") || field.startsWith(SmiFields.MODULE))
                    .forEach(field -> series.add(series(card, field)));
        }
        return new Collected(
                new Source(
                        name(),
                        TelemetryMeta.LOG,
                        StampClock.SOURCE_LOCAL,
                        what.driver(),
                        (int) what.interval().toMillis(),
                        what.command(),
                        series,
                        ended.cost,
                        ended.problems),
                Optional.of(new CardLog(what.driver(), what.cards(), what.fields())));
    }

    private static Series series(Card card, String field) {
        boolean averages = field.endsWith(SmiFields.AVERAGE);
        return new Series(
                card.uuid(),
                card.name(),
                field.startsWith(SmiFields.MODULE) ? "module" : "gpu",
                field,
                "W",
                averages ? Kind.AVERAGE : Kind.SAMPLE,
                0.01,
                0,
                null,
                averages ? AVERAGE_WINDOW_MS : null);
    }

    /** The child of one phase. */
    private static final class Run {
        private final Path folder;
        private final Path errors;
        private final GuardedProcess child;
        private final TimeSource time;
        private final long startedNanos;
        private final List<String> problems = new ArrayList<>();
        private final Map<String, Double> cost = new TreeMap<>();
        private boolean stopped;

        private Run(Path folder, Path errors, GuardedProcess child, TimeSource time) {
            this.folder = folder;
            this.errors = errors;
            this.child = child;
            this.time = time;
            this.startedNanos = time.nanoTime();
        }

        static Run start(SmiPlan plan, Path folder, TimeSource time) {
            Path errors = folder.resolve("nvidia-smi.err");
            Path log = folder.resolve(TelemetryMeta.LOG);
            GuardedProcess child = GuardedProcess.start(new Launch(
                    plan.command(),
                    Map.of(),
                    Optional.empty(),
                    Terminal.NONE, // Ctrl-C ends the measurement in order, and Ctrl-Z does not stop the readings
                    Redirect.PIPE,
                    Redirect.to(log.toFile()),
                    Redirect.to(errors.toFile())));
            return new Run(folder, errors, child, time);
        }

        /** Asks the child to end, at the measurement's end; returns at once. Does nothing the second time. */
        void stop() {
            if (stopped) {
                return;
            }
            stopped = true;
            Process process = child.process();
            if (process.isAlive()) {
                double seconds = (time.nanoTime() - startedNanos) / 1e9;
                process.info().totalCpuDuration().ifPresent(cpu -> {
                    cost.put("cpuSeconds", cpu.toMillis() / 1e3);
                    cost.put("cpuPercentOfOneCore", 100 * cpu.toMillis() / 1e3 / seconds);
                });
                process.destroy();
            } else {
                problems.add("nvidia-smi ended by itself with exit status " + process.exitValue() + firstError());
            }
        }

        /** Waits for the child's end and sums its log up. */
        void finish() {
            awaitEnd();
            try {
                cost.putAll(SmiLogStatistics.of(folder.resolve(TelemetryMeta.LOG)));
            } catch (IOException | RuntimeException e) {
                problems.add("the log cannot be summed up: " + e);
            }
            if (cost.getOrDefault("rows", 0.0) == 0) {
                problems.add("the log holds no sample" + firstError());
            }
            removeEmptyErrors();
        }

        private void awaitEnd() {
            try {
                if (!child.process().waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                    problems.add("nvidia-smi had not ended " + GRACE.toSeconds() + " s after SIGTERM and was killed");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            child.close();
        }

        private String firstError() {
            try (BoundedLines lines = new BoundedLines(Files.newInputStream(errors), SHOWN_CHARS)) {
                String line = lines.next();
                while (line != null && line.isBlank()) {
                    line = lines.next();
                }
                return line == null ? "" : ": " + line.strip();
            } catch (IOException e) {
                return "";
            }
        }

        private void removeEmptyErrors() {
            try {
                if (Files.size(errors) == 0) {
                    Files.delete(errors);
                }
            } catch (IOException e) {
                problems.add("cannot remove " + errors + ": " + e);
            }
        }
    }
}
