package dev.wattline.bench;

import dev.wattline.model.TimeSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code ledger collect} and {@code verify} over many sessions, beside a plain Python script that takes the same means and
 * looks for the same published powers; and {@code collect} of a table of a million rows. The sessions are hard links to
 * those of a folder of rounds, an organisation a copy.
 */
final class LedgerBenchmark implements Benchmark {
    private static final String USAGE = "--rounds DIR_OF_ROUNDS --table CLEANED.csv [--sessions 2400] [--rows 1000000]";

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public String about() {
        return "ledger collect and verify over thousands of sessions, beside plain Python";
    }

    @Override
    public String usage() {
        return USAGE;
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException, InterruptedException {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            options.put(arguments.get(i), arguments.get(i + 1));
        }
        Path rounds = Path.of(required(options, "--rounds"));
        Path published = Path.of(required(options, "--table"));
        int wanted = Integer.parseInt(options.getOrDefault("--sessions", "2400"));
        int rows = Integer.parseInt(options.getOrDefault("--rows", "1000000"));
        String launcher = System.getProperty("wattline.launcher", "./wattline");
        Path work = Files.createTempDirectory("wattline-ledger");
        try {
            List<String> names = folders(rounds);
            int originals = 0;
            for (String name : names) {
                originals += sessions(rounds.resolve(name));
            }
            int copies = (wanted + originals - 1) / originals;
            List<String> trees = new ArrayList<>();
            for (String name : names) {
                for (int copy = 0; copy < copies; copy++) {
                    copy(rounds.resolve(name), work.resolve(name), copy);
                }
                trees.add(name + "=" + work.resolve(name));
            }
            return measure(launcher, published, work, trees, originals * copies, rows);
        } finally {
            Trees.delete(work);
        }
    }

    private static ResultTable measure(
            String launcher, Path published, Path work, List<String> trees, int sessions, int rows)
            throws IOException, InterruptedException {
        ResultTable table = new ResultTable(
                sessions + " sessions, " + megabytes(work) + " MB of logs",
                "what",
                "wall s",
                "CPU s",
                "peak MiB",
                "CPU over Python's");
        String ledger = work.resolve("paper.ledger").toString();
        ChildUsage tables = ChildUsage.of(
                List.of(launcher, "ledger", "collect", published.toString(), "--out", ledger), TimeSource.system());
        List<String> collect = new ArrayList<>(List.of(launcher, "ledger", "collect"));
        trees.forEach(tree -> collect.add(tree.substring(tree.indexOf('=') + 1)));
        collect.addAll(List.of("--out", work.resolve("trees.ledger").toString()));
        ChildUsage collected = ChildUsage.of(collect, TimeSource.system());
        if (tables.exitCode() != 0 || collected.exitCode() != 0) {
            throw new IllegalStateException("collect ended with status " + tables.exitCode() + " for the table and "
                    + collected.exitCode() + " for the trees");
        }
        List<String> verify = new ArrayList<>(List.of(launcher, "ledger", "verify", ledger));
        List<String> python = new ArrayList<>(List.of(
                "python3",
                Path.of(System.getProperty("wattline.bench.peer", "bench/peer"), "ledger_plain.py")
                        .toString(),
                published.toString()));
        for (String tree : trees) {
            verify.addAll(List.of("--tree", tree));
            python.add(tree);
        }
        ChildUsage verified = ChildUsage.of(verify, TimeSource.system());
        ChildUsage plain = ChildUsage.of(python, TimeSource.system());
        row(table, "collect the table", tables, 0);
        row(table, "collect the trees", collected, plain.cpuMillis());
        row(table, "verify the table by the trees", verified, plain.cpuMillis());
        row(table, "plain Python, means and values only", plain, plain.cpuMillis());
        Path large = work.resolve("large.csv");
        enlarge(published, large, rows);
        String out = work.resolve("large.ledger").toString();
        row(
                table,
                "collect a table of " + rows + " rows",
                ChildUsage.of(
                        List.of(launcher, "ledger", "collect", large.toString(), "--out", out), TimeSource.system()),
                0);
        row(
                table,
                "quality of them",
                ChildUsage.of(List.of(launcher, "ledger", "quality", out, "--json"), TimeSource.system()),
                0);
        return table;
    }

    private static void row(ResultTable table, String what, ChildUsage usage, double peer) {
        table.row(
                what,
                String.format(Locale.ROOT, "%.1f", usage.wallMillis() / 1e3),
                String.format(Locale.ROOT, "%.1f", usage.cpuMillis() / 1e3),
                String.format(Locale.ROOT, "%.0f", usage.peakKib() / 1024.0),
                peer == 0 ? "" : String.format(Locale.ROOT, "%.2f", usage.cpuMillis() / peer));
    }

    /** The table's rows again and again, with ids of their own. */
    private static void enlarge(Path table, Path to, int rows) throws IOException {
        List<String> lines = Files.readAllLines(table, StandardCharsets.UTF_8);
        try (BufferedWriter out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
            out.write(lines.get(0) + "\n");
            for (int i = 0; i < rows; i++) {
                String line = lines.get(1 + i % (lines.size() - 1));
                int comma = line.indexOf(',');
                out.write(line.substring(0, comma) + "-" + i / (lines.size() - 1) + line.substring(comma) + "\n");
            }
        }
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("missing " + name + ": " + USAGE);
        }
        return value;
    }

    private static List<String> folders(Path folder) throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static int sessions(Path tree) throws IOException {
        try (Stream<Path> files = Files.find(tree, 16, (file, attributes) -> file.endsWith("power/server.json"))) {
            return (int) files.count();
        }
    }

    private static long megabytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum()
                    / 1_000_000;
        }
    }

    /** A round's tree again, below the same divisions, each organisation with a number. */
    private static void copy(Path from, Path to, int number) throws IOException {
        for (String division : folders(from)) {
            for (String organization : folders(from.resolve(division))) {
                Path copy = to.resolve(division).resolve(number == 0 ? organization : organization + number);
                Trees.link(from.resolve(division).resolve(organization), copy);
            }
        }
    }
}
