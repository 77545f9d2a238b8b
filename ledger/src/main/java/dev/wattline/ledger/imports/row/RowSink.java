package dev.wattline.ledger.imports.row;

import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.model.finding.Finding;
import java.io.IOException;

/** Takes what an importer reads, row by row. */
public interface RowSink {
    /** A row. */
    void row(LedgerRow row) throws IOException;

    /** What is odd about the file as a whole. */
    void finding(Finding finding);
}
