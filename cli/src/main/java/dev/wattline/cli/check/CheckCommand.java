package dev.wattline.cli.check;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.InformalSessionException;
import dev.wattline.cli.options.SessionOptions;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.Terminal;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionFinder;
import dev.wattline.compliance.text.Style;
import dev.wattline.compliance.text.TextReport;
import dev.wattline.files.SessionFile;
import dev.wattline.model.finding.Explanation;
import dev.wattline.model.finding.FindingCatalog;
import java.io.IOException;
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

/** {@code wattline check}: the official verdicts on finished sessions, and what the official checker misses. */
@Command(
        name = "check",
        description = {
            "Check finished sessions: the official verdicts with their causes, and what the official checker misses.",
            "A session is the folder that holds power, ranging and run_1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline check results/2026-11-22_10-00-00",
            "  wattline check --round latest --json SESSION > report.json",
            "  wattline check --tree closed/ACME/results --html report.html",
            "  wattline check --explain sample-out-of-range",
            "",
            "Exit status: 0 all official checks passed, with or without warnings,",
            "1 one failed, 2 wrong usage."
        })
public final class CheckCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SESSION", arity = "0..*", description = "Folders of sessions.")
    private List<Path> sessions = new ArrayList<>();

    @Option(names = "--tree", paramLabel = "DIR", description = "Check every session below this folder, in parallel.")
    private List<Path> trees = new ArrayList<>();

    @Option(
            names = "--round",
            paramLabel = "ROUND",
            description = "Judge by this round's rules, v1.0 to v6.1 or latest (default: the session's own round);"
                    + " NAME=ROUND judges a newer round by the rules of a known one.")
    private @Nullable String round;

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            description = "The scenario that the result counts for (default: what folders and logs say).")
    private @Nullable String scenario;

    @Option(names = "--json", description = "Print the reports as JSON.")
    private boolean json;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the reports in JUnit's XML as well.")
    private @Nullable Path junit;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the reports as one page as well.")
    private @Nullable Path html;

    @Option(
            names = "--official",
            description = "Print only the official checker's lines, on stderr as it does (implies --round latest).")
    private boolean official;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many sessions to check at a time (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--explain", paramLabel = "ID", description = "Explain a finding by its id; 'all' explains all.")
    private @Nullable String explain;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Terminal terminal = Terminal.ofThisProcess();
        TextReport text = new TextReport(terminal.out() && terminal.colour() ? Style.COLOUR : Style.PLAIN);
        if (explain != null) {
            return explain(text, explain);
        }
        SessionOptions.requireRound(round);
        SessionOptions.requireScenario(scenario);
        if (threads < 1) {
            throw new UsageException("--threads needs at least 1, got " + threads, null);
        }
        CheckOptions options =
                official ? new CheckOptions(Rounds.LATEST, scenario, false) : new CheckOptions(round, scenario, true);
        CheckOutput.Form form =
                official ? CheckOutput.Form.OFFICIAL : json ? CheckOutput.Form.JSON : CheckOutput.Form.TEXT;
        List<Path> all = all(); // before any file is made
        try (CheckOutput output = CheckOutput.open(form, text, !trees.isEmpty(), junit, html)) {
            return new CheckRun(options, threads, output).run(all);
        }
    }

    private List<Path> all() throws IOException {
        for (Path session : sessions) {
            requireSession(session);
        }
        List<Path> all = new ArrayList<>(sessions);
        for (Path tree : trees) {
            if (!Files.isDirectory(tree)) {
                throw new UsageException(
                        "there is no folder " + tree, "Name the folder below which the sessions are with --tree.");
            }
            List<Path> below = SessionFinder.below(tree);
            if (below.isEmpty()) {
                throw new UsageException(
                        "there is no session below " + tree,
                        "A session is a folder that holds power, ranging and run_1.");
            }
            all.addAll(below);
        }
        if (all.isEmpty()) {
            throw new UsageException("nothing to check", "Name the folders of sessions, or a folder with --tree.");
        }
        return all;
    }

    /** A damaged session is for the checker to judge; what is no folder, or a folder of sessions, is a wrong command line. */
    private static void requireSession(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    (Files.exists(folder) ? "no folder: " : "there is no folder ") + folder,
                    "Name the folder of a session, which holds power, ranging and run_1.");
        }
        InformalSessionException.refuse(folder);
        if (!looksLikeSession(folder) && !SessionFinder.below(folder).isEmpty()) {
            throw new UsageException(
                    folder + " is no session, but there are sessions below it",
                    "Check all of them with 'wattline check --tree " + folder + "'.");
        }
    }

    /** Whether the folder has at least one of a session's own folders. */
    static boolean looksLikeSession(Path folder) {
        return SessionFile.FOLDERS.stream().anyMatch(part -> Files.isDirectory(folder.resolve(part)));
    }

    private static int explain(TextReport text, String id) {
        if (id.equals("all")) {
            FindingCatalog.all().values().forEach(explanation -> System.out.print(text.explanation(explanation)));
            return ExitCode.OK.code();
        }
        Explanation explanation = FindingCatalog.find(id)
                .orElseThrow(() -> new UsageException(
                        "there is no finding '" + id + "'", "'wattline check --explain all' lists all of them."));
        System.out.print(text.explanation(explanation));
        return ExitCode.OK.code();
    }
}
