package dev.wattline.cli.terminal;

import dev.wattline.model.TimeSource;
import java.time.Duration;

/** A line of progress on stderr, such as {@code read 40 of 120 sessions}, for work that takes longer than a second. */
public final class Progress implements AutoCloseable {
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);
    private static final Duration QUIET_AT_FIRST = Duration.ofSeconds(1);

    private final String verb;
    private final String what;
    private final int total;
    private final TimeSource time = TimeSource.system();
    private final long from = time.nanoTime() + QUIET_AT_FIRST.toNanos();
    private final StatusLine status = StatusLine.onStderr(PLAIN_INTERVAL, time);
    private int done;

    /**
     * @param verb what is done with them, such as {@code read}
     * @param what what they are, such as {@code sessions}
     */
    public Progress(String verb, String what, int total) {
        this.verb = verb;
        this.what = what;
        this.total = total;
    }

    /** One more is done. */
    public void step() {
        done++;
        if (time.nanoTime() - from >= 0) {
            status.show(verb + " " + done + " of " + total + " " + what);
        }
    }

    /** Takes the line off the terminal, so that a line of output may come. */
    public void clear() {
        status.clear();
    }

    @Override
    public void close() {
        status.close();
    }
}
