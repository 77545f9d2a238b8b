package dev.wattline.cli.results;

import dev.wattline.cli.json.ResultsJson;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.TextTable;
import dev.wattline.compliance.Decimals;
import dev.wattline.ledger.out.CsvOutput;
import dev.wattline.model.Rounding;
import dev.wattline.records.index.IndexFile;
import dev.wattline.records.json.EarlierPeak;
import dev.wattline.records.json.IndexScan;
import dev.wattline.records.json.PeakQuery;
import dev.wattline.records.query.Condition;
import dev.wattline.records.query.GroupStatistics;
import dev.wattline.records.query.GroupStatistics.Change;
import dev.wattline.records.query.ResultQuery;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline results}: what a lab's sessions came to, by questions to their index. */
@Command(
        name = "results",
        description = {
            "List, group and compare the sessions of a folder by its index.",
            "'run' keeps the index of its output folder; 'results import' adds a session, 'index rebuild' makes the"
                    + " index anew. Keys are those of the index, and bare names of parameters, settings and the machine."
        },
        subcommands = {ResultsDiffCommand.class, ResultsImportCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline results                      the last 20 in ./results",
            "  wattline results --where 'workload=bert-* gpus=8 since=2026-11 valid' \\",
            "      --by gpuLimitW --stat",
            "  wattline results --by workload --compare tags=baseline",
            "  wattline results --columns session,metric.value,energyJ --csv",
            "  wattline results --peaks --where sut=h200-03",
            "",
            "--where: words KEY=VALUE, !=, <, <=, >, >= (all must hold; * is any text),",
            "and the words valid, official, since=DATE, until=DATE."
        })
public final class ResultsCommand implements Callable<Integer> {
    private static final List<String> USUAL = List.of(
            "session", "sut", "workload", "kind", "metric.value", "metric.lo", "metric.hi", "metric.unit", "verdict");

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Option(
            names = {"-d", "--folder"},
            paramLabel = "FOLDER",
            description = "The folder of sessions that the index is of (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("results");

    @Option(names = "--where", paramLabel = "WORDS", description = "What must hold of a session, see below.")
    private String where = "";

    @Option(names = "--by", split = ",", paramLabel = "KEYS", description = "Group by the values of these keys.")
    private List<String> by = List.of();

    @Option(names = "--stat", description = "Mean, deviation and interval of each group.")
    private boolean statistics;

    @Option(
            names = "--metric",
            paramLabel = "KEY",
            description = "What --stat and --compare are about (default: ${DEFAULT-VALUE}).")
    private String metric = "metric.value";

    @Option(
            names = "--compare",
            paramLabel = "WORDS",
            description = "Compare each group with the sessions of the same group for which these words hold.")
    private @Nullable String baseline;

    @Option(names = "--columns", split = ",", paramLabel = "KEYS", description = "The keys to list.")
    private List<String> columns = List.of();

    @Option(names = "--last", paramLabel = "N", description = "How many sessions to list (default: ${DEFAULT-VALUE}).")
    private int last = 20;

    @Option(names = "--peaks", description = "The greatest readings of the last 10 sessions by machine and workload.")
    private boolean peaks;

    @Option(names = "--keys", description = "List the keys that the index has.")
    private boolean keys;

    @Option(names = "--csv", description = "Print all sessions as CSV.")
    private boolean csv;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    @Override
    public Integer call() throws IOException {
        if (last < 1) {
            throw new UsageException("--last: expected at least 1, got " + last, null);
        }
        IndexFile index = new IndexFile(folder);
        ResultQuery query = new ResultQuery(index.file(), conditions("--where", where));
        if (keys) {
            query.keys().forEach(out::println);
        } else if (peaks) {
            peaks(index, query);
        } else if (statistics || baseline != null || !by.isEmpty()) {
            groups(query);
        } else {
            list(query);
        }
        out.flush();
        if (query.damaged() > 0) {
            System.err.println("warning: " + query.damaged() + " lines of " + index.file()
                    + " are no JSON and were passed over; 'wattline index rebuild " + folder + "' corrects it");
        }
        return ExitCode.OK.code();
    }

    private static List<Condition> conditions(String option, String words) {
        try {
            return Condition.parse(words);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage(), null);
        }
    }

