package dev.wattline.cli.demo;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** The demo could not do what it set out to do. */
public final class DemoException extends WattlineException {
    public DemoException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
