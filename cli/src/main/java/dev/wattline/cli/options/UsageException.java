package dev.wattline.cli.options;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** The user asked for something that cannot be started as asked: exit status 2. */
public final class UsageException extends WattlineException {
    /**
     * Creates one.
     *
     * @param remedy what to do; where it is null the command's help is named
     */
    public UsageException(String message, @Nullable String remedy) {
        super(message, remedy, null);
    }
}
