package dev.wattline.sut.session;

import java.io.PrintStream;

/**
 * What the person at the terminal sees: the story in plain lines and, on a terminal, one line below them that shows
 * where the run stands. Everything goes to standard error, as the reference's log does; standard output is the
 * workload's. Safe for use by several threads.
 */
public final class RunConsole {
    private static final String CLEAR = "\r\033[K";

    private final PrintStream err;
    private final boolean terminal;
    private final boolean verbose;
    private boolean statusShown;

    /**
     * Creates a console.
     *
     * @param terminal whether a line may be rewritten in place
     * @param verbose whether every line of the log is shown
     */
    public RunConsole(PrintStream err, boolean terminal, boolean verbose) {
        this.err = err;
        this.terminal = terminal;
        this.verbose = verbose;
    }

    /** Whether there is a status line, and so a reason to refresh it. */
    boolean hasStatusLine() {
        return terminal;
    }

    /** A line of the story. */
    synchronized void line(String text) {
        clearStatus();
        err.println(text);
    }

    /** A line of client.log, shown where every command and reply shall be seen. */
    synchronized void logged(String line) {
        if (verbose) {
            line(line);
        }
    }

    /** Replaces the status line; nothing where there is none. */
    synchronized void status(String text) {
        if (terminal) {
            err.print(CLEAR + text);
            err.flush();
            statusShown = true;
        }
    }

    /** Removes the status line before other output. */
    synchronized void clearStatus() {
        if (statusShown) {
            err.print(CLEAR);
            err.flush();
            statusShown = false;
        }
    }
}
