package dev.wattline.sut.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.model.TimeSource;
import dev.wattline.sut.SutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SgemmWorkloadTest {
    private static final Pattern EVENT = Pattern.compile(
            ":::MLLOG \\{\"key\": \"([^\"]+)\", \"value\": (.+?), \"time_ms\": \\d+\\.\\d{6}, \"namespace\": .*\\}\\}");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void writesTheKeysThatTheMetricsRead(Scenario scenario) throws IOException {
        WorkloadResult result = new SgemmWorkload(plan(scenario, null), TimeSource.system()).run();

        Map<String, String> events = events();
        assertThat(result.isValid()).isTrue();
        assertThat(result.gigaflops()).isPositive();
        assertThat(events)
                .containsEntry("effective_scenario", "\"" + scenario + "\"")
                .containsEntry("result_validity", "\"VALID\"")
                .containsEntry("effective_min_duration_ms", "300")
                .containsEntry("result_query_count", Long.toString(result.queries()))
                .containsEntry("num_errors", "0")
                .containsKeys(
                        "result_mean_latency_ns", "result_90.00_percentile_latency_ns", "power_begin", "power_end");
        assertThat(events.get("loadgen_version")).contains("not an MLPerf benchmark");
        if (scenario == Scenario.Offline) {
            assertThat(Double.parseDouble(events.get("result_samples_per_second")))
                    .isCloseTo(result.samplesPerSecond(), org.assertj.core.data.Percentage.withPercentage(0.01));
        } else {
            assertThat(events).containsKey("result_qps_with_loadgen_overhead");
        }
        assertThat(Files.readString(folder.resolve("mlperf_log_summary.txt")))
                .contains("Scenario : " + scenario, "Result is : VALID");
    }

    @Test
    void aSquareWaveRestsAsLongAsItsDutySays() {
        double constant = new SgemmWorkload(plan(Scenario.Offline, null), TimeSource.system())
                .run()
                .gigaflops();
        WorkloadPlan wave = plan(Scenario.Offline, Duration.ofMillis(60));

        double quarter = new SgemmWorkload(wave, TimeSource.system()).run().gigaflops();

        // A quarter of the time under load; other work on the machine may halve or double either figure.
        assertThat(quarter / constant).isBetween(0.05, 0.7);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        WorkloadPlan plan =
                new WorkloadPlan(Scenario.Offline, Duration.ofMillis(100), 1, 64, null, 0.5, file.resolve("below"));

        assertThatThrownBy(() -> new SgemmWorkload(plan, TimeSource.system()).run())
                .isInstanceOf(SutException.class)
                .hasMessageContaining(file.toString());
    }

    private WorkloadPlan plan(Scenario scenario, @Nullable Duration wave) {
        return new WorkloadPlan(scenario, Duration.ofMillis(300), 2, 64, wave, 0.25, folder);
    }

    private Map<String, String> events() throws IOException {
        Map<String, String> events = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("mlperf_log_detail.txt"))) {
            Matcher event = EVENT.matcher(line);
            assertThat(event.matches()).as(line).isTrue();
            events.put(event.group(1), event.group(2));
        }
        return events;
    }
}
