package dev.wattline.cli.terminal;

import dev.wattline.model.IoErrors;
import dev.wattline.model.WattlineException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What was to be written cannot be: the file that was named, or standard output. */
public final class OutputException extends WattlineException {
    private OutputException(String message, String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }

    /** A file that cannot be made or written. */
    public static OutputException of(Path file, IOException cause) {
        return new OutputException(
                "cannot write " + file + ": " + reason(cause),
                "Name a place in a folder that is there and may be written to.",
                cause);
    }

    /** A folder where a file was to be. */
    static OutputException ofFolder(Path folder) {
        return new OutputException("cannot write " + folder + ": it is a folder", "Name a file in it.", null);
    }

    /** Standard output, which is closed or full; the stream does not say why. */
    public static OutputException ofStandardOutput() {
        return new OutputException(
                "the report could not be written to the end of standard output",
                "If it goes to a file, look for space on its disk.",
                null);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        return IoErrors.of(cause);
    }
}
