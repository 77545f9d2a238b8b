package dev.wattline.sut.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoadCycleTest {
    private static final long PERIOD = 4_000_000;

    /** Goes on by 0.1 ms each time that it is read, whatever the machine does meanwhile. */
    private final TimeSource clock = new TimeSource() {
        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
        }

        @Override
        public long nanoTime() {
            return nanos += 100_000;
        }
    };

    private long nanos = Long.MAX_VALUE - 10 * PERIOD;

    @Test
    void loadsForAQuarterOfEachPeriodUntilTheEnd() {
        LoadCycle cycle = new LoadCycle(clock, Duration.ofNanos(20 * PERIOD), Duration.ofNanos(PERIOD), 0.25);
        long start = nanos;
        int[] loaded = new int[20];

        while (cycle.awaitLoad()) {
            assertThat((nanos - start) % PERIOD).isLessThan(PERIOD / 4);
            loaded[(int) ((nanos - start) / PERIOD)]++;
        }

        assertThat(nanos - start).isBetween(20 * PERIOD, 20 * PERIOD + 100_000);
        // The first tick of the first period is spent on making the cycle.
        assertThat(loaded).startsWith(9, 10, 10).endsWith(10, 10, 10).doesNotContain(0);
    }

    @Test
    void loadsAllTheTimeWithoutAWave() {
        LoadCycle cycle = new LoadCycle(clock, Duration.ofMillis(2), null, 0.25);
        int loaded = 0;
        while (cycle.awaitLoad()) {
            loaded++;
        }
        assertThat(loaded).isEqualTo(19);
    }
}
