package dev.wattline.sut.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.protocol.live.PushedLine.Event;
import dev.wattline.protocol.live.Severity;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunEventsTest {
    private static final long LONG = TimeUnit.MINUTES.toMillis(1);
    private static final RunEvent REPORT = new RunEvent.Reported(
            new Event(Severity.WARNING, Instant.parse("2026-11-22T04:50:00Z"), "sample-gap", "two seconds"));

    private final RunEvents events = new RunEvents();

    @Test
    void comeInTheirOrder() {
        events.add(REPORT);
        events.add(new RunEvent.WorkloadEnded(3));

        assertThat(events.next(LONG)).isEqualTo(REPORT);
        assertThat(events.next(LONG)).isEqualTo(new RunEvent.WorkloadEnded(3));
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(events.next(1)).isNull();
    }

    @Test
    void endTheWaitAtOnce() throws Exception {
        CompletableFuture<RunEvent> waiting = CompletableFuture.supplyAsync(() -> events.next(LONG));

        events.add(new RunEvent.WorkloadEnded(0));

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(new RunEvent.WorkloadEnded(0));
    }

    @Test
    void anInterruptedThreadIsToldToEnd() {
        Thread.currentThread().interrupt();

        assertThat(events.next(LONG)).isEqualTo(new RunEvent.Interrupted());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void reportsOfBeforeAreDroppedAndNothingElse() {
        events.add(REPORT);
        events.add(new RunEvent.Interrupted());

        events.dropReports();

        assertThat(events.next(LONG)).isEqualTo(new RunEvent.Interrupted());
    }

    @Test
    void canBeLookedAtWithoutTakingThem() {
        events.add(REPORT);

        assertThat(events.waiting()).containsExactly(REPORT);
        assertThat(events.next(LONG)).isEqualTo(REPORT);
    }
}
