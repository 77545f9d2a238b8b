package dev.wattline.sut.output;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.PrintStream;

/**
 * What the person at the terminal sees: the story in plain lines and, on a terminal, one line below them that shows
 * where the run stands. Everything goes to standard error, as the reference's log does; standard output is the
 * workload's. Safe for use by several threads.
 *
 * <p>The workload writes to the same terminal whenever it likes, and what it writes comes behind the status, of which
 * nothing then can be taken back. A gap keeps the two apart.
 */
public final class RunConsole {
    private static final String CLEAR = "\r\033[K";
    private static final String GAP = "  ";

    private final PrintStream err;
    private final int columns;
    private final boolean verbose;

    @GuardedBy("this")
    private boolean statusShown;

    @GuardedBy("this")
    private int statusWidth;

    private RunConsole(PrintStream err, int columns, boolean verbose) {
        this.err = err;
        this.columns = columns;
        this.verbose = verbose;
    }

    /**
     * A console on a terminal that understands cursor movements.
     *
     * @param columns the terminal's width in characters, which the status line does not exceed
     * @param verbose whether every line of the log is shown
     */
    public static RunConsole onTerminal(PrintStream err, int columns, boolean verbose) {
        return new RunConsole(err, columns, verbose);
    }

    /**
     * A console of plain lines, for files and pipes.
     *
     * @param verbose whether every line of the log is shown
     */
    public static RunConsole ofPlainLines(PrintStream err, boolean verbose) {
        return new RunConsole(err, 0, verbose);
    }

    /** Whether there is a status line, and so a reason to refresh it. */
    public boolean hasStatusLine() {
        return columns > 0;
    }

    /** A line of the story. */
    public synchronized void line(String text) {
        clearStatus();
        err.println(text);
    }

    /** A line of client.log, shown where every command and reply shall be seen. */
    public synchronized void logged(String line) {
        if (verbose) {
            line(line);
        }
    }

    /**
     * Replaces the status line; nothing where there is none. What somebody else wrote behind it stays, for it may be a prompt
     * that the workload wrote to the terminal.
     */
    synchronized void status(String text) {
        if (hasStatusLine()) {
            int room = columns - GAP.length() - 1; // what fills the last column wraps, and is not cleared as a whole
            String shown = text.length() > room ? text.substring(0, room) : text;
            String rest = " ".repeat(Math.max(0, statusWidth - shown.length()));
            err.print((statusShown ? "\r" : CLEAR) + shown + GAP + rest);
            err.flush();
            statusShown = true;
            statusWidth = shown.length();
        }
    }

    /** Removes the status line before other output. */
    public synchronized void clearStatus() {
        if (statusShown) {
            err.print(CLEAR);
            err.flush();
            statusShown = false;
            statusWidth = 0;
        }
    }
}
