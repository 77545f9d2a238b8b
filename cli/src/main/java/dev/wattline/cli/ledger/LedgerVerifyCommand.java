package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.Version;
import dev.wattline.cli.terminal.OutputException;
import dev.wattline.cli.terminal.OutputFolder;
import dev.wattline.compliance.Decimals;
import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.join.EfficiencyPairs;
import dev.wattline.ledger.join.Performances;
import dev.wattline.ledger.join.PublishedVerdict;
import dev.wattline.ledger.join.Verification;
import dev.wattline.ledger.join.VerifiedLedger;
import dev.wattline.ledger.join.VerifiedRow;
import dev.wattline.ledger.out.json.VerifyJson;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.json.LedgerFile;
import dev.wattline.report.ledger.VerifyPage;
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

/** {@code wattline ledger verify}: published values against the raw logs of their rounds. */
@Command(
        name = "verify",
        description = {
            "Hold every published power and energy of a ledger against the raw logs of its round.",
            "The published performance is held against LoadGen's result of the same session, and the efficiencies of a"
                    + " workload against each other within the analyzers' uncertainty.",
            "A value is equal, rounded, differs, stands on the wrong row, is no number, or has no session or none that is"
                    + " complete. Of a value on the wrong row it is told whose it is."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline ledger verify v4.1.ledger --tree v4.1=inference_results_v4.1",
            "  wattline ledger verify paper.ledger --tree v1.0=inference_results_v1.0 \\",
            "      --tree v1.0=tiny_results_v1.0 --tree v4.0=training_results_v4.0 --json",
            "  wattline ledger verify v4.1.ledger --tree v4.1=inference_results_v4.1 --html v4.1.html",
            "",
            "Exit status: 0 no value is wrong, 1 one differs or stands on the wrong row,",
            "2 wrong usage."
        })
final class LedgerVerifyCommand implements Callable<Integer> {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private RoundTrees roundTrees = new RoundTrees();

    @Parameters(paramLabel = "LEDGER", description = "A ledger that 'collect' made.")
    private Path ledger = Path.of("");

    @Option(
            names = "--tree",
            required = true,
            paramLabel = "ROUND=DIR",
            description = "The raw results of a round, the folder that holds closed; also several for one round.")
    private List<String> trees = new ArrayList<>();

    @Option(names = "--all", description = "Print every row, not only those that are not equal.")
    private boolean all;

    @Option(names = "--json", description = "Print the verdicts as JSON.")
    private boolean json;

    @Option(
            names = "--html",
            arity = "0..1",
            fallbackValue = "-",
            paramLabel = "FILE",
            description = "Write the verdicts as a page as well; without FILE, print the page instead.")
    private @Nullable Path html;

    @Override
    public Integer call() throws IOException, InterruptedException {
        roundTrees.check(trees);
        if (html != null && html.equals(STANDARD_OUTPUT) && json) {
            throw new UsageException("--json and --html both print to standard output", "Give the page a FILE.");
        }
        if (html != null && !html.equals(STANDARD_OUTPUT)) {
            OutputFolder.checkFor(html);
        }
        HeldRows held = new HeldRows(String.valueOf(ledger));
        LedgerFile.read(ledger, row -> {
            if (row.origin().kind() != LedgerRow.Kind.TREE
                    && row.submission().suite() != LedgerRow.Suite.OTHER // imported values have no raw logs of a round
                    && row.measures().stream().anyMatch(measure -> measure.isPower())) {
                held.add(row);
            }
        });
        List<LedgerRow> rows = held.all();
        if (rows.isEmpty()) {
            throw new LedgerException(
                    ledger + " holds no published power or energy",
                    "Collect tables with power results; a tree of results is given with --tree.",
                    null);
        }
        List<RoundTree> read = roundTrees.read(trees);
        Verification verification = new Verification();
        read.forEach(verification::add);
        List<VerifiedRow> verified = verification.verify(rows);
        Performances performances = new Performances(read, verified);
        LedgerFile.read(ledger, performances::add);
        VerifiedLedger outcome = new VerifiedLedger(
                verified,
                performances.all(),
                verification.copies(),
                EfficiencyPairs.of(verified, performances.all()),
                read.stream().flatMap(tree -> tree.problems().stream()).toList());
        print(outcome);
        return verified.stream().anyMatch(row -> row.verdict().bad()) ? ExitCode.FAILURE.code() : ExitCode.OK.code();
    }

