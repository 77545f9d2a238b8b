package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.terminal.RowProgress;
import dev.wattline.ledger.out.json.StudyJson;
import dev.wattline.ledger.row.json.LedgerFile;
import dev.wattline.ledger.study.OddValues;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.FindingCatalog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline ledger quality}: what is odd about the values of a ledger. */
@Command(
        name = "quality",
        description = {
            "Say what is odd about the values of a ledger, and what follows for whoever uses them.",
            "Zeros that mean not measured, energies split by time, constant components, sums over cards, windows too short,"
                    + " powers over the design power, wrong units, outliers, copies, shifted rows."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline ledger quality energy.ledger",
            "  wattline ledger quality energy.ledger --json",
            "",
            "Exit status: 0 the ledger was read, whatever was found, 1 it cannot be read,",
            "2 wrong usage."
        })
final class LedgerQualityCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "LEDGER", description = "A ledger that 'collect' or 'import' made.")
    private Path ledger = Path.of("");

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        OddValues quality = new OddValues();
        try (RowProgress progress = new RowProgress("read")) {
            LedgerFile.read(LedgerInput.existing(ledger), quality::look);
            LedgerFile.read(ledger, row -> {
                quality.add(row);
                progress.step();
            });
        }
        List<Finding> findings = quality.findings();
        PrintStream console = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        if (json) {
            StudyJson.quality(quality.rows(), findings, console);
        } else {
            String last = "";
            for (Finding finding : findings) {
                if (!finding.id().equals(last)) {
                    console.println(finding.id() + ": "
                            + FindingCatalog.explain(finding.id()).remedy());
                    last = finding.id();
                }
                console.printf(
                        "  %-7s  %s: %s %s%n",
                        finding.severity().word(), finding.file(), finding.message(), finding.values());
            }
            console.printf("%d findings in %d rows%n", findings.size(), quality.rows());
        }
        console.flush();
        return ExitCode.OK.code();
    }
}
