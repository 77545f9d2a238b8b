package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.Version;
import dev.wattline.cli.terminal.OutputException;
import dev.wattline.cli.terminal.OutputFolder;
import dev.wattline.cli.terminal.Progress;
import dev.wattline.cli.terminal.RowProgress;
import dev.wattline.compliance.Decimals;
import dev.wattline.compliance.run.SessionFinder;
import dev.wattline.ledger.out.json.StudyJson;
import dev.wattline.ledger.read.tree.SystemDescriptions;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.json.LedgerFile;
import dev.wattline.ledger.sheet.SheetSession;
import dev.wattline.ledger.study.Comparison;
import dev.wattline.ledger.study.Hypotheses;
import dev.wattline.model.Rounding;
import dev.wattline.report.ledger.ComparePage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline ledger compare}: what several sources say of the same. */
@Command(
        name = "compare",
        description = {
            "Hold what several sources say of one accelerator, model and batch against each other.",
            "Intervals are compared with intervals, at the same scope only: agree, differ, cannot say. Where wall and cards"
                    + " are both known, the share of host and losses. With --hypotheses also what the data say of common"
                    + " suppositions."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline ledger compare energy.ledger --by accelerator,model",
            "  wattline ledger compare energy.ledger --hypotheses --tree inference_results_v4.1 --html answers.html",
            "",
            "Exit status: 0 the ledger was read, whatever the verdicts, 1 it cannot be read,",
            "2 wrong usage."
        })
final class LedgerCompareCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "LEDGER", description = "A ledger that 'collect' or 'import' made.")
    private Path ledger = Path.of("");

    @Option(
            names = "--by",
            split = ",",
            paramLabel = "NAME",
            description = "What results must have in common: accelerator, model, batch, precision, phase, benchmark,"
                    + " accelerators (default: accelerator,model,batch).")
    private List<String> by = List.of("accelerator", "model", "batch");

    @Option(names = "--all", description = "Also print what only one source speaks of.")
    private boolean all;

    @Option(names = "--hypotheses", description = "Say what the data hold of common suppositions on power.")
    private boolean hypotheses;

    @Option(
            names = "--tree",
            paramLabel = "DIR",
            description = "With --hypotheses: raw results whose logs tell idle and load power; may be repeated.")
    private List<Path> trees = new ArrayList<>();

    @Option(names = "--json", description = "Print everything as JSON.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Write everything as a page as well.")
    private @Nullable Path html;

    @Override
    public Integer call() throws IOException {
        if (!hypotheses && !trees.isEmpty()) {
            throw new UsageException("--tree goes with --hypotheses only", null);
        }
        Path page = html;
        if (page != null) {
            OutputFolder.checkFor(page);
        }
        Comparison comparison = new Comparison(keys());
        Hypotheses suppositions = new Hypotheses();
        try (RowProgress progress = new RowProgress("read")) {
            LedgerFile.read(LedgerInput.existing(ledger), row -> {
                comparison.add(row);
                suppositions.add(row);
                progress.step();
            });
        }
        for (Path tree : trees) {
            phases(tree, suppositions);
        }
        List<Comparison.Group> groups = comparison.groups(all);
        List<Comparison.HostShare> shares = comparison.hostShares();
        List<Hypotheses.Verdict> verdicts = hypotheses ? suppositions.verdicts() : List.of();
        if (page != null) {
            String text = ComparePage.html(
                    String.valueOf(ledger.getFileName()),
                    groups,
                    shares,
                    verdicts,
                    "Written by Wattline " + Version.version() + ", commit " + Version.commit() + ".");
            try {
                Files.writeString(page, text);
            } catch (IOException e) {
                throw OutputException.of(page, e);
            }
        }
        PrintStream console = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        if (json) {
            StudyJson.comparison(groups, shares, verdicts, console);
        } else {
            print(console, groups, shares, verdicts);
        }
        console.flush();
        return ExitCode.OK.code();
    }

    private List<Comparison.By> keys() {
        List<Comparison.By> keys = new ArrayList<>();
        for (String name : by) {
            try {
                keys.add(Comparison.By.valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new UsageException(
                        "nothing can be compared by '" + name + "'",
                        "Names are accelerator, model, batch, precision, phase, benchmark, accelerators.");
            }
        }
        return keys;
    }

    private static void phases(Path tree, Hypotheses suppositions) throws IOException {
        List<Path> sessions = LedgerFolder.contents(
                tree, SessionFinder::below, "sessions", "A session is a folder that holds power, ranging and run_1.");
        SystemDescriptions systems =
                new SystemDescriptions(tree, problem -> System.err.println("not read: " + problem));
        try (Progress progress = new Progress("read", "sessions", sessions.size())) {
            for (Path session : sessions) {
                SheetSession read = SheetSession.read(tree, session, systems);
                double cards = Measure.number(
                                SystemDescriptions.text(read.result().system(), "accelerators_per_node"))
                        * Measure.number(SystemDescriptions.text(read.result().system(), "number_of_nodes"));
                String system = read.result().place().organization() + " "
                        + read.result().place().system();
                read.phases().ifPresent(phases -> suppositions.add(system, cards, phases));
                progress.step();
            }
        }
    }

    private static void print(
            PrintStream console,
            List<Comparison.Group> groups,
            List<Comparison.HostShare> shares,
            List<Hypotheses.Verdict> verdicts) {
        for (Comparison.Group group : groups) {
            console.printf(
                    "%-10s  %s, %s, %s: %s%n",
                    group.verdict().word(),
                    words(group.key()),
                    group.scope().name().toLowerCase(Locale.ROOT),
                    group.quantity(),
                    group.reason());
            for (Comparison.Voice voice : group.voices()) {
                console.printf(
                        "            %-28s  n %4d  %12s  %s  %s%n",
                        voice.source(),
                        voice.count(),
                        Rounding.within(voice.median(), voice.resolution(voice.median())),
                        interval(voice),
                        voice.confidence());
            }
        }
        console.printf("%d comparisons%n", groups.size());
        for (Comparison.HostShare share : shares) {
            console.printf(
                    "%s: %s W a card at the wall, %s W of cards: host and losses %s%n",
                    words(share.key()),
                    Decimals.significant(share.wallWatts(), 4),
                    Decimals.significant(share.cardWatts(), 4),
                    Decimals.percent(share.share(), 1));
        }
        for (Hypotheses.Verdict verdict : verdicts) {
            console.printf(
                    "%n\"%s\": %s%n  %s%n",
                    verdict.supposition(), verdict.answer().words(), verdict.note());
            for (Hypotheses.Evidence evidence : verdict.evidence()) {
                console.printf(
                        "  n %4d  least %8s  median %8s  greatest %8s  within %7s  %s%n",
                        evidence.count(),
                        Decimals.significant(evidence.least(), 3),
                        Decimals.significant(evidence.median(), 3),
                        Decimals.significant(evidence.greatest(), 3),
                        Decimals.percent(evidence.within(), 1),
                        evidence.group());
            }
        }
    }

    private static String words(Map<String, String> key) {
        return key.entrySet().stream()
                .map(entry -> entry.getValue().isEmpty() ? "unknown " + entry.getKey() : entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String interval(Comparison.Voice voice) {
        return voice.low() == null || voice.high() == null
                ? "no interval"
                : Rounding.within(voice.low(), voice.resolution(voice.low())) + " to "
                        + Rounding.within(voice.high(), voice.resolution(voice.high()));
    }
}
