package dev.wattline.compliance.pack;

import dev.wattline.model.WattlineException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** A session that cannot be packed. */
public final class PackException extends WattlineException {
    PackException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }

    /** Something that could not be read or written; the messages of most such exceptions hold nothing but the path. */
    static PackException of(String attempt, @Nullable String remedy, IOException cause) {
        String reason = cause instanceof NoSuchFileException
                ? "there is no " + cause.getMessage()
                : cause instanceof AccessDeniedException
                        ? "no permission for " + cause.getMessage()
                        : cause instanceof FileAlreadyExistsException
                                ? cause.getMessage() + " is there already"
                                : cause.getMessage();
        return new PackException(attempt + ": " + reason, remedy, cause);
    }
}
