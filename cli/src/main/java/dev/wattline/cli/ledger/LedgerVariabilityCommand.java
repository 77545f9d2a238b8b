package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.Progress;
import dev.wattline.cli.terminal.RowProgress;
import dev.wattline.compliance.Decimals;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.run.OrderedWork;
import dev.wattline.compliance.run.SessionFinder;
import dev.wattline.compliance.run.SessionMetric;
import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.out.json.StudyJson;
import dev.wattline.ledger.row.json.LedgerFile;
import dev.wattline.ledger.study.TraceCorrelations;
import dev.wattline.ledger.study.Variability;
import dev.wattline.ledger.study.VarianceComponents;
import dev.wattline.ledger.training.TrainingFolder;
import dev.wattline.ledger.training.TrainingRun;
import dev.wattline.ledger.training.TrainingStudy;
import dev.wattline.ledger.training.TrainingTree;
import dev.wattline.model.Phase;
import dev.wattline.model.Rounding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline ledger variability}: how much a power varies, and from what. */
@Command(
        name = "variability",
        description = {
            "How much power varies: run to run, ranging to testing, system to system, round to round.",
            "Of a ledger its values are compared, of a tree of raw results the two phases of each session and the runs of"
                    + " MLPerf Training. Deviations are relative; outliers are told and left out of them.",
            "Of power logs, such as nvidia-smi's or the nodes' of a run, the correlation of each two cards or nodes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline ledger variability paper.ledger",
            "  wattline ledger variability inference_results_v4.1 --json",
            "  wattline ledger variability gpus.csv",
            "  wattline ledger variability results/m/bert/power/result_0/node_*.txt",
            "",
            "Exit status: 0 something can be said, 1 nothing repeats, or a store cannot be read,",
            "2 wrong usage."
        })
