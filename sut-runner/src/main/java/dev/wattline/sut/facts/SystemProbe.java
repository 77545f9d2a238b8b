package dev.wattline.sut.facts;

import dev.wattline.files.SystemFacts;
import dev.wattline.model.TimeSource;
import dev.wattline.model.process.Programs;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.nvidia.SmiProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the measured machine what it is, before anything is measured. Nothing that goes wrong here fails the run: what
 * cannot be asked is missing, and said.
 */
public final class SystemProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A driver that hangs keeps nvidia-smi also from being killed: then it is left behind. */
    private static final Duration FOR_BEING_KILLED = Duration.ofSeconds(3);

    private final TimeSource time;
    private final MachineFacts machine;
    private final Duration patience;

    private SystemProbe(TimeSource time, Path root, Duration patience) {
        this.time = time;
        this.machine = new MachineFacts(root);
        this.patience = patience;
    }

    public static SystemProbe ofThisMachine(TimeSource time) {
        return new SystemProbe(time, Path.of("/"), PATIENCE);
    }

    /**
     * @param root a folder with {@code proc}, {@code sys} and {@code etc} below it
     * @param patience how long nvidia-smi may take
     */
    static SystemProbe of(TimeSource time, Path root, Duration patience) {
        return new SystemProbe(time, root, patience);
    }

    /**
     * Asks.
     *
     * @param smi the program to ask about GPUs; a machine without it has none
     * @param workload the command line that will run
     */
    public SystemFacts ask(String smi, String workload) {
        List<String> problems = new ArrayList<>();
        GpuFacts gpus = gpus(smi, problems);
        return new SystemFacts(
                time.now(),
                machine.host(),
                machine.software(),
                machine.processor(),
                machine.memoryBytes(),
                machine.swapBytes(),
                gpus.driver(),
                gpus.gpus(),
                workload,
                problems);
    }

    private GpuFacts gpus(String smi, List<String> problems) {
        if (Programs.find(smi).isEmpty()) {
            return GpuFacts.NONE;
        }
        CompletableFuture<GpuFacts> answer = new CompletableFuture<>();
        Thread asking = new Thread(
                () -> {
                    try {
                        answer.complete(GpuFacts.ask(SmiProgram.find(smi), patience));
                    } catch (SutException e) {
                        answer.completeExceptionally(e);
                    }
                },
                "gpu-facts");
        asking.setDaemon(true);
        asking.start();
        try {
            return answer.get(patience.plus(FOR_BEING_KILLED).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            problems.add("nvidia-smi did not tell of the GPUs within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            problems.add(String.valueOf(cause == null ? e.getMessage() : cause.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problems.add("interrupted while nvidia-smi was asked");
        }
        return GpuFacts.NONE;
    }
}