    private void list(ResultQuery query) throws IOException {
        List<String> wanted = columns.isEmpty() ? USUAL : columns;
        if (csv) {
            try (CsvOutput table =
                    new CsvOutput(new OutputStreamWriter(out, StandardCharsets.UTF_8), wanted.toArray(new String[0]))) {
                query.each(wanted, row -> table.row((Object[]) row));
            }
        } else if (json) {
            out.println(ResultsJson.rows(wanted, query.last(last, wanted)));
        } else if (columns.isEmpty()) {
            List<List<String>> rows = new ArrayList<>(
                    List.of(List.of("session", "sut", "workload", "kind", "metric", "95 %", "verdict")));
            query.last(last, USUAL).forEach(row -> rows.add(usual(row)));
            print(rows, 4);
        } else {
            List<List<String>> rows = new ArrayList<>(List.of(columns));
            query.last(last, columns).forEach(row -> {
                List<String> cells = new ArrayList<>();
                for (String value : row) {
                    cells.add(text(value));
                }
                rows.add(cells);
            });
            print(rows, columns.size());
        }
    }

    private static String text(@Nullable String value) {
        return value == null || value.isEmpty() ? "-" : value;
    }

    private static List<String> usual(@Nullable String[] row) {
        double value = number(row[4]);
        double half = (number(row[6]) - number(row[5])) / 2;
        return List.of(
                text(row[0]),
                text(row[1]),
                text(row[2]),
                text(row[3]),
                Double.isNaN(value) ? "-" : Rounding.within(value, half) + " " + text(row[7]),
                Double.isNaN(half) ? "-" : "+-" + Rounding.within(half, half),
                text(row[8]));
    }

    private static double number(@Nullable String text) {
        return text == null ? Double.NaN : Double.parseDouble(text);
    }

    private void groups(ResultQuery query) {
        List<Map<List<String>, double[]>> both = baseline == null
                ? List.of(query.groups(by, metric), Map.of())
                : query.groupsBeside(conditions("--compare", baseline), by, metric);
        Map<List<String>, double[]> groups = both.get(0);
        Map<List<String>, double[]> against = both.get(1);
        if (json) {
            out.println(ResultsJson.groups(by, metric, groups, against));
            return;
        }
        List<String> head = new ArrayList<>(by);
        head.addAll(List.of("n", "mean " + metric, "95 %", "sd %", "least", "greatest", "far off"));
        if (baseline != null) {
            head.addAll(List.of("against " + baseline, "95 %", "n there"));
        }
        List<List<String>> rows = new ArrayList<>(List.of(head));
        groups.forEach((group, values) -> {
            List<String> row = new ArrayList<>(group);
            GroupStatistics of = GroupStatistics.of(values);
            row.addAll(List.of(
                    String.valueOf(of.number()),
                    shown(of.mean(), 6),
                    interval(of.low(), of.high(), 6, ""),
                    shown(of.variation() * 100, 2),
                    shown(of.least(), 6),
                    shown(of.greatest(), 6),
                    String.valueOf(of.flagged())));
            if (baseline != null) {
                double[] base = against.getOrDefault(group, new double[0]);
                Change change = Change.of(values, base);
                row.addAll(List.of(
                        Double.isNaN(change.change()) ? "-" : signed(change.change()),
                        Double.isNaN(change.low()) ? "-" : signed(change.low()) + " to " + signed(change.high()),
                        String.valueOf(base.length)));
            }
            rows.add(row);
        });
        print(rows, by.size());
        if (groups.values().stream().anyMatch(values -> values.length > 1)) {
            out.println(
                    "the interval is of the mean by the sessions' scatter alone; each session's own uncertainty comes"
                            + " on top");
        }
    }

    private static String signed(double share) {
        return (share >= 0 ? "+" : "") + Decimals.percent(share, 2);
    }

    private static String shown(double value, int digits) {
        return Double.isNaN(value) ? "-" : Decimals.significant(value, digits);
    }

    private static String interval(double low, double high, int digits, String unit) {
        return Double.isNaN(low) ? "-" : shown(low, digits) + " to " + shown(high, digits) + unit;
    }

    private void peaks(IndexFile index, ResultQuery query) {
        Set<String> sessions = new HashSet<>();
        query.each(List.of("session"), row -> {
            if (row[0] != null) {
                sessions.add(row[0]);
            }
        });
        List<EarlierPeak> found = PeakQuery.peaks(new IndexScan(index.file()), sessions);
        if (json) {
            out.println(ResultsJson.peaks(found));
            return;
        }
        List<List<String>> rows = new ArrayList<>(List.of(List.of(
                "sut", "workload", "analyzer", "channel", "sessions", "peak V", "peak A", "peak W", "A x 1.1")));
        for (EarlierPeak peak : found) {
            rows.add(List.of(
                    text(peak.sut()),
                    text(peak.workload()),
                    text(peak.analyzer()),
                    peak.channel(),
                    String.valueOf(peak.sessions()),
                    shown(peak.volts(), 4),
                    shown(peak.amps(), 4),
                    shown(peak.watts(), 5),
                    shown(peak.amps() * 1.1, 4)));
        }
        print(rows, 4);
    }

    private void print(List<List<String>> rows, int texts) {
        TextTable.print(rows, texts, out::println);
    }
}
