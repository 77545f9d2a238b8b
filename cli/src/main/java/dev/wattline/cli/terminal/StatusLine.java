package dev.wattline.cli.terminal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.model.TimeSource;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Progress of something long. On a terminal one line that is written over; elsewhere plain lines, at most one in an
 * interval, so that a log of hours stays readable. Lines that are to stay go through {@link #print}. Thread-safe.
 */
public final class StatusLine implements AutoCloseable {
    private final PrintStream out;
    private final boolean terminal;
    private final int columns;
    private final long plainIntervalNanos;
    private final TimeSource time;

    @GuardedBy("this")
    private String shown = ""; // the status now on the terminal, or the last one printed

    @GuardedBy("this")
    private boolean anyPrinted;

    @GuardedBy("this")
    private long printedNanos;

    /**
     * @param plainInterval how often a status is printed where there is no terminal; a status equal to the last never is
     */
    StatusLine(PrintStream out, boolean terminal, int columns, Duration plainInterval, TimeSource time) {
        this.out = out;
        this.terminal = terminal;
        this.columns = columns;
        this.plainIntervalNanos = plainInterval.toNanos();
        this.time = time;
    }

    /** A status line on stderr, so that stdout stays the workload's. */
    public static StatusLine onStderr(Duration plainInterval, TimeSource time) {
        Terminal terminal = Terminal.ofThisProcess();
        return new StatusLine(System.err, terminal.err(), terminal.columns(), plainInterval, time);
    }

    /** Shows the status in place of the one before. It is cut to the terminal's width; it must be a single line. */
    public synchronized void show(String status) {
        if (terminal) {
            String fitting = status.length() < columns ? status : status.substring(0, columns - 1);
            if (!fitting.equals(shown)) {
                out.print('\r' + fitting + " ".repeat(Math.max(0, shown.length() - fitting.length())));
                out.flush();
                shown = fitting;
            }
        } else if (!status.equals(shown) && isDue()) {
            out.println(status);
            shown = status;
            printedNanos = time.nanoTime();
            anyPrinted = true;
        }
    }

    /** Prints a line that stays, above the status if there is one. */
    synchronized void print(String line) {
        if (terminal && !shown.isEmpty()) {
            out.println('\r' + line + " ".repeat(Math.max(0, shown.length() - line.length())));
            out.print(shown);
            out.flush();
        } else {
            out.println(line);
        }
    }

    /** Takes the status off the terminal until it is shown again. */
    public synchronized void clear() {
        if (terminal && !shown.isEmpty()) {
            out.print('\r' + " ".repeat(shown.length()) + '\r');
            out.flush();
            shown = "";
        }
    }

    /** Takes the status off the terminal. */
    @Override
    public void close() {
        clear();
    }

    @GuardedBy("this")
    private boolean isDue() {
        return !anyPrinted || time.nanoTime() - printedNanos >= plainIntervalNanos;
    }
}
