package dev.wattline.cli.check;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.SessionOptions;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.Terminal;
import dev.wattline.compliance.json.ReportJson;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.compliance.text.Style;
import dev.wattline.compliance.text.TextReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline metric}: the official power metric of finished sessions. */
@Command(
        name = "metric",
        description =
                "The official power metric of finished sessions, with the interval of the analyzer's uncertainty.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline metric results/2026-11-22_10-00-00",
            "  wattline metric --round v4.1 --scenario MultiStream SESSION",
            "  wattline metric --tree closed/ACME/results --csv > metrics.csv",
            "",
            "Exit status: 0 each session has a metric, 1 one has none, 2 wrong usage."
        })
public final class MetricCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SESSION", arity = "0..*", description = "Folders of sessions.")
    private List<Path> sessions = new ArrayList<>();

    @Option(
            names = "--tree",
            paramLabel = "DIR",
            description = "The metric of every session below this folder, in parallel, a line each.")
    private List<Path> trees = new ArrayList<>();

    @Option(
            names = "--round",
            paramLabel = "ROUND",
            description = "Compute it as this round does, v1.0 to v6.1 or latest (default: the session's own round);"
                    + " NAME=ROUND computes a newer round's by the rules of a known one.")
    private @Nullable String round;

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            description = "The scenario that the result counts for (default: what folders and logs say).")
    private @Nullable String scenario;

    @Option(names = "--json", description = "Print JSON: of sessions the whole reports, of --tree an array of metrics.")
    private boolean json;

    @Option(names = "--csv", description = "Print the metrics of --tree as CSV.")
    private boolean csv;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many sessions of --tree to read at a time (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException, InterruptedException {
        SessionOptions.requireRound(round);
        SessionOptions.requireScenario(scenario);
        requireOneKindOfInput();
        if (!trees.isEmpty()) {
            MetricTree.Form form = json ? MetricTree.Form.JSON : csv ? MetricTree.Form.CSV : MetricTree.Form.TABLE;
            return new MetricTree(round, scenario).print(trees, threads, form);
        }
        SessionChecker checker = new SessionChecker(new CheckOptions(round, scenario, true));
        List<SessionReport> reports = sessions.stream().map(checker::check).toList();
        boolean all = reports.stream()
                .allMatch(report -> report.metric() != null && report.metric().value() != null);
        if (json) {
            PrintStream stdout = System.out; // which the report leaves open
            try (ReportJson out = new ReportJson(stdout)) {
                reports.forEach(out::add);
            }
        } else {
            print(reports);
        }
        return all ? ExitCode.OK.code() : ExitCode.FAILURE.code();
    }

    private void requireOneKindOfInput() {
        if (sessions.isEmpty() == trees.isEmpty()) {
            throw new UsageException(
                    sessions.isEmpty() ? "nothing to read" : "there are both sessions and --tree",
                    "Name the folders of sessions, or a folder above them with --tree.");
        }
        if (csv && (json || trees.isEmpty())) {
            throw new UsageException(
                    json ? "--csv and --json exclude each other" : "--csv needs --tree", "Choose one form for a tree.");
        }
        if (threads < 1) {
            throw new UsageException("--threads needs at least 1, got " + threads, null);
        }
    }

    private static void print(List<SessionReport> reports) {
        Terminal terminal = Terminal.ofThisProcess();
        TextReport text = new TextReport(terminal.out() && terminal.colour() ? Style.COLOUR : Style.PLAIN);
        for (SessionReport report : reports) {
            System.out.println(report.session());
            PowerMetric metric = report.metric();
            System.out.print(text.metricText(
                    metric != null
                            ? metric
                            : PowerMetric.none(report.checks().get(0).message())));
        }
    }
}
