package dev.wattline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.model.TimeSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class ChildUsageTest {

    @Test
    void countsTheCpuTimeOfTheCommandAlone() throws Exception {
        ChildUsage busy = ChildUsage.of(
                List.of("sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"), TimeSource.system());

        assertThat(busy.exitCode()).isZero();
        assertThat(busy.cpuMillis()).isGreaterThanOrEqualTo(10).isLessThanOrEqualTo(busy.wallMillis() + 50);
        assertThat(busy.peakKib()).isGreaterThan(100);
    }

    @Test
    void reportsHowTheCommandEnded() throws Exception {
        assertThat(ChildUsage.of(List.of("sh", "-c", "exit 7"), TimeSource.system())
                        .exitCode())
                .isEqualTo(7);
    }

    @Test
    void saysThatASignalHasEndedTheShellToo() {
        assertThatThrownBy(() -> ChildUsage.of(List.of("sh", "-c", "kill -TERM $PPID"), TimeSource.system()))
                .hasMessageContaining("was ended before it could tell times, exit status 143");
    }
}
