package dev.wattline.protocol.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.time.ClockWatch.Gap;
import dev.wattline.protocol.time.ClockWatch.Step;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private static final Instant START = Instant.parse("2026-11-22T04:48:34Z");
    private static final long NEVER = Long.MAX_VALUE / 2;

    private final ManualTimeSource time = new ManualTimeSource(START);
    private final ClockWatch watch = new ClockWatch(time);

    @Test
    void steadyClocksSayNothing() {
        for (int i = 0; i < 100; i++) {
            time.advance(Duration.ofSeconds(1));
            assertThat(watch.tick(NEVER)).isFalse();
            assertThat(watch.noticed()).isEmpty();
        }
        time.advance(Duration.ofSeconds(3));
        assertThat(watch.tick(NEVER)).isFalse();
        assertThat(watch.lastTickNanos()).isEqualTo(time.nanoTime());
    }

    @Test
    void stepsAreReportedOnceWithTheirSignAndTime() {
        time.advance(Duration.ofSeconds(1));
        time.stepWallClock(Duration.ofMillis(-51));
        assertThat(watch.tick(NEVER)).isTrue();
        assertThat(watch.noticed()).containsExactly(new Step(START.plusMillis(949), Duration.ofMillis(-51)));
        time.advance(Duration.ofSeconds(1));
        assertThat(watch.tick(NEVER)).isFalse();
        time.stepWallClock(Duration.ofMillis(50));
        assertThat(watch.tick(NEVER)).isFalse();
    }

    @Test
    void tellsWhetherSomethingIsDue() {
        long due = time.nanoTime() + 1_000_000_000;
        time.advance(Duration.ofMillis(999));
        assertThat(watch.tick(due)).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(watch.tick(due)).isTrue();
        assertThat(watch.noticed()).isEmpty();
    }

    @Test
    void whatSeveralTicksNoticeIsKeptUntilItIsAskedFor() {
        time.stepWallClock(Duration.ofSeconds(-2));
        watch.tick();
        time.advance(Duration.ofSeconds(5));
        time.stepWallClock(Duration.ofSeconds(2));
        watch.tick();

        assertThat(watch.noticed())
                .containsExactly(
                        new Step(START.minusSeconds(2), Duration.ofSeconds(-2)),
                        new Gap(START.plusSeconds(5), Duration.ofSeconds(5)),
                        new Step(START.plusSeconds(5), Duration.ofSeconds(2)));
        assertThat(watch.noticed()).isEmpty();
    }

    @Test
    void aSuspendedProcessIsAGap() {
        time.advance(Duration.ofMillis(3001));
        assertThat(watch.tick(NEVER)).isTrue();
        assertThat(watch.noticed()).containsExactly(new Gap(START.plusMillis(3001), Duration.ofMillis(3001)));
    }

    @Test
    void aMachineThatSleptWhileItsMonotonicClockStoodIsAStep() {
        time.stepWallClock(Duration.ofHours(1));
        assertThat(watch.tick(NEVER)).isTrue();
        assertThat(watch.noticed()).singleElement().isEqualTo(new Step(START.plusSeconds(3600), Duration.ofHours(1)));
    }

    /** A thread of a busy machine stands still between its looks at the two clocks, which is no step of either. */
    @Test
    void isNotDeceivedWhereItIsHeldUpBetweenTheTwoClocks() {
        int[] heldUp = {0};
        ClockWatch busy = new ClockWatch(new TimeSource() {
            @Override
            public Instant now() {
                Instant now = time.now();
                time.advance(Duration.ofMillis(heldUp[0]));
                heldUp[0] = 0;
                return now;
            }

            @Override
            public long nanoTime() {
                return time.nanoTime();
            }
        });
        for (int i = 0; i < 3; i++) {
            time.advance(Duration.ofSeconds(1));
            heldUp[0] = 80;
            busy.tick();
        }

        assertThat(busy.noticed()).isEmpty();

        time.stepWallClock(Duration.ofMillis(200));
        heldUp[0] = 80;
        busy.tick();
        assertThat(busy.noticed())
                .singleElement()
                .isInstanceOfSatisfying(
                        Step.class, step -> assertThat(step.by()).isEqualTo(Duration.ofMillis(200)));
    }
}