final class LedgerVariabilityCommand implements Callable<Integer> {
    private static final int MOST_OUTLIERS = 10;

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "STORE", arity = "1..*", description = "Ledgers, folders of raw results, and power logs.")
    private List<Path> stores = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many sessions to read at a time (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print the components as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (threads < 1) {
            throw new UsageException("--threads needs at least 1, got " + threads, null);
        }
        Variability variability = new Variability();
        List<Path> logs = new ArrayList<>();
        for (Path store : stores) {
            if (Files.isDirectory(store)) {
                tree(store, variability);
            } else if (CardTraces.isLog(store)) {
                logs.add(store);
            } else {
                try (RowProgress progress = new RowProgress("read")) {
                    LedgerFile.read(LedgerInput.existing(store), row -> {
                        variability.add(row);
                        progress.step();
                    });
                }
            }
        }
        CardTraces traces = new CardTraces(logs.size() > 1);
        logs.forEach(traces::add);
        TraceCorrelations correlations = traces.correlations();
        List<Variability.Component> components = logs.size() == stores.size() ? List.of() : variability.components();
        if (correlations == null && !logs.isEmpty()) {
            throw new LedgerException(
                    "nothing can be correlated: the logs hold the power of one card or node only",
                    "Give a log of several cards, or several logs of one time.",
                    null);
        }
        if (correlations == null
                && components.stream()
                        .allMatch(component -> component.components().isEmpty())) {
            throw new LedgerException(
                    "nothing repeats: there are no two powers of one configuration",
                    "Give a ledger with several runs, systems or rounds, or a folder of raw results.",
                    null);
        }
        PrintStream console = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        if (json) {
            StudyJson.variability(components, correlations, console);
        } else {
            components.forEach(component -> print(console, component));
            if (correlations != null) {
                CardTraces.print(console, correlations);
            }
        }
        console.flush();
        return ExitCode.OK.code();
    }

    private record Pair(
            String session,
            String scenario,
            @Nullable Double ranging,
            @Nullable Double testing) {}

    private void tree(Path tree, Variability variability) throws IOException, InterruptedException {
        List<Path> sessions = SessionFinder.below(tree);
        List<Path> trainings = TrainingTree.below(tree);
        if (sessions.isEmpty() && trainings.isEmpty()) {
            throw new UsageException(
                    "there are no sessions and no results of MLPerf Training below " + tree,
                    "Name the folder of a round that holds closed or open.");
        }
        if (!sessions.isEmpty()) {
            try (Progress progress = new Progress("read", "sessions", sessions.size())) {
                OrderedWork.run(sessions, Math.min(threads, sessions.size()), session -> pair(tree, session), pair -> {
                    Double ranging = pair.ranging();
                    Double testing = pair.testing();
                    if (ranging != null && testing != null && ranging > 0 && testing > 0) {
                        variability.addSession(pair.session(), pair.scenario(), ranging, testing);
                    } else {
                        System.err.println("not read: " + pair.session() + " lacks the power of a phase");
                    }
                    progress.step();
                });
            }
        }
        for (Path folder : trainings) {
            TrainingFolder study = TrainingStudy.of(folder, LedgerFolder.shown(tree, folder));
            for (TrainingRun run : study.runs()) {
                Double joules = run.windowJ();
                if (joules != null && run.converged() && run.copyOf() == null) {
                    variability.addTraining(study.folder(), run.name(), joules);
                }
            }
        }
    }

    private static Pair pair(Path tree, Path session) {
        SessionMetric metric = SessionMetric.read(session, null, null);
        Double ranging = null;
        try {
            double mean = metric.facts().spl(Phase.RANGING).inWindow().positiveMean();
            ranging = Double.isNaN(mean) ? null : mean;
        } catch (PyError | IOException e) {
            ranging = null; // told as a session that lacks the power of a phase
        }
        return new Pair(
                LedgerFolder.shown(tree, session),
                metric.metric().scenario(),
                ranging,
                metric.metric().averageWatts());
    }

    private static void print(PrintStream console, Variability.Component component) {
        console.println(component.source().words());
        if (component.components().isEmpty()) {
            console.println("  nothing repeats");
        }
        component.components().ifPresent(found -> numbers(console, found));
        component
                .ratios()
                .forEach((scenario, ratio) -> console.printf(
                        "  %s: %d pairs, apart by %s in the median, p90 %s, p99 %s, from %s to %s%n",
                        scenario.isEmpty() ? "unknown scenario" : scenario,
                        ratio.pairs(),
                        Decimals.percent(ratio.median(), 3),
                        Decimals.percent(ratio.p90(), 2),
                        Decimals.percent(ratio.p99(), 2),
                        Decimals.percent(ratio.least(), 2),
                        Decimals.percent(ratio.greatest(), 2)));
    }

    private static void numbers(PrintStream console, VarianceComponents found) {
        Double between = found.between();
        double halfWidth = 100 * (found.withinHigh() - found.withinLow()) / 2;
        console.printf(
                "  %d values in %d groups: standard deviation within a group %s (95 %% interval %s to %s, robust %s),"
                        + " between groups %s, greatest over least %s%n",
                found.values(),
                found.groups(),
                Rounding.within(100 * found.within(), halfWidth) + " %",
                Rounding.within(100 * found.withinLow(), halfWidth) + " %",
                Rounding.within(100 * found.withinHigh(), halfWidth) + " %",
                Rounding.within(100 * found.robustWithin(), halfWidth) + " %",
                between == null ? "unknown" : Decimals.percent(between, 1),
                Decimals.significant(found.greatestRatio(), 4));
        found.outliers().stream()
                .limit(MOST_OUTLIERS)
                .forEach(outlier -> console.printf(
                        "  outlier: %s, %s: %s times its group's median%n",
                        outlier.group(), outlier.name(), Decimals.significant(outlier.ratio(), 4)));
        if (found.outliers().size() > MOST_OUTLIERS) {
            console.printf("  and %d more outliers%n", found.outliers().size() - MOST_OUTLIERS);
        }
    }
}
