package dev.wattline.sut.workload;

import dev.wattline.model.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** When to work and when to rest: all threads follow one square wave that begins, under load, when this is made. */
final class LoadCycle {
    private final TimeSource time;
    private final long startNanos;
    private final long endNanos;
    private final long periodNanos;
    private final long loadNanos;

    LoadCycle(TimeSource time, Duration duration, @Nullable Duration period, double duty) {
        this.time = time;
        this.startNanos = time.nanoTime();
        this.endNanos = startNanos + duration.toNanos();
        this.periodNanos = period == null ? 0 : period.toNanos();
        this.loadNanos = (long) (periodNanos * duty);
    }

    /** Rests while the wave is low; then tells whether there is still time to begin another piece of work. */
    boolean awaitLoad() {
        long now = time.nanoTime();
        while (periodNanos > 0 && now - endNanos < 0) {
            long inPeriod = (now - startNanos) % periodNanos;
            if (inPeriod < loadNanos) {
                return true;
            }
            LockSupport.parkNanos(this, Math.min(periodNanos - inPeriod, endNanos - now));
            now = time.nanoTime();
        }
        return now - endNanos < 0;
    }

    /** Rests while the wave is low, within a piece of work that is finished in any case. */
    void rest() {
        if (periodNanos > 0) {
            awaitLoad();
        }
    }
}
