package dev.wattline.bench.spine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessUsageTest {

    @Test
    void countsTheFieldsOfStatBehindTheProgramsName() {
        String stat = "4711 (a (strange) name) S 1 4711 4711 0 -1 4194304 100 0 0 0 123 45 6 7 20 0 1 0 99 1 1\n";

        assertThat(ProcessUsage.ticks(stat)).isEqualTo(168);
    }

    @Test
    void addsBothKindsOfContextSwitches() {
        String status = "voluntary_ctxt_switches:\t150\nnonvoluntary_ctxt_switches:\t5\n";

        assertThat(ProcessUsage.sum(Pattern.compile("voluntary_ctxt_switches:\\s+([0-9]+)"), status))
                .isEqualTo(155);
    }

    @Test
    void readsTheSchedulersOwnCount() {
        assertThat(ProcessUsage.ran("7123456 99 60\n")).isEqualTo(7_123_456);
    }

    @Test
    void aThreadThatEndedTakesNothingFromTheOthers() throws IOException {
        ProcessUsage before = ran(Map.of(Path.of("1"), 1_000_000L, Path.of("2"), 50_000_000L));
        ProcessUsage after = ran(Map.of(Path.of("1"), 4_000_000L, Path.of("3"), 2_500_000L));

        assertThat(after.ranMillisSince(before)).isEqualTo(5.5);
    }

    @Test
    void aSchedulerThatDoesNotCountIsNoFigureOfNothing() {
        ProcessUsage silent = ran(Map.of(Path.of("1"), 0L));

        assertThatThrownBy(() -> silent.ranMillisSince(silent)).hasMessageContaining("schedstat");
    }

    private static ProcessUsage ran(Map<Path, Long> nanos) {
        return new ProcessUsage(0, 0, 0, nanos, 0, nanos.size());
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void seesThisProcess() throws IOException {
        ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid());

        assertThat(usage.cpuTicks()).isPositive();
        assertThat(usage.rssMib()).isBetween(10.0, usage.peakMib());
        assertThat(usage.threads()).isGreaterThan(1);
        assertThat(usage.switches()).isPositive();
    }
}
