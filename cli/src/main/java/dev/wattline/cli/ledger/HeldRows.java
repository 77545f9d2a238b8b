package dev.wattline.cli.ledger;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.row.LedgerRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a ledger that a command holds in memory, as many as fit the heap that the launcher gives it. All that MLCommons
 * has published are a few thousand.
 */
public final class HeldRows {
    public static final int MOST = 100_000;

    private final String ledger;
    private final List<LedgerRow> rows = new ArrayList<>();

    /**
     * @param ledger its name, for messages
     */
    HeldRows(String ledger) {
        this.ledger = ledger;
    }

    /**
     * Takes a row.
     *
     * @throws LedgerException if it is one too many
     */
    void add(LedgerRow row) {
        if (rows.size() == MOST) {
            throw new LedgerException(
                    ledger + " holds more than " + MOST
                            + " results with a power or an energy, and no more than those are" + " held at a time",
                    "Collect the rounds or inputs into ledgers of their own; 'ledger quality', 'compare' and 'query' take"
                            + " any number of rows.",
                    null);
        }
        rows.add(row);
    }

    /** The rows in their order. */
    List<LedgerRow> all() {
        return rows;
    }
}
