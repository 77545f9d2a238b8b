package dev.wattline.director.analyzer;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** An analyzer, or the PTDaemon that serves it, did not do what it was told. */
public final class AnalyzerException extends WattlineException {
    private final int analyzer;

    public AnalyzerException(int analyzer, String message, @Nullable String remedy, @Nullable Throwable cause) {
        super("analyzer " + analyzer + ": " + message, remedy, cause);
        this.analyzer = analyzer;
    }

    /** The analyzer's number, from 1. */
    public int analyzer() {
        return analyzer;
    }
}
