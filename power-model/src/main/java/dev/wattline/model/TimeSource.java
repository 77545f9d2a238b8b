package dev.wattline.model;

import java.time.Clock;
import java.time.Instant;

/**
 * The two clocks of a measurement: wall time, which can be stepped, and monotonic time, which cannot. Nothing else in
 * Wattline reads a clock, so that a test can drive both. Implementations are safe for use by several threads.
 */
public interface TimeSource {

    /** Wall time, UTC; it may jump in either direction when the system's clock is set. */
    Instant now();

    /** Wall time in milliseconds since the epoch, for those who ask every second and must cost next to nothing. */
    default long epochMillis() {
        return now().toEpochMilli();
    }

    /** Monotonic time in nanoseconds from an arbitrary origin; only differences mean anything. */
    long nanoTime();

    /** Wall time as seconds since the epoch, with the microseconds that session summaries carry. */
    default double epochSeconds() {
        return epochSeconds(now());
    }

    /** An instant as seconds since the epoch, with the microseconds that session summaries carry. */
    static double epochSeconds(Instant instant) {
        int micros = instant.getNano() / 1_000;
        return instant.getEpochSecond() + micros / 1e6;
    }

    /** The clocks of this machine, the wall clock shifted where a test asks for that, see {@link ShiftedTimeSource}. */
    static TimeSource system() {
        return ShiftedTimeSource.OF_THIS_PROCESS;
    }

    /** See {@link #system()}. */
    enum SystemTimeSource implements TimeSource {
        INSTANCE;

        // Clock.systemUTC() has microsecond resolution on Linux, as the reference's time.time() has.
        private final Clock clock = Clock.systemUTC();

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public long epochMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    }
}
