package dev.wattline.cli.ledger;

import dev.wattline.cli.options.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the commands that read a ledger share. */
final class LedgerInput {
    private LedgerInput() {}

    /**
     * The file itself.
     *
     * @throws UsageException if it is not there
     */
    static Path existing(Path ledger) {
        if (!Files.isRegularFile(ledger)) {
            throw new UsageException(
                    "there is no ledger " + ledger,
                    "Make one with 'wattline ledger collect' or 'wattline ledger import'.");
        }
        return ledger;
    }

    /** A number without a fraction where it has none. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString(Math.round(value))
                : dev.wattline.compliance.Decimals.significant(value, 6);
    }
}
