package dev.wattline.files;

import dev.wattline.model.WattlineException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of a session could not be read or written; the message names the file. */
public final class SessionFilesException extends WattlineException {
    private final Path file;

    public SessionFilesException(Path file, String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(file + ": " + message, remedy, cause);
        this.file = file;
    }

    /** The file it is about. */
    public Path file() {
        return file;
    }
}
