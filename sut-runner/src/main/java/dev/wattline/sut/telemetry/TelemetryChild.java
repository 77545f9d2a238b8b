package dev.wattline.sut.telemetry;

import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.model.FileTrouble;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.sut.SutException;
import dev.wattline.sut.process.GuardedProcess;
import dev.wattline.sut.process.GuardedProcess.Launch;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * nvidia-smi through one phase: a child that writes straight into its log, so that this JVM does nothing while the
 * workload runs. What it cost, and how regularly it sampled, is looked at after the measurement and goes into
 * {@code meta.json}. It ends with the runner, even when that is killed.
 */
final class TelemetryChild {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final TelemetryPlan plan;
    private final Phase phase;
    private final Path folder;
    private final Path errors;
    private final GuardedProcess child;
    private final TimeSource time;
    private final Instant startedAt;
    private final long startedNanos;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Double> cost = new TreeMap<>();
    private Instant endedAt;
    private boolean stopped;

    private TelemetryChild(
            TelemetryPlan plan, Phase phase, Path folder, Path errors, GuardedProcess child, TimeSource time) {
        this.plan = plan;
        this.phase = phase;
        this.folder = folder;
        this.errors = errors;
        this.child = child;
        this.time = time;
        this.startedAt = time.now();
        this.startedNanos = time.nanoTime();
        this.endedAt = startedAt;
    }

    /**
     * Starts the child; its log and {@code meta.json} go into the folder.
     *
     * @throws SutException if that fails
     */
    static TelemetryChild start(TelemetryPlan plan, Phase phase, Path folder, TimeSource time) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new SutException("could not create " + folder + ": " + FileTrouble.of(e), null, e);
        }
        Path errors = folder.resolve("nvidia-smi.err");
        Path log = folder.resolve(TelemetryMeta.LOG);
        GuardedProcess child = GuardedProcess.start(new Launch(
                plan.command(), Map.of(), Redirect.PIPE, Redirect.to(log.toFile()), Redirect.to(errors.toFile())));
        return new TelemetryChild(plan, phase, folder, errors, child, time);
    }

    /** Asks the child to end, at the measurement's end; returns at once. Does nothing the second time. */
    void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        endedAt = time.now();
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

    /**
     * Waits for the child's end, sums its log up and writes {@code meta.json}.
     *
     * @param zone the zone of the log's times
     * @return what went wrong, one sentence each
     */
    List<String> finish(String zone, ClockOffset offset) {
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
        TelemetryMeta meta = new TelemetryMeta(
                phase.word(),
                zone,
                offset.millis(),
                offset.uncertaintyMillis(),
                plan.driver(),
                plan.cards(),
                plan.fields(),
                (int) plan.interval().toMillis(),
                startedAt,
                endedAt,
                plan.command(),
                cost,
                problems);
        try {
            TelemetryMetaJson.write(folder.resolve(TelemetryMeta.FILE), meta);
        } catch (WattlineException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return List.copyOf(problems);
    }

    private void awaitEnd() {
        try {
            if (!child.process().waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                problems.add("nvidia-smi ignored SIGTERM and was killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        child.close();
    }

    private String firstError() {
        try {
            return Files.readAllLines(errors, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .map(line -> ": " + line.strip())
                    .orElse("");
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
