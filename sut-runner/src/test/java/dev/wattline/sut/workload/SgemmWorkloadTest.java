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
        WorkloadPlan plan =
                new WorkloadPlan(scenario, Duration.ofMillis(300), 2, 64, Precision.SINGLE, null, 0.25, folder);

        WorkloadResult result = new SgemmWorkload(plan, TimeSource.system()).run();

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

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void multipliesInDoublePrecisionToo(Scenario scenario) throws IOException {
        WorkloadPlan plan =
                new WorkloadPlan(scenario, Duration.ofMillis(300), 2, 64, Precision.DOUBLE, null, 0.25, folder);

        WorkloadResult result = new SgemmWorkload(plan, TimeSource.system()).run();

        assertThat(result.isValid()).isTrue();
        assertThat(plan.bytes()).isEqualTo(3L * 64 * 64 * 8 * (scenario == Scenario.Offline ? 2 : 1));
        assertThat(events().get("sut_name")).contains("DGEMM");
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void restsUntilTheEndWhereTheWaveIsAlwaysLow(Scenario scenario) {
        Duration duration = Duration.ofMillis(300);
        // Of an hour's period no whole nanosecond is under load.
        WorkloadPlan plan =
                new WorkloadPlan(scenario, duration, 2, 64, Precision.SINGLE, Duration.ofHours(1), 1e-13, folder);

        WorkloadResult result = new SgemmWorkload(plan, TimeSource.system()).run();

        // What every thread has begun is finished: two products, or the two halves of one query.
        assertThat(result.samples()).isEqualTo(scenario == Scenario.Offline ? 2 : 1);
        assertThat(result.isValid()).isTrue();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        WorkloadPlan plan = new WorkloadPlan(
                Scenario.Offline, Duration.ofMillis(100), 1, 64, Precision.SINGLE, null, 0.5, file.resolve("below"));

        assertThatThrownBy(() -> new SgemmWorkload(plan, TimeSource.system()).run())
                .isInstanceOf(SutException.class)
                .hasMessageContaining(file.toString());
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
