package dev.wattline.bench;

import dev.wattline.bench.physics.ServerCoverage;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether intervals hold on whole runs of simulated servers with fans, a supply's curve, CPU load, drift and faults. */
final class CoverageBenchmark implements Benchmark {
    private static final int RUNS = 50;
    private static final long SEED = 1;
    private static final int PROGRESS = 50;
    private static final double NANOS_IN_A_MINUTE = 60e9;
    private static final double LEAST_OF_CELL_PCT = 90;

    private final boolean lagsOnly;

    /** One that looks at lags alone takes a quarter of the time. */
    CoverageBenchmark(boolean lagsOnly) {
        this.lagsOnly = lagsOnly;
    }

    @Override
    public String name() {
        return lagsOnly ? "lags" : "coverage";
    }

    @Override
    public String about() {
        return "share of statements on simulated servers that hold: "
                + (lagsOnly ? "lags alone" : "lags, energies of wall and cards");
    }

    @Override
    public String usage() {
        return "[runs=" + RUNS + "] [first seed=" + SEED
                + "] [part of 'SENSOR, LOAD' to keep to, '' for all] [minutes after which no further run begins]";
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException {
        int runs = arguments.isEmpty() ? RUNS : Integer.parseInt(arguments.get(0));
        long seed = arguments.size() < 2 ? SEED : Long.parseLong(arguments.get(1));
        Path folder = Files.createTempDirectory("coverage");
        ServerCoverage coverage = new ServerCoverage(folder);
        String only = arguments.size() < 3 ? "" : arguments.get(2);
        double minutes = arguments.size() < 4 ? Double.POSITIVE_INFINITY : Double.parseDouble(arguments.get(3));
        long begin = TimeSource.system().nanoTime();
        int made = 0;
        for (long i = seed; made < runs && TimeSource.system().nanoTime() - begin < minutes * NANOS_IN_A_MINUTE; i++) {
            made += coverage.run(i, only, lagsOnly) ? 1 : 0;
            if (made % PROGRESS == 0) {
                System.err.println(made + " runs, the last of seed " + i + "; inside: " + soFar(coverage));
            }
        }
        for (String name : List.of("nvidia-smi.csv", "spl.txt")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
        ResultTable table = new ResultTable(
                made + " runs of simulated servers, seeds from " + seed,
                "statement",
                "made",
                "none given",
                "inside %",
                "median ±");
        coverage.totals().forEach((name, share) -> row(table, name, share));
        int small = 0;
        double byChance = 0;
        for (ServerCoverage.Share cell : coverage.cells().values()) {
            small += cell.insidePct() < LEAST_OF_CELL_PCT ? 1 : 0;
            byChance += ServerCoverage.belowByChance(cell.count(), LEAST_OF_CELL_PCT / 100);
        }
        table.row(
                String.format(
                        Locale.ROOT,
                        "cells below %.0f %%, of %d; by chance it were %.0f if each statement held in 95 %% by itself",
                        LEAST_OF_CELL_PCT,
                        coverage.cells().size(),
                        byChance),
                small,
                "",
                "",
                "");
        coverage.cells().forEach((name, share) -> row(table, name, share));
        coverage.refusals().forEach((reason, count) -> table.row("none: " + reason, "", count, "", ""));
        coverage.misses().forEach(miss -> table.row(miss, "", "", "", ""));
        return table;
    }

    private static String soFar(ServerCoverage coverage) {
        return coverage.totals().entrySet().stream()
                .map(total -> total.getKey()
                        + String.format(
                                Locale.ROOT, " %.1f %%", total.getValue().insidePct()))
                .collect(Collectors.joining(", "));
    }

    static void row(ResultTable table, String name, ServerCoverage.Share share) {
        table.row(
                name,
                share.count(),
                share.refusals(),
                share.count() == 0 ? "-" : String.format(Locale.ROOT, "%.1f", share.insidePct()),
                share.count() == 0 ? "-" : String.format(Locale.ROOT, "%.3f", share.medianHalfWidth()));
    }
}
