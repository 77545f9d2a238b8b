package dev.wattline.bench;

import dev.wattline.analysis.MergedCsv;
import dev.wattline.analysis.json.AnalysisJson;
import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.read.PowerLogs;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How fast an nvidia-smi log of eight GPUs is parsed and integrated, on one thread, and how that grows with its length;
 * beside it the obvious pandas script, where pandas is installed, else the rate that was stated for it. A day's log, or
 * the longest that was asked for, is also given to a whole {@code wattline analyze} whose heap is limited.
 */
final class SmiBenchmark implements Benchmark {
    private static final long SMALLEST = 100_000;
    private static final long DEFAULT_LARGEST = 10_000_000;
    private static final long ROWS_OF_A_DAY = 24L * 3600 * 100 * 8;
    private static final String FIELD = "power.draw";
    private static final int BYTES_PER_ROW = 90;
    private static final double STATED_PANDAS_MB_PER_S = 39;
    private static final String HEAP = "-Xmx900m"; // leaves the rest of a GiB to the JVM itself

    private final List<double[]> measured = new ArrayList<>(); // rows, CPU seconds, MB/s of CPU time
    private double pandasMbPerS = Double.NaN;

    /** {@code SmiBenchmark [ROWS]}: the benchmark without the list of all. */
    public static void main(String[] args) throws Exception {
        System.out.print(new SmiBenchmark().run(List.of(args)));
    }

    @Override
    public String name() {
        return "smi";
    }

    @Override
    public String about() {
        return "nvidia-smi logs parsed and integrated: MB/s, rows/s and growth, against pandas where it is installed";
    }

