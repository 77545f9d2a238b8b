package dev.wattline.bench.spine;

import dev.wattline.protocol.HostPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the source {@code nvml} adds to the runner beside a sleeping workload: pairs of runners, one with it and one without,
 * in alternating order. Memory is the proportional set size, and wake-ups are the voluntary switches of all threads.
 */
final class CounterCost implements Part {
    private static final int PAIRS = 4;
    private static final Duration REST = Duration.ofSeconds(20);
    private static final Duration WATCHED = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final double MORE_MIB = 2;
    private static final Pattern RUNS = Pattern.compile("the workload sleeps");
    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+([0-9]+) kB");
    private static final Pattern WAKES = Pattern.compile("(?m)^voluntary_ctxt_switches:\\s+([0-9]+)");

    /** One runner at the end of its time. */
    private record Look(double pssMib, double rssMib, double wakesAMinute, double threads) {}

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public List<BenchFigure> measure(SpineContext around) throws IOException, InterruptedException {
        Path dcgmi = Files.writeString(around.newFolder("dcgmi").resolve("dcgmi"), """
                #!/bin/sh
                [ "$1" = discovery ] && exit 1
                echo "#Entity   TOTEC"
                echo "ID        mJ"
                while echo "GPU 0     $(date +%s)000" && [ "$4" = -d ]; do sleep 1; done
                """);
        if (!dcgmi.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + dcgmi + " executable");
        }
        Path settings = Files.writeString(dcgmi.resolveSibling("sources.ini"), "[nvml]\nprogram = " + dcgmi + "\n");
        List<Look> without = new ArrayList<>();
        List<Look> with = new ArrayList<>();
        List<String> options = List.of("--telemetry", "nvml", "--telemetry-settings", settings.toString());
        for (int i = 0; i < PAIRS; i++) {
            boolean first = i % 2 == 0;
            (first ? without : with).add(look(around, first ? List.of() : options));
            (first ? with : without).add(look(around, first ? options : List.of()));
        }
        double[] memory = new double[PAIRS];
        double[] wakes = new double[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            memory[i] = with.get(i).pssMib() - without.get(i).pssMib();
            wakes[i] = with.get(i).wakesAMinute() - without.get(i).wakesAMinute();
        }
        return List.of(
                BenchFigure.of("runner without nvml: PSS MiB, median of " + PAIRS, median(without, Look::pssMib)),
                BenchFigure.of("runner without nvml: RSS MiB", median(without, Look::rssMib)),
                BenchFigure.of("runner without nvml: wake-ups in 60 s", median(without, Look::wakesAMinute)),
                BenchFigure.of("runner without nvml: threads", median(without, Look::threads)),
                BenchFigure.of("runner with nvml: RSS MiB", median(with, Look::rssMib)),
                BenchFigure.of("runner with nvml: wake-ups in 60 s", median(with, Look::wakesAMinute)),
                BenchFigure.of("runner with nvml: threads", median(with, Look::threads)),
                BenchFigure.of("nvml adds: PSS MiB, median of the pairs", new Quantiles(memory).median())
                        .mustBe(new Target.AtMost(MORE_MIB)),
                BenchFigure.of(
                        "nvml adds: PSS MiB, most of the pairs",
                        java.util.Arrays.stream(memory).max().orElse(0)),
                BenchFigure.of("nvml adds: wake-ups in 60 s, median of the pairs", new Quantiles(wakes).median())
                        .mustBe(new Target.AtMost(0)));
    }

    private static double median(List<Look> looks, java.util.function.ToDoubleFunction<Look> figure) {
        return new Quantiles(looks.stream().mapToDouble(figure).toArray()).median();
    }

    private static Look look(SpineContext around, List<String> options) throws IOException, InterruptedException {
        try (DirectorProcess director = DirectorProcess.start(around, Optional.empty(), "", Optional.empty())) {
            director.connect(around).close(); // it listens
            HostPort address = director.address();
            long sleep = REST.plus(WATCHED).plus(TIMEOUT).toSeconds();
            List<String> command = RunnerCost.command(
                    around, Optional.empty(), address, director.ntp(), "echo the workload sleeps; exec sleep " + sleep);
            command.addAll(options);
            try (Child runner = around.start("runner", command, Map.of())) {
                runner.await(RUNS, TIMEOUT);
                SpineContext.pause(REST);
                long before = wakes(runner.pid());
                SpineContext.pause(WATCHED);
                ProcessUsage usage = runner.usage();
                long after = wakes(runner.pid());
                String memory = read(Path.of("/proc", Long.toString(runner.pid()), "smaps_rollup"));
                return new Look(
                        ProcessUsage.sum(PSS, memory) / 1024.0, usage.rssMib(), after - before, usage.threads());
            }
        }
    }

    private static long wakes(long pid) throws IOException {
        long sum = 0;
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks.toList()) {
                sum += ProcessUsage.sum(WAKES, read(task.resolve("status")));
            }
        }
        return sum;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