    private void print(VerifiedLedger verified) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        Path page = html;
        if (page != null) {
            String text = VerifyPage.html(
                    verified,
                    String.valueOf(ledger.getFileName()),
                    trees,
                    "Written by Wattline " + Version.version() + ", commit " + Version.commit() + ".");
            if (page.equals(STANDARD_OUTPUT)) {
                out.print(text);
                out.flush();
                return;
            }
            try {
                Files.writeString(page, text);
            } catch (IOException e) {
                throw OutputException.of(page, e);
            }
        }
        if (json) {
            VerifyJson.write(verified, out);
        } else {
            table(verified, out);
        }
        out.flush();
    }

    private void table(VerifiedLedger verified, PrintStream out) {
        for (VerifiedRow row : verified.rows()) {
            boolean expected =
                    row.verdict() == PublishedVerdict.EQUAL || row.verdict() == PublishedVerdict.ROUND_NOT_GIVEN;
            if (all || !expected) {
                print(row, out);
            }
        }
        for (Performances.Performance each : verified.performances()) {
            if (all || each.verdict().bad()) {
                out.printf(
                        "performance %s %s %s, %s %s: %s %s; LoadGen's %s is %s: %s%n",
                        each.verdict().word(),
                        each.row().submission().round(),
                        each.row().submission().id(),
                        each.row().task().model(),
                        each.row().task().scenario(),
                        each.measure().text(),
                        each.measure().label(),
                        each.key().isEmpty() ? "result" : each.key(),
                        each.rederived() == null ? "not there" : Decimals.significant(each.rederived(), 10),
                        each.session());
                each.valueFoundIn().forEach(place -> out.printf("           the value is that of %s%n", place));
            }
        }
        for (Verification.Recording recording : verified.recordings()) {
            out.printf("one recording, %s:%n", recording.round());
            recording.sessions().forEach(session -> out.printf("           %s%n", session));
        }
        verified.problems().forEach(problem -> out.println("problem  " + problem));
        verified.counts().forEach((verdict, count) -> out.printf("%8d  %s%n", count, verdict.word()));
        long copies = verified.rows().stream()
                .filter(row -> row.own() != null && !row.own().sameRecordingAs().isEmpty())
                .count();
        out.printf("%8d  rows whose recording is filed under another folder as well%n", copies);
        out.printf(
                "%8d  performances of the same sessions: %d equal to 1e-6, %d rounded, %d differ, %d on the wrong row%n",
                verified.performances().size(),
                verified.performances(PublishedVerdict.EQUAL),
                verified.performances(PublishedVerdict.ROUNDED),
                verified.performances(PublishedVerdict.DIFFERS),
                verified.performances(PublishedVerdict.WRONG_ROW));
        for (EfficiencyPairs.Kind kind : EfficiencyPairs.Kind.values()) {
            out.printf(
                    "%8d  pairs of results of two %s, of which %d differ in efficiency by less than both analyzers'"
                            + " uncertainty%n",
                    verified.efficiency().counts().getOrDefault(kind, 0),
                    kind.word(),
                    verified.efficiency().within(kind));
        }
    }

    private static void print(VerifiedRow verified, PrintStream out) {
        LedgerRow row = verified.row();
        out.printf(
                "%-10s %s %s %s, %s %s: %s %s (%s, %s)%n",
                verified.verdict().word(),
                row.submission().round(),
                row.submission().id(),
                row.machine().name(),
                row.task().model(),
                row.task().scenario(),
                verified.measure().text(),
                verified.measure().label(),
                row.origin().file(),
                verified.measure().place());
        VerifiedRow.Own own = verified.own();
        if (own != null) {
            Double rederived = verified.rederived();
            out.printf(
                    "           its session has %s: %s%n",
                    rederived == null ? "no value" : Decimals.significant(rederived, 10), own.path());
            if (!own.why().isEmpty()) {
                out.printf("           %s%n", own.why());
            }
        }
        verified.valueFoundIn().forEach(place -> out.printf("           the value is that of %s%n", place));
    }
}
