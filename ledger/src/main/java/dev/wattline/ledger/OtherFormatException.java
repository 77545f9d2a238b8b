package dev.wattline.ledger;

/** A file is readable but of another format than the one that was asked for; among files of a folder it is passed over. */
public final class OtherFormatException extends LedgerException {
    public OtherFormatException(String message, String remedy) {
        super(message, remedy, null);
    }
}
