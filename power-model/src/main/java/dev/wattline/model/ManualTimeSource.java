package dev.wattline.model;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;

/** A clock that moves only when told to, for tests and simulations. Safe for use by several threads. */
public final class ManualTimeSource implements TimeSource {
    @GuardedBy("this")
    private Instant now;

    @GuardedBy("this")
    private long nanos;

    public ManualTimeSource(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    /** Lets time pass on both clocks. */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
        nanos += by.toNanos();
    }

    /** Sets the wall clock only, as an administrator or NTP would. */
    public synchronized void stepWallClock(Duration by) {
        now = now.plus(by);
    }
}
