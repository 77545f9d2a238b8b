package dev.wattline.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated // it counts this JVM's heap and handles
class SoakTest {
    private static final long SEED = 20_261_122;

    @TempDir
    private Path folder;

    /** The short form of {@code bench/run soak}. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the workloads are a POSIX shell's")
    void twentyFiveSessionsEndAsTheyShouldAndLeaveNothingBehind() throws Exception {
        System.out.println("soak with seed " + SEED);
        SoakResult result = new Soak(new SoakRequest(25, SEED), System.out::println).run(folder);

        assertThat(result.faults()).isEmpty();
        assertThat(result.ends()).hasSize(Mishap.values().length);
        assertThat(result.heapGrowth()).as("%s", result).isLessThanOrEqualTo(SoakResult.MAX_HEAP_GROWTH);
        assertThat(result.handleGrowth()).as("%s", result).isLessThanOrEqualTo(SoakResult.MAX_HANDLE_GROWTH);
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void asksForNumbers() {
        assertThat(SoakRequest.parse(List.of())).isEqualTo(new SoakRequest(200, 1));
        assertThat(SoakRequest.parse(List.of("--sessions", "25", "--seed", "7")))
                .isEqualTo(new SoakRequest(25, 7));
        assertThatThrownBy(() -> SoakRequest.parse(List.of("--sessions"))).hasMessageContaining("needs a number");
        assertThatThrownBy(() -> SoakRequest.parse(List.of("--hours", "3"))).hasMessageContaining("--hours");
        assertThatThrownBy(() -> new SoakRequest(3, 1)).hasMessageContaining("at least 8");
    }
}
