package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.OutputFolder;
import dev.wattline.compliance.run.SessionFinder;
import dev.wattline.ledger.hardware.DesignPowers;
import dev.wattline.ledger.out.json.SheetJson;
import dev.wattline.ledger.sheet.SheetColumns;
import dev.wattline.ledger.sheet.SheetEntry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline ledger sheet}: results with their power phase by phase. */
@Command(
        name = "sheet",
        description = {
            "Write a sheet of results: system, accelerators with their design power, workload, throughput, mean power with"
                    + " its interval, efficiency; of a ledger a row a published power, of a tree a row a session.",
            "With --phases also idle, load, warm-up, steady, tail and peak power from the analyzers' logs, each with"
                    + " seconds, interval, confidence and source."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline ledger sheet inference_results_v4.1 --phases --out v4.1.csv",
            "  wattline ledger sheet paper.ledger --tree v4.1=inference_results_v4.1 --phases --out v4.1.xlsx",
            "  wattline ledger sheet energy.ledger --tdp lab-tdp.csv --assume load=0.65 --short --out short.html",
            "  wattline ledger sheet inference_results_v4.1 --phases --json",
            "",
            "The file's ending says what is written: .csv, .xlsx or .html.",
            "Exit status: 0 the sheet was written, 1 it was not, 2 wrong usage."
        })
final class LedgerSheetCommand implements Callable<Integer> {
    private static final Set<String> ASSUMABLE = Set.of("idle", "load", "warmup", "steady", "tail", "peak");

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private RoundTrees roundTrees = new RoundTrees();

    @Parameters(
            paramLabel = "LEDGER|TREE",
            description = "A ledger, or the raw results of a round, the folder that holds closed.")
    private Path input = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write; needed unless --json is given.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print the sheet as JSON, its columns as keys.")
    private boolean json;

    @Option(names = "--phases", description = "Measure the power before, in and after LoadGen's window as well.")
    private boolean phases;

    @Option(names = "--short", description = "Write the short columns only; the phases are measured for them.")
    private boolean brief;

    @Option(
            names = "--tree",
            paramLabel = "ROUND=DIR",
            description = "With a ledger: the raw results of a round, for the phases and verdicts of its rows.")
    private List<String> trees = new ArrayList<>();

    @Option(
            names = "--tdp",
            paramLabel = "FILE",
            description = "A CSV of design powers with the columns accelerator, tdp_w and source, which go before the"
                    + " program's own.")
    private @Nullable Path tdp;

    @Option(
            names = "--assume",
            paramLabel = "PHASE=RATIO",
            description = "Take this share of the mean power for a phase that was not measured; marked as of low"
                    + " confidence.")
    private Map<String, Double> assumed = new HashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        roundTrees.check(trees);
        Path file = out;
        if (file == null && !json) {
            throw new UsageException(
                    "neither --out nor --json is given", "Name the file to write, or ask for JSON with --json.");
        }
        SheetFile.Form form = file == null ? SheetFile.Form.CSV : SheetFile.form(file);
        assumed.forEach((phase, ratio) -> {
            if (!ASSUMABLE.contains(phase) || !(ratio > 0)) {
                throw new UsageException(
                        "--assume " + phase + "=" + ratio + ": expected a phase and a ratio above 0",
                        "Phases are idle, load, warmup, steady, tail and peak.");
            }
        });
        boolean tree = Files.isDirectory(input);
        if (!tree && !Files.isRegularFile(input)) {
            throw new UsageException("there is no " + input, "Name a ledger or a folder of published results.");
        }
        if (tree && !trees.isEmpty()) {
            throw new UsageException("--tree goes with a ledger, and " + input + " is a folder", null);
        }
        if (file != null) {
            OutputFolder.checkFor(file);
        }
        DesignPowers powers = tdp == null ? DesignPowers.BUILT_IN : DesignPowers.read(tdp);
        boolean measured = phases || brief;
        SheetSource source = new SheetSource(roundTrees, measured, assumed);
        List<SheetEntry> entries = tree
                ? source.ofTree(
                        input,
                        LedgerFolder.contents(
                                input,
                                SessionFinder::below,
                                "sessions",
                                "A session is a folder that holds power, ranging and run_1."))
                : source.ofLedger(LedgerInput.existing(input), trees);
        SheetColumns columns =
                brief ? SheetColumns.brief(powers) : SheetColumns.full(powers, phases || !assumed.isEmpty());
        if (file != null) {
            SheetColumns small = SheetColumns.brief(powers);
            SheetFile.write(file, form, String.valueOf(input), columns, small, entries, source.problems());
        }
        source.problems().forEach(problem -> System.err.println("not read: " + problem));
        if (json) {
            PrintStream console = new PrintStream(System.out, false, StandardCharsets.UTF_8);
            SheetJson.write(
                    String.valueOf(input),
                    file == null ? null : file.toString(),
                    columns.names(),
                    entries.stream().map(columns::values).toList(),
                    source.problems(),
                    console);
            console.flush();
        } else {
            System.out.printf(
                    Locale.ROOT,
                    "Written: %s, %d %s%n",
                    file,
                    entries.size(),
                    tree ? "sessions" : "results with a power or an energy");
        }
        return ExitCode.OK.code();
    }
}
