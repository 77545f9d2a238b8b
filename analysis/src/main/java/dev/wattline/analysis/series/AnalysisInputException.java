package dev.wattline.analysis.series;

import dev.wattline.model.IoErrors;
import dev.wattline.model.WattlineException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An input of the analysis cannot be read, or is not what it was given as. */
public final class AnalysisInputException extends WattlineException {
    public AnalysisInputException(String message, @Nullable String remedy) {
        super(message, remedy, null);
    }

    public AnalysisInputException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }

    /** A file that cannot be opened or read to its end. */
    public static AnalysisInputException unreadable(Path file, String remedy, IOException cause) {
        return new AnalysisInputException(file + ": cannot be read: " + IoErrors.of(cause), remedy, cause);
    }
}
