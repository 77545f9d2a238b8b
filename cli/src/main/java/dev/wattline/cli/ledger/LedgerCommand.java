package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.UsageException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wattline ledger}: published results of all kinds, held against their raw logs. */
@Command(
        name = "ledger",
        description = {
            "Collect published energy results and other people's data, hold them against their raw logs and each other.",
            "'wattline ledger COMMAND --help' shows the options of a command with examples."
        },
        subcommands = {
            LedgerCollectCommand.class,
            LedgerCleanCommand.class,
            LedgerVerifyCommand.class,
            LedgerFiguresCommand.class,
            LedgerSheetCommand.class,
            LedgerImportCommand.class,
            LedgerQualityCommand.class,
            LedgerCompareCommand.class,
            LedgerScaleCommand.class,
            LedgerVariabilityCommand.class,
            LedgerQueryCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline ledger collect summary_results.json --out v4.1.ledger",
            "  wattline ledger verify v4.1.ledger --tree v4.1=inference_results_v4.1",
        })
public final class LedgerCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        throw new UsageException("nothing to do", "Name a command; 'wattline ledger --help' lists them.");
    }
}
