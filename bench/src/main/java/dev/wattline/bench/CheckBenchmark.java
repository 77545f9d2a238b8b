package dev.wattline.bench;

import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * {@code wattline check} beside the official checker in Python: one session from a cold start, and a tree of them against
 * one Python process a session and against one Python process for all.
 */
final class CheckBenchmark implements Benchmark {
    private static final String USAGE = "--peer POWER_DEV --tree SESSIONS [--rounds 20] [--copies 10]";

    /** Checks all sessions below a folder in one process, and says nothing. */
    private static final String ALL_IN_ONE = """
            import contextlib, io, logging, os, sys
            sys.path.insert(0, sys.argv[1])
            import check
            logging.disable(logging.CRITICAL)
            for folder, folders, files in os.walk(sys.argv[2]):
                if "power" in folders:
                    folders.clear()
                    with contextlib.redirect_stderr(io.StringIO()):
                        try:
                            check.check(folder)
                        except Exception:
                            pass
            """;

    /** Runs this benchmark alone, with the same arguments. */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.print(new CheckBenchmark().run(List.of(args)));
    }

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String about() {
        return "check of one session and of a tree, beside the official checker";
    }

    @Override
    public String usage() {
        return USAGE;
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException, InterruptedException {
        Map<String, String> options = options(arguments);
        Path checker = Path.of(required(options, "--peer"), "compliance", "check.py");
        Path tree = Path.of(required(options, "--tree"));
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "20"));
        int copies = Integer.parseInt(options.getOrDefault("--copies", "10"));
        String launcher = System.getProperty("wattline.launcher", "./wattline");
        List<Path> sessions = sessions(tree);
        if (sessions.isEmpty()) {
            throw new IllegalArgumentException("there is no session below " + tree);
        }
        ResultTable table = new ResultTable(
                "Check beside the official checker, median of " + rounds + " for one session, " + copies + " times "
                        + sessions.size() + " sessions for the tree",
                "what",
                "wall s",
                "CPU s",
                "peak MiB",
                "wall ratio",
                "CPU ratio",
                "target of the ratios");
        one(table, launcher, checker, sessions.get(sessions.size() / 2), rounds);
        tree(table, launcher, checker, tree, sessions, copies);
        return table;
    }

    private static Map<String, String> options(List<String> arguments) {
        if (arguments.size() % 2 != 0) {
            throw new IllegalArgumentException("expected " + USAGE);
        }
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            options.put(arguments.get(i), arguments.get(i + 1));
        }
        return options;
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("missing " + name + ": " + USAGE);
        }
        return value;
    }

    private static List<Path> sessions(Path tree) throws IOException {
        try (Stream<Path> files = Files.find(tree, 16, (file, attributes) -> file.endsWith("power/server.json"))) {
            return files.map(file -> file.resolve("../..").normalize()).sorted().toList();
        }
    }

    /** One session, the two programs in turns; the first round is not counted. */
    private static void one(ResultTable table, String launcher, Path checker, Path session, int rounds)
            throws IOException, InterruptedException {
        List<String> python = List.of("python3", checker.toString(), session.toString());
        List<String> ours = List.of(launcher, "check", session.toString());
        List<ChildUsage> pythons = new ArrayList<>();
        List<ChildUsage> checks = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            ChildUsage theirs = ChildUsage.of(python, TimeSource.system());
            ChildUsage our = ChildUsage.of(ours, TimeSource.system());
            if (round > 0) {
                pythons.add(theirs);
                checks.add(our);
            }
        }
        double wall = median(pythons, ChildUsage::wallMillis);
        double cpu = median(pythons, ChildUsage::cpuMillis);
        row(table, "one session, official checker", wall, cpu, median(pythons, ChildUsage::peakKib), wall, cpu);
        row(
                table,
                "one session, wattline check",
                median(checks, ChildUsage::wallMillis),
                median(checks, ChildUsage::cpuMillis),
                median(checks, ChildUsage::peakKib),
                wall,
                cpu);
    }

    private static void tree(
            ResultTable table, String launcher, Path checker, Path tree, List<Path> sessions, int copies)
            throws IOException, InterruptedException {
        Path many = Files.createTempDirectory("wattline-bench");
        try {
            for (int copy = 0; copy < copies; copy++) {
                Trees.link(tree, many.resolve("copy" + copy));
            }
            // A process a session takes as long for the hundredth as for the first: one pass over the tree, multiplied.
            double wallEach = 0;
            double cpuEach = 0;
            for (Path session : sessions) {
                ChildUsage usage =
                        ChildUsage.of(List.of("python3", checker.toString(), session.toString()), TimeSource.system());
                wallEach += usage.wallMillis() * copies;
                cpuEach += usage.cpuMillis() * copies;
            }
            ChildUsage all = ChildUsage.of(
                    List.of(
                            "python3",
                            "-c",
                            ALL_IN_ONE,
                            checker.resolveSibling("").toString(),
                            many.toString()),
                    TimeSource.system());
            ChildUsage ours = ChildUsage.of(List.of(launcher, "check", "--tree", many.toString()), TimeSource.system());
            row(table, "tree, a Python process a session", wallEach, cpuEach, 0, wallEach, all.cpuMillis());
            row(
                    table,
                    "tree, one Python process",
                    all.wallMillis(),
                    all.cpuMillis(),
                    (double) all.peakKib(),
                    wallEach,
                    all.cpuMillis());
            row(
                    table,
                    "tree, wattline check",
                    ours.wallMillis(),
                    ours.cpuMillis(),
                    (double) ours.peakKib(),
                    wallEach,
                    all.cpuMillis());
        } finally {
            Trees.delete(many);
        }
    }

    private static double median(List<ChildUsage> usages, ToDoubleFunction<ChildUsage> figure) {
        List<Double> sorted =
                usages.stream().map(figure::applyAsDouble).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static void row(
            ResultTable table, String label, double wall, double cpu, double peakKib, double peerWall, double peerCpu) {
        String target = label.startsWith("one session, wattline")
                ? "wall at most 1.5"
                : label.startsWith("tree, wattline") ? "wall at most 0.05, CPU at most 0.20, below 512 MiB" : "";
        table.row(
                label,
                number("%.3f", wall / 1e3),
                number("%.3f", cpu / 1e3),
                peakKib == 0 ? "" : number("%.0f", peakKib / 1024),
                number("%.3f", wall / peerWall),
                number("%.3f", cpu / peerCpu),
                target);
    }

    private static String number(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
