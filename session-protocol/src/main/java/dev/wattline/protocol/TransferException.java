package dev.wattline.protocol;

import org.jspecify.annotations.Nullable;

/** A downloaded file could not be written here; the connection stays usable. */
public final class TransferException extends ProtocolException {
    public TransferException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
