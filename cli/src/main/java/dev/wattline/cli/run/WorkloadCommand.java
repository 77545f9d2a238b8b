package dev.wattline.cli.run;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.workload.Precision;
import dev.wattline.sut.workload.Scenario;
import dev.wattline.sut.workload.SgemmWorkload;
import dev.wattline.sut.workload.Staircase;
import dev.wattline.sut.workload.StaircaseWorkload;
import dev.wattline.sut.workload.WorkloadPlan;
import dev.wattline.sut.workload.WorkloadResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline workload}: loads the processors and writes logs in LoadGen's format. */
@Command(
        name = "workload",
        description = {
            "Load this machine's processors with matrix products for a given time and write logs in LoadGen's format.",
            "A stand-in where no benchmark is at hand: the logs say that they come from it and not from MLPerf.",
            "With --staircase: the loads of a calibration, one after the other, and a file that says when each ran."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline workload --scenario Offline --seconds 60",
            "  wattline workload --scenario SingleStream --seconds 60 --threads 4 -o logs",
            "  wattline workload --seconds 60 --square-wave 100 --duty 0.25",
            "  wattline workload --staircase full -o stairs \\",
            "      --gpu-command './burn {percent} {seconds}'"
        })
public final class WorkloadCommand implements Callable<Integer> {
    private static final long MEGABYTE = 1_000_000;
    private static final double USABLE = 0.9;

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--scenario",
            defaultValue = "Offline",
            paramLabel = "SCENARIO",
            description = "Offline or SingleStream (default: ${DEFAULT-VALUE}).")
    private Scenario scenario = Scenario.Offline;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            paramLabel = "N",
            description = "How long to load the machine, at least 0.1 (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--threads", paramLabel = "N", description = "Number of threads (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--size",
            paramLabel = "N",
            description =
                    "Rows and columns of the matrices, a multiple of 8 from 64 to 2048 (default: ${DEFAULT-VALUE}).")
    private int size = WorkloadPlan.DEFAULT_SIZE;

    @Option(
            names = "--precision",
            defaultValue = "single",
            paramLabel = "NAME",
            description = "single (SGEMM) or double (DGEMM) precision (default: ${DEFAULT-VALUE}).")
    private Precision precision = Precision.SINGLE;

    @Option(
            names = "--square-wave",
            paramLabel = "MS",
            description = "Switch the load on and off with this period in milliseconds.")
    private @Nullable Integer squareWaveMillis;

    @Option(
            names = "--duty",
            defaultValue = "0.5",
            paramLabel = "SHARE",
            description = "Share of the square wave's period under load (default: ${DEFAULT-VALUE}).")
    private double duty;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "loadgen-logs",
            paramLabel = "DIR",
            description = "Folder for mlperf_log_detail.txt and mlperf_log_summary.txt (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("loadgen-logs");

    @Option(
            names = "--staircase",
            paramLabel = "LENGTH",
            description = "Run the loads of a calibration: quick (7 min), full (23 min) or thorough (29 min).")
    private Staircase.@Nullable Length staircase;

    @Option(
            names = "--gpu-command",
            paramLabel = "CMD",
            description = {
                "For --staircase: loads the GPUs until it is ended; words, no shell.",
                "{percent}, {seconds} and {card} (an index, or all) are replaced."
            })
    private @Nullable String gpuCommand;

    @Option(
            names = "--cards",
            defaultValue = "0",
            paramLabel = "N",
            description = "For --staircase: load each of so many GPUs by itself too (default: none).")
    private int cards;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "For --staircase: the order of its levels (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() {
        if (staircase != null) {
            return runStaircase(staircase);
        }
        WorkloadResult result = new SgemmWorkload(plan(), TimeSource.system()).run();
        System.out.printf(
                Locale.ROOT,
                "%s: %d products of %d x %d in %.1f s, %.2f GFLOP/s, logs in %s%n",
                scenario,
                result.samples(),
                size,
                size,
                result.seconds(),
                result.gigaflops(),
                output);
        if (result.wrong() > 0) {
            System.err.printf("%d products were wrong: this machine computes unreliably.%n", result.wrong());
            return ExitCode.FAILURE.code();
        }
        return ExitCode.OK.code();
    }

    private int runStaircase(Staircase.Length length) {
        List<String> command =
                gpuCommand == null ? List.of() : List.of(gpuCommand.strip().split("\\s+"));
        Staircase loads = Staircase.of(length, !command.isEmpty(), cards, seed);
        StaircaseWorkload.Plan stairs;
        try {
            stairs = new StaircaseWorkload.Plan(loads, threads, command, cards, output);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), "Try 'wattline workload --help'.");
        }
        Path file = new StaircaseWorkload(stairs, TimeSource.system(), System.out::println).run();
        System.out.println("staircase of " + loads.seconds() + " s, written to " + file);
        return ExitCode.OK.code();
    }

    /** Told now: an hour later, in the middle of a measurement, it would cost more. */
    private static void requireMemory(WorkloadPlan plan) {
        long most = Runtime.getRuntime().maxMemory();
        if (plan.bytes() > most * USABLE) {
            throw new UsageException(
                    String.format(
                            Locale.ROOT,
                            "the matrices need %d MB, and the Java heap may have %d MB",
                            plan.bytes() / MEGABYTE,
                            most / MEGABYTE),
                    "Choose a smaller --size, fewer --threads, or WATTLINE_JAVA_OPTS=-Xmx...");
        }
    }

    private WorkloadPlan plan() {
        Duration wave = squareWaveMillis == null ? null : Duration.ofMillis(squareWaveMillis);
        Duration duration = Duration.ofMillis(Math.round(seconds * 1000));
        try {
            WorkloadPlan plan = new WorkloadPlan(scenario, duration, threads, size, precision, wave, duty, output);
            requireMemory(plan);
            return plan;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), "Try 'wattline workload --help'.");
        }
    }
}
