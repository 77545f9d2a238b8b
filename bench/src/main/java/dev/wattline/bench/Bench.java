package dev.wattline.bench;

import java.util.List;
import java.util.Optional;

/** {@code bench/run NAME [ARGUMENTS]}: runs one benchmark and prints its table; without a name, lists them. */
public final class Bench {
    private static final List<Benchmark> BENCHMARKS = List.of(
            // One line a benchmark.
            new StartBenchmark(),
            new CheckBenchmark(),
            new LedgerBenchmark(),
            new SmiBenchmark(),
            new FleetBenchmark(),
            new AgentBenchmark(),
            new AttacksBenchmark(),
            new BudgetBenchmark(),
            new CalibrationBenchmark(),
            new CapturesBenchmark(),
            new CoverageBenchmark(false),
            new CoverageBenchmark(true),
            new DemoBenchmark(),
            new LabBenchmark(),
            new RecordsBenchmark(),
            new SpineBenchmark(),
            new SoakBenchmark());

    private Bench() {}

    /**
     * Runs the benchmark that the first argument names.
     *
     * @throws Exception if it cannot be measured; the JVM prints it and exits with status 1
     */
    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            System.out.print(list());
            return;
        }
        Optional<Benchmark> benchmark =
                BENCHMARKS.stream().filter(one -> one.name().equals(args[0])).findFirst();
        if (benchmark.isEmpty()) {
            System.err.println("bench: there is no benchmark '" + args[0] + "'; these are:");
            System.err.print(list());
            System.exit(2);
            return;
        }
        System.out.print(benchmark.get().run(List.of(args).subList(1, args.length)));
    }

    private static ResultTable list() {
        ResultTable list = new ResultTable("bench/run NAME [ARGUMENTS]", "name", "what it measures", "arguments");
        BENCHMARKS.forEach(one -> list.row(one.name(), one.about(), one.usage()));
        return list;
    }
}
