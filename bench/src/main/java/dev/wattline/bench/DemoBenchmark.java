package dev.wattline.bench;

import dev.wattline.bench.demo.SimulatedDemo;
import dev.wattline.bench.demo.SimulatedDemo.Outcome;
import dev.wattline.cli.demo.DemoPlan;
import dev.wattline.mock.signal.SignalSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How often the true error of the demo's nvidia-smi lies in the interval that the demo prints. */
final class DemoBenchmark implements Benchmark {
    private static final int RUNS = 100;
    private static final int SECONDS = 15;
    private static final long SEED = 1;

    @Override
    public String name() {
        return "demos";
    }

    @Override
    public String about() {
        return "share of demos whose true error lies in the stated interval, simulated by seed";
    }

    @Override
    public String usage() {
        return "[runs=" + RUNS + "] [first seed=" + SEED + "] [seconds=" + SECONDS + "] [signal=the demo's]";
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException {
        int runs = arguments.isEmpty() ? RUNS : Integer.parseInt(arguments.get(0));
        long seed = arguments.size() < 2 ? SEED : Long.parseLong(arguments.get(1));
        int seconds = arguments.size() < 3 ? SECONDS : Integer.parseInt(arguments.get(2));
        String signal = arguments.size() < 4 ? DemoPlan.signal(seconds) : arguments.get(3);
        Path session = Files.createTempDirectory("demos");
        SimulatedDemo demo = new SimulatedDemo(session, SignalSpec.parse(signal));
        List<Outcome> outcomes = new ArrayList<>();
        List<Long> misses = new ArrayList<>();
        for (long i = seed; i < seed + runs; i++) {
            Outcome outcome = demo.run(seconds, i);
            outcomes.add(outcome);
            if (!outcome.holds()) {
                misses.add(i);
            }
        }
        delete(session);
        return table(outcomes, misses, seconds + " s of " + signal + ", seeds from " + seed);
    }

    private static ResultTable table(List<Outcome> outcomes, List<Long> misses, String what) {
        ResultTable table = new ResultTable(outcomes.size() + " demos, " + what, "figure", "value");
        double[] halves = outcomes.stream()
                .mapToDouble(outcome -> outcome.stated().ci95Pct().halfWidth())
                .sorted()
                .toArray();
        double[] errors = outcomes.stream()
                .mapToDouble(outcome -> outcome.truth().pct())
                .sorted()
                .toArray();
        double[] off = outcomes.stream()
                .mapToDouble(outcome ->
                        Math.abs(outcome.stated().pct() - outcome.truth().pct()))
                .sorted()
                .toArray();
        table.row(
                "true error inside the interval", percent(100.0 * (outcomes.size() - misses.size()) / outcomes.size()));
        table.row("true error, least and greatest", percent(errors[0]) + " to " + percent(errors[errors.length - 1]));
        table.row(
                "half-width of the interval, least, median and greatest",
                percent(halves[0]) + ", " + percent(halves[halves.length / 2]) + ", "
                        + percent(halves[halves.length - 1]));
        table.row("stated minus true error, RMS", percent(rms(off)));
        table.row(
                "runs with wall power compared with the cards",
                outcomes.stream().filter(Outcome::compared).count());
        table.row("seeds outside", misses.isEmpty() ? "none" : misses);
        return table;
    }

    private static double rms(double[] values) {
        return Math.sqrt(
                Arrays.stream(values).map(value -> value * value).average().orElse(Double.NaN));
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f %%", value);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
