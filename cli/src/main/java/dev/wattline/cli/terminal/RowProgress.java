package dev.wattline.cli.terminal;

import dev.wattline.model.TimeSource;
import java.time.Duration;

/** A line of progress on stderr, such as {@code read 200000 rows}, for work whose length is not known before. */
public final class RowProgress implements AutoCloseable {
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);
    private static final Duration QUIET_AT_FIRST = Duration.ofSeconds(1);
    private static final long SELDOM = 4096;

    private final String verb;
    private final TimeSource time = TimeSource.system();
    private final long from = time.nanoTime() + QUIET_AT_FIRST.toNanos();
    private final StatusLine status = StatusLine.onStderr(PLAIN_INTERVAL, time);
    private long done;

    /**
     * @param verb what is done with the rows, such as {@code read}
     */
    public RowProgress(String verb) {
        this.verb = verb;
    }

    /** One more is done. */
    public void step() {
        done++;
        if (done % SELDOM == 0 && time.nanoTime() - from >= 0) {
            status.show(verb + " " + done + " rows");
        }
    }

    @Override
    public void close() {
        status.close();
    }
}
