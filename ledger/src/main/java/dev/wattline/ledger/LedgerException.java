package dev.wattline.ledger;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** An input of the ledger cannot be used at all; the message names the file and, where there is one, line and column. */
public class LedgerException extends WattlineException {
    public LedgerException(String message, String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
