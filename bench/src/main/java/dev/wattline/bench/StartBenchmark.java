package dev.wattline.bench;

import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How long commands take to start through the launcher, with its class archive and without. */
final class StartBenchmark implements Benchmark {
    private static final int ROUNDS = 15;
    private static final List<List<String>> COMMANDS =
            List.of(List.of("--version"), List.of("run", "--help"), List.of("director", "--help"));

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "start of commands through the launcher: wall time, CPU time, peak memory";
    }

    @Override
    public String usage() {
        return "[rounds=" + ROUNDS + "]";
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException, InterruptedException {
        int rounds = arguments.isEmpty() ? ROUNDS : Integer.parseInt(arguments.get(0));
        String launcher = System.getProperty("wattline.launcher", "./wattline");
        ResultTable table = new ResultTable(
                "Start through the launcher, " + rounds + " rounds, commands taken in turns",
                "command",
                "wall min ms",
                "median",
                "CPU min ms",
                "median",
                "peak MiB");
        List<List<ChildUsage>> with = rounds(rounds, launcher, true);
        List<List<ChildUsage>> without = rounds(rounds, launcher, false);
        for (int i = 0; i < COMMANDS.size(); i++) {
            String command = String.join(" ", COMMANDS.get(i));
            row(table, command, with.get(i));
            row(table, command + ", no archive", without.get(i));
        }
        return table;
    }

    /** Per command its rounds; the first start of each is not counted, for it may build and fills the file cache. */
    private static List<List<ChildUsage>> rounds(int rounds, String launcher, boolean archive)
            throws IOException, InterruptedException {
        List<List<ChildUsage>> usages = new ArrayList<>();
        COMMANDS.forEach(command -> usages.add(new ArrayList<>()));
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < COMMANDS.size(); i++) {
                List<String> command = new ArrayList<>();
                if (!archive) {
                    command.addAll(List.of("env", "WATTLINE_NO_CDS=1"));
                }
                command.add(launcher);
                command.addAll(COMMANDS.get(i));
                ChildUsage usage = ChildUsage.of(command, TimeSource.system());
                if (usage.exitCode() != 0) {
                    throw new IllegalStateException(command + " ended with exit status " + usage.exitCode());
                }
                if (round > 0) {
                    usages.get(i).add(usage);
                }
            }
        }
        return usages;
    }

    private static void row(ResultTable table, String label, List<ChildUsage> usages) {
        table.row(
                label,
                millis(sorted(usages, ChildUsage::wallMillis).get(0)),
                millis(median(usages, ChildUsage::wallMillis)),
                millis(sorted(usages, ChildUsage::cpuMillis).get(0)),
                millis(median(usages, ChildUsage::cpuMillis)),
                String.format(Locale.ROOT, "%.1f", median(usages, ChildUsage::peakKib) / 1024));
    }

    private static double median(List<ChildUsage> usages, ToDoubleFunction<ChildUsage> figure) {
        return sorted(usages, figure).get(usages.size() / 2);
    }

    private static List<Double> sorted(List<ChildUsage> usages, ToDoubleFunction<ChildUsage> figure) {
        return usages.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
