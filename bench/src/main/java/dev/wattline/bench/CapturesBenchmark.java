package dev.wattline.bench;

import dev.wattline.bench.captures.Captures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How far the analysis lies from the truth on captures made up by seed: sensors, windows, zones, clocks, forms of logs. */
final class CapturesBenchmark implements Benchmark {
    private static final int CASES = 60;
    private static final long SEED = 1;

    @Override
    public String name() {
        return "captures";
    }

    @Override
    public String about() {
        return "errors of the analysis on made-up captures of random sensors, zones, clocks and forms, against tolerances";
    }

    @Override
    public String usage() {
        return "[captures of each kind=" + CASES + "] [first seed=" + SEED + "]";
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException {
        int cases = arguments.isEmpty() ? CASES : Integer.parseInt(arguments.get(0));
        long seed = arguments.size() < 2 ? SEED : Long.parseLong(arguments.get(1));
        Path folder = Files.createTempDirectory("captures");
        Captures captures = new Captures(folder);
        for (long i = seed; i < seed + cases; i++) {
            captures.sensor(i);
            captures.merge(i);
        }
        for (String name : List.of("nvidia-smi.csv", "meter.csv", "spl.txt")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
        ResultTable table = new ResultTable(
                cases + " captures of one card beside a meter, " + cases
                        + " of a system beside an analyzer, seeds from " + seed,
                Captures.HEADINGS.toArray(String[]::new));
        captures.rows().forEach(table::row);
        return table;
    }
}