    @Override
    public String usage() {
        return "[largest number of rows=" + DEFAULT_LARGEST + "]";
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException, InterruptedException {
        long largest = arguments.isEmpty() ? DEFAULT_LARGEST : Long.parseLong(arguments.get(0));
        ResultTable table = new ResultTable(
                "nvidia-smi log of 8 GPUs at 100 Hz, parsed and integrated on one thread",
                "reader, rows",
                "MB",
                "wall s",
                "CPU s",
                "MB/s wall",
                "MB/s CPU",
                "million rows/s CPU",
                "memory MiB");
        Path folder = Files.createTempDirectory("smi-benchmark");
        Path file = folder.resolve("nvidia-smi.csv");
        try {
            warmUp(file);
            for (long rows = SMALLEST; rows <= largest; rows *= 10) {
                long usable = Files.getFileStore(folder).getUsableSpace();
                if (usable < 2 * BYTES_PER_ROW * rows) {
                    throw new IOException(
                            folder + " has " + usable + " bytes left, " + rows + " rows take " + BYTES_PER_ROW * rows);
                }
                SmiLogWriter.write(file, rows);
                measure(table, file, rows);
                if (rows <= DEFAULT_LARGEST) {
                    pandas(table, file, rows);
                }
            }
            long day = Math.min(largest, ROWS_OF_A_DAY);
            SmiLogWriter.write(file, day);
            program(table, file, day);
            compare(table);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
        return table;
    }

    private static void warmUp(Path file) throws IOException {
        SmiLogWriter.write(file, SMALLEST);
        for (int i = 0; i < 10; i++) {
            energy(file);
        }
    }

    private static double energy(Path file) {
        PowerLog log = PowerLogs.read(
                file, LogInput.Options.all(ZoneId.of("America/Los_Angeles")).withFields(List.of(FIELD)));
        double joules = 0;
        for (DeviceLog gpu : log.devices()) {
            PowerSeries series = gpu.series(FIELD);
            if (series == null) {
                throw new IllegalStateException("GPU " + gpu.key() + " has no readings");
            }
            double[] energy = series.energyAt(new double[] {series.firstMs(), series.lastMs()});
            joules += energy[1] - energy[0];
        }
        return joules;
    }

    private void measure(ResultTable table, Path file, long rows) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long wall = TimeSource.system().nanoTime();
        double joules = energy(file);
        double wallS = (TimeSource.system().nanoTime() - wall) / 1e9;
        double cpuS = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
        if (!(joules > 0)) {
            throw new IllegalStateException("no energy in " + rows + " rows");
        }
        Runtime runtime = Runtime.getRuntime();
        long heap = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
        double megabytes = Files.size(file) / 1e6;
        measured.add(new double[] {rows, cpuS, megabytes / cpuS});
        table.row(
                "wattline, " + rows,
                text(megabytes, 0),
                text(wallS, 2),
                text(cpuS, 2),
                text(megabytes / wallS, 0),
                text(megabytes / cpuS, 0),
                text(rows / cpuS / 1e6, 2),
                heap + " heap");
    }

    /** The whole program on this log: parsed, analysed, written. */
    private static void program(ResultTable table, Path file, long rows) throws IOException, InterruptedException {
        Path out = Files.createTempDirectory("smi-benchmark-analysis");
        ChildUsage usage = ChildUsage.of(
                List.of(
                        "env",
                        "WATTLINE_JAVA_OPTS=" + HEAP,
                        System.getProperty("wattline.launcher", "./wattline"),
                        "analyze",
                        "--smi",
                        file.toString(),
                        "--smi-zone",
                        "America/Los_Angeles",
                        "--out",
                        out.toString()),
                TimeSource.system());
        double megabytes = Files.size(file) / 1e6;
        double wallS = usage.wallMillis() / 1e3;
        double cpuS = usage.cpuMillis() / 1e3;
        table.row(
                usage.exitCode() == 0
                        ? "wattline analyze " + HEAP + ", " + rows
                        : "wattline analyze " + HEAP + " FAILED, exit status " + usage.exitCode(),
                text(megabytes, 0),
                text(wallS, 2),
                text(cpuS, 2),
                text(megabytes / wallS, 0),
                text(megabytes / cpuS, 0),
                text(rows / cpuS / 1e6, 2),
                (usage.peakKib() >> 10) + " peak RSS");
        for (String name : List.of(AnalysisJson.FILE, MergedCsv.FILE)) {
            Files.deleteIfExists(out.resolve(name));
        }
        Files.delete(out);
    }

    /** The growth over all lengths, and the speed against pandas. */
    private void compare(ResultTable table) {
        double[] first = measured.get(0);
        double[] last = measured.get(measured.size() - 1);
        if (measured.size() > 1) {
            double exponent = Math.log(last[1] / first[1]) / Math.log(last[0] / first[0]);
            note(table, "growth: CPU time as rows to the power of " + text(exponent, 2));
        }
        boolean stated = Double.isNaN(pandasMbPerS);
        double pandas = stated ? STATED_PANDAS_MB_PER_S : pandasMbPerS;
        note(
                table,
                "one thread against pandas' " + text(pandas, 0) + " MB/s ("
                        + (stated ? "as stated for another machine; not installed here" : "measured here") + "): "
                        + text(last[2] / pandas, 1) + " times");
    }

    private static void note(ResultTable table, String text) {
        table.row(text, "", "", "", "", "", "", "");
    }

    private void pandas(ResultTable table, Path file, long rows) throws IOException, InterruptedException {
        Path script = Path.of(System.getProperty("wattline.bench.peer", "bench/peer"), "smi_pandas.py");
        if (!Files.exists(script)) {
            return;
        }
        Process process;
        try {
            process = new ProcessBuilder("python3", script.toString(), file.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return; // no Python, no pandas
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        String[] words = out.split(" ", -1);
        if (process.waitFor() != 0 || words.length != 3) {
            return; // not installed
        }
        double seconds = Double.parseDouble(words[1]);
        double megabytes = Files.size(file) / 1e6;
        pandasMbPerS = megabytes / seconds;
        table.row(
                "pandas, " + rows,
                text(megabytes, 0),
                text(seconds, 2),
                "-",
                text(megabytes / seconds, 0),
                "-",
                text(rows / seconds / 1e6, 2) + " wall",
                "-");
    }

    private static String text(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
