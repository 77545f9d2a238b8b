package dev.wattline.compliance.python;

import org.jspecify.annotations.Nullable;

/**
 * What the official checker does not expect, and Python answers with an exception: a file that is not there, a value of
 * another type, a time that is none. The message says it in words; the id names its explanation in the catalogue.
 * Carries no stack trace, because it tells of the data and not of the program.
 */
public final class PyError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String id;
    private final @Nullable String file;
    private final long line;

    public PyError(String id, String words) {
        this(id, words, null, 0);
    }

    private PyError(String id, String words, @Nullable String file, long line) {
        super(words, null, false, false);
        this.id = id;
        this.file = file;
        this.line = line;
    }

    /** The same on this line, from 1, of a file still to be named. */
    PyError atLine(long at) {
        return new PyError(id, words(), null, at);
    }

    /** The same, in this file and, if it is not 0, on this line from 1. A place known already stays. */
    public PyError in(String where, long atLine) {
        return file != null ? this : new PyError(id, words(), where, line > 0 ? line : atLine);
    }

    /** The finding's id. */
    public String id() {
        return id;
    }

    /** The file relative to the session, where one is to blame. */
    public @Nullable String file() {
        return file;
    }

    /** The line from 1, or 0. */
    public long line() {
        return line;
    }

    /** The cause in words. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
