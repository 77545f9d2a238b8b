package dev.wattline.cli;

import dev.wattline.compliance.json.ReportJson;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.compliance.text.Style;
import dev.wattline.compliance.text.TextReport;
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
            "",
            "Exit status: 0 each session has a metric, 1 one has none, 2 wrong usage."
        })
final class MetricCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SESSION", arity = "1..*", description = "Folders of sessions.")
    private List<Path> sessions = new ArrayList<>();

    @Option(
            names = "--round",
            paramLabel = "ROUND",
            description =
                    "Compute it as this round does, v1.0 to v5.1 or latest (default: the round of LoadGen's log).")
    private @Nullable String round;

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            description = "The scenario that the result counts for (default: what folders and logs say).")
    private @Nullable String scenario;

    @Option(names = "--json", description = "Print the whole reports as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        SessionOptions.requireRound(round);
        SessionOptions.requireScenario(scenario);
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
