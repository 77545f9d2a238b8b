package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.OutputFolder;
import dev.wattline.cli.terminal.RowProgress;
import dev.wattline.ledger.clean.Cleaner;
import dev.wattline.ledger.out.json.CleanJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline ledger clean}: a raw table of results into the cleaned tables of studies. */
@Command(
        name = "clean",
        description = {
            "Sort a raw table of the website's results into the cleaned tables of the MLPerf Power paper.",
            "Kept are results of submissions with a measured power or energy; each other row goes to dropped.csv with the"
                    + " reason. Thousands commas go; headers within the table are understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline ledger clean raw_data.csv --out cleaned",
            "",
            "Exit status: 0 the tables were written, 1 the input cannot be read, and nothing",
            "was written, 2 wrong usage."
        })
final class LedgerCleanCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FILE", description = "The raw table, one export or several one below the other.")
    private Path file = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for the tables.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print the counts as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("there is no file " + file, "Name a raw table of results.");
        }
        OutputFolder.check(out);
        Cleaner.Outcome outcome;
        try (RowProgress progress = new RowProgress("sorted")) {
            outcome = Cleaner.clean(file, out, progress::step);
        }
        PrintStream console = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        if (json) {
            CleanJson.write(out.toString(), outcome, console);
        } else {
            outcome.rows().forEach((table, rows) -> console.printf("%8d  %s%n", rows, out.resolve(table.file())));
            outcome.reasons().forEach((reason, rows) -> console.printf("          dropped %d: %s%n", rows, reason));
        }
        console.flush();
        return ExitCode.OK.code();
    }
}
