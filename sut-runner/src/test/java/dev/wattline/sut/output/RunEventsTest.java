package dev.wattline.sut.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.live.EventSeverity;
import dev.wattline.protocol.live.PushedLine.Event;
import dev.wattline.protocol.time.ClockWatch;
import dev.wattline.testing.TestDeadlines;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunEventsTest {
    private static final long LONG = TimeUnit.MINUTES.toMillis(1);
    private static final long NEVER = Long.MAX_VALUE / 2;
    private static final RunEvent REPORT = new RunEvent.Reported(
            new Event(EventSeverity.WARNING, Instant.parse("2026-11-22T04:50:00Z"), "sample-gap", "two seconds"));

    private final RunEvents events = new RunEvents();
    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-22T04:48:34Z"));
    private final ClockWatch clocks = new ClockWatch(time);

    @Test
    void comeInTheirOrder() {
        events.add(REPORT);
        events.add(new RunEvent.WorkloadEnded(3));

        assertThat(events.next(clocks, LONG, NEVER)).isEqualTo(REPORT);
        assertThat(events.next(clocks, LONG, NEVER)).isEqualTo(new RunEvent.WorkloadEnded(3));
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(events.next(clocks, 1, time.nanoTime())).isNull();
        assertThat(clocks.noticed()).isEmpty();
    }

    @Test
    void theWaitEndsAtTheFirstTickThatIsDueAndNotBefore() {
        ClockWatch aSecondATick = new ClockWatch(new TimeSource() {
            private boolean first = true;

            @Override
            public Instant now() {
                return time.now();
            }

            @Override
            public long nanoTime() { // asked twice a tick, first and last
                time.advance(Duration.ofSeconds(first ? 1 : 0));
                first = !first;
                return time.nanoTime();
            }
        });
        long due = time.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2500);

        assertThat(events.next(aSecondATick, 1, due)).isNull();

        assertThat(aSecondATick.lastTickNanos()).isEqualTo(due + TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(aSecondATick.noticed()).isEmpty();
    }

    @Test
    void whatTheClocksNoticeEndsTheWait() {
        time.stepWallClock(Duration.ofSeconds(-7));

        assertThat(events.next(clocks, 1, NEVER)).isNull();
        assertThat(clocks.noticed()).singleElement().isInstanceOf(ClockWatch.Step.class);
        assertThat(clocks.noticed()).isEmpty();
    }

    @Test
    void anEventThatWaitedAlreadyHidesNoStandstillBeforeIt() {
        events.add(new RunEvent.WorkloadEnded(0));
        time.advance(Duration.ofSeconds(4));

        assertThat(events.next(clocks, LONG, NEVER)).isEqualTo(new RunEvent.WorkloadEnded(0));
        assertThat(clocks.noticed()).singleElement().isInstanceOf(ClockWatch.Gap.class);
    }

    @Test
    void endTheWaitAtOnce() throws Exception {
        CompletableFuture<RunEvent> waiting = CompletableFuture.supplyAsync(() -> events.next(clocks, LONG, NEVER));

        events.add(new RunEvent.WorkloadEnded(0));

        assertThat(TestDeadlines.resultOf(waiting, 10)).isEqualTo(new RunEvent.WorkloadEnded(0));
    }

    @Test
    void anInterruptedThreadIsToldToEnd() {
        Thread.currentThread().interrupt();

        assertThat(events.next(clocks, LONG, NEVER)).isEqualTo(new RunEvent.Interrupted());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void reportsOfBeforeAreDroppedAndNothingElse() {
        events.add(REPORT);
        events.add(new RunEvent.Interrupted());

        events.dropReports();

        assertThat(events.next(clocks, LONG, NEVER)).isEqualTo(new RunEvent.Interrupted());
    }

    @Test
    void canBeLookedAtWithoutTakingThem() {
        events.add(REPORT);

        assertThat(events.waiting()).containsExactly(REPORT);
        assertThat(events.next(clocks, LONG, NEVER)).isEqualTo(REPORT);
    }
}
