package dev.wattline.ptd;

import dev.wattline.model.TimeSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Event loops that are about to write the same command and go on at the same moment. They wait awake: to wake a thread
 * takes longer than the writes. One that is held up keeps the others only for a while. Safe for use by several threads.
 */
final class Meeting {
    private static final long PATIENCE_NANOS = 3_000_000;

    private final AtomicInteger missing;
    private final TimeSource time;

    Meeting(int loops, TimeSource time) {
        this.missing = new AtomicInteger(loops);
        this.time = time;
    }

    /** Returns when all are here, or after 3 ms. To be called once by each loop. */
    void join() {
        long begin = time.nanoTime();
        missing.decrementAndGet();
        while (missing.get() > 0 && time.nanoTime() - begin < PATIENCE_NANOS) {
            Thread.onSpinWait();
        }
    }
}
