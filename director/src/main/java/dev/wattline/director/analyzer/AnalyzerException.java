package dev.wattline.director.analyzer;

import dev.wattline.model.WattlineException;
import dev.wattline.ptd.PtdException;
import org.jspecify.annotations.Nullable;

/** An analyzer, or the PTDaemon that serves it, did not do what it was told. */
public final class AnalyzerException extends WattlineException {
    private final int analyzer;

    public AnalyzerException(int analyzer, String message, @Nullable String remedy, @Nullable Throwable cause) {
        super("analyzer " + analyzer + ": " + message, remedy, cause);
        this.analyzer = analyzer;
    }

    /** What an analyzer's PTDaemon answered or did not answer, with the analyzer's number. */
    public static AnalyzerException of(int analyzer, PtdException failure) {
        return new AnalyzerException(
                analyzer, String.valueOf(failure.getMessage()), failure.remedy().orElse(null), failure);
    }

    /** The analyzer's number, from 1. */
    public int analyzer() {
        return analyzer;
    }
}
