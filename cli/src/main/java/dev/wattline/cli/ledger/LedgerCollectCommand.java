package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.OutputException;
import dev.wattline.cli.terminal.OutputFolder;
import dev.wattline.cli.terminal.SessionProgress;
import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.collect.Collector;
import dev.wattline.ledger.out.json.CollectJson;
import dev.wattline.ledger.row.json.LedgerFile;
import dev.wattline.model.finding.FindingCatalog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline ledger collect}: published results of all formats into one file. */
@Command(
        name = "collect",
        description = {
            "Collect published results into a ledger, one row a result, each value with its file and line.",
            "Read are trees of results, summary_results.json, the summary.csv of the submission checker and of MLPerf"
                    + " Tiny, the website's export, raw_data.csv and data_cleaned_*.csv."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline ledger collect data_cleaned_*.csv --out paper.ledger",
            "  wattline ledger collect summary_results.json --power-only --out v4.1.ledger",
            "  wattline ledger collect tiny_results_v1.0 --round v1.0 --out tiny.ledger",
            "",
            "Exit status: 0 all inputs were read, 1 one was not, and no ledger was made,",
            "2 wrong usage."
        })
final class LedgerCollectCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "DIR|FILE", arity = "1..*", description = "Tables and trees of results.")
    private List<Path> inputs = new ArrayList<>();

    @Option(names = "--out", required = true, paramLabel = "LEDGER", description = "The file to write.")
    private Path out = Path.of("");

    @Option(
            names = "--round",
            paramLabel = "ROUND",
            description = "The round of inputs that do not name it, such as v1.2.")
    private @Nullable String round;

    @Option(names = "--division", paramLabel = "NAME", description = "Take only this division, closed or open.")
    private @Nullable String division;

    @Option(names = "--power-only", description = "Take only rows with a power or an energy.")
    private boolean powerOnly;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many sessions to read at a time (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print what was collected as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (threads < 1) {
            throw new UsageException("--threads needs at least 1, got " + threads, null);
        }
        if (division != null && !division.equalsIgnoreCase("closed") && !division.equalsIgnoreCase("open")) {
            throw new UsageException("there is no division '" + division + "'", "There are closed and open.");
        }
        OutputFolder.checkFor(out);
        Collector collector;
        try (LedgerFile.Writer writer = open();
                SessionProgress progress = new SessionProgress()) {
            collector =
                    new Collector(new Collector.Selection(round, division, powerOnly), threads, progress, writer::add);
            for (Path input : inputs) {
                collector.read(input);
            }
            if (!collector.problems().isEmpty()) {
                throw new LedgerException(
                        "no ledger was made, for not all could be read:\n  "
                                + String.join("\n  ", collector.problems()),
                        "Correct or leave out these inputs.",
                        null);
            }
            writer.complete();
        }
        collector.notes().forEach(note -> System.err.println("not read: " + note));
        print(collector);
        return ExitCode.OK.code();
    }

    private LedgerFile.Writer open() {
        try {
            return new LedgerFile.Writer(out);
        } catch (IOException e) {
            throw OutputException.of(out, e);
        }
    }

    private void print(Collector collector) {
        PrintStream console = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        if (json) {
            CollectJson.write(out.toString(), collector.sources(), console);
        } else {
            console.printf("%8s  %10s  %s%n", "rows", "with power", "source");
            for (Collector.Source source : collector.sources()) {
                console.printf("%8d  %10d  %s%n", source.rows(), source.powerRows(), source.file());
                source.findings()
                        .forEach((id, rows) -> console.printf(
                                "          %s: %d rows. %s%n",
                                id, rows, FindingCatalog.explain(id).remedy()));
            }
            console.println("Written: " + out);
        }
        console.flush();
    }
}
