package dev.wattline.ptd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TickWaitTest {
    private static final Duration NONE = Duration.ZERO;

    private final TickWait wait = new TickWait();

    @Test
    void onlyTheFirstCommandBehindStopMayTakeAnInterval() {
        assertThat(wait.sending("Go,2000,0,mark")).isEqualTo(NONE);
        assertThat(wait.sending("Watts")).isEqualTo(NONE);
        assertThat(wait.sending("Stop")).isEqualTo(NONE);
        assertThat(wait.sending("Stop")).isEqualTo(Duration.ofSeconds(2));
        assertThat(wait.sending("RR")).isEqualTo(Duration.ofSeconds(2));
        assertThat(wait.sending("RR")).isEqualTo(NONE);
    }

    @Test
    void readingACountedNumberOfSamplesMayWaitForTheNext() {
        wait.sending("Go,500,0");
        assertThat(wait.sending("RL,1")).isEqualTo(Duration.ofMillis(500));
        assertThat(wait.sending("RL")).isEqualTo(NONE);
    }

    @Test
    void anUnknownIntervalIsTakenForTheLongestKnown() {
        wait.sending("Stop");
        assertThat(wait.sending("RL")).isEqualTo(TickWait.DEVICE_INTERVAL);
        wait.sending("Go,0,0,m");
        wait.sending("Stop");
        assertThat(wait.sending("RL")).isEqualTo(TickWait.DEVICE_INTERVAL);
        wait.sending("Go,soon");
        wait.sending("Stop");
        assertThat(wait.sending("RL")).isEqualTo(TickWait.DEVICE_INTERVAL);
        wait.sending("Go");
        wait.sending("Timed,10,3000,0");
        wait.sending("Stop");
        assertThat(wait.sending("RL")).isEqualTo(Duration.ofSeconds(3));
    }
}
