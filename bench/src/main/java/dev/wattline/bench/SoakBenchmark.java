package dev.wattline.bench;

import dev.wattline.bench.soak.Soak;
import dev.wattline.bench.soak.SoakRequest;
import dev.wattline.bench.soak.SoakResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Many sessions with faults at one director: how they end, and what the JVM holds on to. */
final class SoakBenchmark implements Benchmark {

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String about() {
        return "sessions with random faults at one director, mock and runner in one JVM: their ends, heap, handles";
    }

    @Override
    public String usage() {
        return "[--sessions 200] [--seed 1]";
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException, InterruptedException {
        SoakRequest request = SoakRequest.parse(arguments);
        Path folder = Files.createTempDirectory("wattline-soak");
        SoakResult result = new Soak(request, System.err::println).run(folder);
        result.faults().forEach(fault -> System.err.println("soak: " + fault));
        if (result.isGood()) {
            delete(folder);
        } else {
            System.err.println("soak: its files are in " + folder);
        }
        return table(request, result);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static ResultTable table(SoakRequest request, SoakResult result) {
        ResultTable table = new ResultTable(
                request.sessions() + " sessions, seed " + request.seed() + ": " + (result.isGood() ? "good" : "BAD"),
                "what",
                "measured",
                "asked for");
        table.row(
                "sessions that ended in another way than they should",
                result.faults().size(),
                "0");
        table.row("kinds of mishap", result.ends().size(), "");
        table.row("heap after a quarter, MiB", mib(result.quarter().heapBytes()), "");
        table.row("heap at the end, MiB", mib(result.end().heapBytes()), "");
        table.row("heap's growth, %", String.format(Locale.ROOT, "%.2f", result.heapGrowth() * 100), "at most 5");
        table.row("open handles after a quarter", result.quarter().handles(), "");
        table.row("open handles at the end", result.end().handles(), "at most 2 more");
        table.row("threads after a quarter", result.quarter().threads(), "");
        table.row("threads at the end", result.end().threads(), "");
        table.row("time, s", String.format(Locale.ROOT, "%.1f", result.seconds()), "");
        return table;
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.2f", bytes / 1048576.0);
    }
}
