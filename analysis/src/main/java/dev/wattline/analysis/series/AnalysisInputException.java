package dev.wattline.analysis.series;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** An input of the analysis cannot be read, or is not what it was given as. */
public final class AnalysisInputException extends WattlineException {
    public AnalysisInputException(String message, @Nullable String remedy) {
        super(message, remedy, null);
    }

    public AnalysisInputException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
