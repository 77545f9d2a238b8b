package dev.wattline.bench;

import dev.wattline.analysis.CardReadings;
import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.read.PowerLogs;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Energy of a fleet's cards from logs of nvidia-smi: the Spark application in one process on two cores, and the same reader
 * and the same functions in a loop on one thread. A node's day is a log of eight GPUs; all nodes have the same log.
 */
final class FleetBenchmark implements Benchmark {
    private static final int[] NODE_DAYS = {4, 16, 32};
    private static final String FIELD = "power.draw";

    @Override
    public String name() {
        return "fleet";
    }

    @Override
    public String about() {
        return "the fleet application on two cores, beside the same functions on one thread";
    }

    @Override
    public String usage() {
        return "[ROWS_OF_A_NODES_DAY, default 800000]";
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException, InterruptedException {
        long rows = arguments.isEmpty() ? 800_000 : Long.parseLong(arguments.get(0));
        Path launcher = Path.of(System.getProperty("wattline.launcher", "./wattline"));
        String fleet = launcher.resolveSibling("fleet/run").toString();
        ResultTable table = new ResultTable(
                rows + " rows a node's day",
                "node days",
                "rows",
                "Spark wall s",
                "Spark CPU s",
                "rows/s",
                "peak MiB",
                "loop s",
                "loop CPU s",
                "rows/s");
        Path work = Files.createTempDirectory("wattline-fleet");
        try {
            Path log = work.resolve("log.csv");
            SmiLogWriter.write(log, rows);
            energies(log); // warms up what the loop compiles
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            spark(fleet, input(work, log, 1), work); // reads Spark's jars from the disk
            List<ChildUsage> runs = new ArrayList<>();
            for (int days : NODE_DAYS) {
                ChildUsage spark = spark(fleet, input(work, log, days), work);
                long from = TimeSource.system().nanoTime();
                long cpuFrom = threads.getCurrentThreadCpuTime();
                for (int day = 0; day < days; day++) {
                    energies(log);
                }
                double loop = (TimeSource.system().nanoTime() - from) / 1e9;
                double loopCpu = (threads.getCurrentThreadCpuTime() - cpuFrom) / 1e9;
                row(table, days, rows, spark, loop, loopCpu);
                runs.add(spark);
            }
            for (int i = 1; i < NODE_DAYS.length; i++) {
                growth(table, NODE_DAYS[i - 1], runs.get(i - 1), NODE_DAYS[i], runs.get(i), rows);
            }
        } finally {
            Trees.delete(work);
        }
        return table;
    }

    /** A folder of so many nodes, each with the same log. */
    private static Path input(Path work, Path log, int nodeDays) throws IOException {
        Path input = work.resolve("in" + nodeDays);
        for (int day = 0; day < nodeDays; day++) {
            Path node = Files.createDirectories(input.resolve("date=2024-07-17/node=n" + day));
            Files.createLink(node.resolve("smi.csv"), log);
        }
        return input;
    }

    private static ChildUsage spark(String fleet, Path input, Path work) throws IOException, InterruptedException {
        String output = work.resolve(input.getFileName() + ".energies").toString();
        List<String> command =
                List.of("env", "WATTLINE_FLEET_MASTER=local[2]", fleet, "--logs", input.toString(), "--out", output);
        ChildUsage spark = ChildUsage.of(command, TimeSource.system());
        if (spark.exitCode() != 0) {
            throw new IllegalStateException("the fleet application ended with status " + spark.exitCode());
        }
        return spark;
    }

    /** What the rows between two sizes took, which leaves Spark's start out. */
    private static void growth(ResultTable table, int from, ChildUsage less, int to, ChildUsage more, long rows) {
        double added = (to - from) * (double) rows;
        double wall = (more.wallMillis() - less.wallMillis()) / 1e3;
        table.row(
                from + " to " + to,
                format("%.0f", added),
                format("%.1f", wall),
                format("%.1f", (more.cpuMillis() - less.cpuMillis()) / 1e3),
                format("%.0f", added / wall),
                "",
                "",
                "",
                "");
    }

    private static void row(ResultTable table, int days, long rows, ChildUsage spark, double loop, double loopCpu) {
        double all = (double) days * rows;
        table.row(
                String.valueOf(days),
                format("%.0f", all),
                format("%.1f", spark.wallMillis() / 1e3),
                format("%.1f", spark.cpuMillis() / 1e3),
                format("%.0f", all / spark.wallMillis() * 1e3),
                String.valueOf(spark.peakKib() / 1024),
                format("%.1f", loop),
                format("%.1f", loopCpu),
                format("%.0f", all / loop));
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }

    /** What a task of the application does with a log. */
    private static void energies(Path file) {
        PowerLog log = PowerLogs.read(file, LogInput.Options.all(ZoneOffset.UTC));
        for (DeviceLog gpu : log.devices()) {
            PowerSeries series = gpu.series(FIELD);
            if (series == null) {
                throw new IllegalStateException("GPU " + gpu.key() + " has no readings");
            }
            CardReadings card = CardReadings.of(series, "", FIELD);
            if (Double.isNaN(card.over(card.firstMs(), card.lastMs()).powerW())) {
                throw new IllegalStateException("GPU " + gpu.key() + " has no energy");
            }
        }
    }
}
