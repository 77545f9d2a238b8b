package dev.wattline.director.web;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** The live page cannot be served. */
final class PageException extends WattlineException {
    PageException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, remedy, cause);
    }
}
