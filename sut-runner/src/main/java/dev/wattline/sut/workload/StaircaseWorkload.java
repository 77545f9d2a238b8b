package dev.wattline.sut.workload;

import dev.wattline.model.TimeSource;
import dev.wattline.model.process.Programs;
import dev.wattline.sut.SutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Staircase}: the processors by matrix products on as many threads as the level asks for, the cards by a command
 * of the user's, and writes {@code staircase.csv}, which says when which load ran.
 */
public final class StaircaseWorkload {
    /** Name of the file. */
    public static final String FILE = "staircase.csv";

    private static final String HEADER = "begin_ms,end_ms,name,gpu,cpu,hold_out";
    private static final int MATRIX = 64; // a product takes far less than a period
    private static final Duration PERIOD = Duration.ofMillis(40);
    private static final long END_S = 10;

    private final Plan plan;
    private final TimeSource time;
    private final Consumer<String> progress;

    /**
     * What to run.
     *
     * @param staircase the loads
     * @param threads how many threads are all of the processors
     * @param gpuCommand command line that loads the cards for a step, in which {@code {percent}}, {@code {seconds}} and
     *     {@code {card}} (an index or {@code all}) are replaced; empty without cards
     * @param cards how many cards there are
     * @param output folder for the file
     */
    public record Plan(Staircase staircase, int threads, List<String> gpuCommand, int cards, Path output) {
        public Plan {
            gpuCommand = List.copyOf(gpuCommand);
            if (threads < 1 || threads > 1024) {
                throw new IllegalArgumentException("the number of threads must be 1 to 1024, got " + threads);
            }
            if (!gpuCommand.isEmpty() && gpuCommand.stream().noneMatch(word -> word.contains("{percent}"))) {
                throw new IllegalArgumentException(
                        "the GPU command has no {percent}: it must be able to load the cards in part");
            }
            if (cards > 1 && gpuCommand.stream().noneMatch(word -> word.contains("{card}"))) {
                throw new IllegalArgumentException(
                        "the GPU command has no {card}, which loads the cards one by one: add it or leave --cards out");
            }
        }
    }

    /** @param progress told of each step as it begins */
    public StaircaseWorkload(Plan plan, TimeSource time, Consumer<String> progress) {
        this.plan = plan;
        this.time = time;
        this.progress = progress;
    }

    /**
     * Runs all steps and returns the file.
     *
     * @throws SutException if the GPU command fails, or the file cannot be written; the steps done are in the file
     */
    public Path run() {
        Path file = plan.output().resolve(FILE);
        List<String> lines = new ArrayList<>(List.of(HEADER));
        ExecutorService threads = Executors.newFixedThreadPool(plan.threads());
        try {
            Files.createDirectories(plan.output());
            for (Staircase.Step step : plan.staircase().steps()) {
                progress.accept(String.format(
                        Locale.ROOT,
                        "%s: GPUs %.0f %%, processors %.0f %%, %d s",
                        step.name(),
                        100 * step.gpu(),
                        100 * step.cpu(),
                        step.seconds()));
                Instant begin = time.now();
                run(step, threads);
                double gpu = step.card() == Staircase.ALL ? step.gpu() : step.gpu() / plan.cards();
                lines.add(begin.toEpochMilli() + "," + time.now().toEpochMilli() + "," + step.name() + "," + gpu + ","
                        + step.cpu() + "," + step.holdOut());
                Files.write(file, lines);
            }
            return file;
        } catch (IOException e) {
            throw new SutException("cannot write " + file, "Give a folder with -o that may be written to.", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void run(Staircase.Step step, ExecutorService threads) {
        long endNanos = time.nanoTime() + TimeUnit.SECONDS.toNanos(step.seconds());
        Process cards = step.gpu() > 0 && !plan.gpuCommand().isEmpty() ? start(step) : null;
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < plan.threads(); i++) {
                double share = Math.max(0, Math.min(1, step.cpu() * plan.threads() - i));
                if (share > 0) {
                    running.add(threads.submit(() -> load(share, step.seconds())));
                }
            }
            for (Future<?> thread : running) {
                thread.get();
            }
            while (time.nanoTime() - endNanos < 0) {
                LockSupport.parkNanos(this, endNanos - time.nanoTime());
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            if (cards != null && !cards.isAlive() && cards.exitValue() != 0) {
                throw new SutException(
                        "the GPU command ended with status " + cards.exitValue() + ": " + plan.gpuCommand(),
                        "Run it by itself and look.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SutException("the staircase was interrupted", null, e);
        } catch (ExecutionException e) {
            throw new SutException("a thread of the staircase failed: " + e.getCause(), null, e);
        } finally {
            end(cards);
        }
    }

    private void load(double share, int seconds) {
        // A whole share is a wave without rest.
        LoadCycle cycle = new LoadCycle(time, Duration.ofSeconds(seconds), share < 1 ? PERIOD : null, share);
        Sgemm sgemm = new Sgemm(MATRIX);
        Matrices matrices = new Matrices(MATRIX, 1);
        while (cycle.awaitLoad()) {
            sgemm.multiply(matrices.a, matrices.b, matrices.c, 0, MATRIX);
        }
    }

    private Process start(Staircase.Step step) {
        List<String> line = new ArrayList<>();
        for (String word : plan.gpuCommand()) {
            line.add(word.replace("{percent}", Long.toString(Math.round(100 * step.gpu())))
                    .replace("{seconds}", Integer.toString(step.seconds()))
                    .replace("{card}", step.card() == Staircase.ALL ? "all" : Integer.toString(step.card())));
        }
        try {
            line.set(
                    0,
                    Programs.find(line.get(0))
                            .orElseThrow(() -> new SutException(
                                    "there is no program '" + plan.gpuCommand().get(0) + "'",
                                    "Name a program that loads the GPUs."))
                            .toString());
            return new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new SutException("could not start " + line.get(0) + ": " + e.getMessage(), null, e);
        }
    }

    private static void end(@Nullable Process cards) {
        if (cards == null) {
            return;
        }
        cards.destroy();
        try {
            if (!cards.waitFor(END_S, TimeUnit.SECONDS)) {
                cards.destroyForcibly();
            }
        } catch (InterruptedException e) {
            cards.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
