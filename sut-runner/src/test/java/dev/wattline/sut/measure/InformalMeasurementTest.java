package dev.wattline.sut.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wattline.model.TimeSource;
import dev.wattline.testing.TestDeadlines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class InformalMeasurementTest {
    @TempDir
    private Path folder;

    @Test
    void aSignalThatComesBeforeTheCommandRunsStillEndsIt() throws Exception {
        Thread signal;
        try (InformalMeasurement measurement = new InformalMeasurement(TimeSource.system(), ZoneOffset.UTC)) {
            signal = new Thread(measurement::interrupt, "signal");
            signal.start();
            await().atMost(TestDeadlines.seconds(20))
                    .until(() -> signal.getState() == Thread.State.TIMED_WAITING); // it waits for the end of the work

            InformalMeasurement.Outcome outcome = measurement.run(List.of("sleep", "600"), folder);

            assertThat(outcome.status()).isEqualTo(128 + 15);
        }
        signal.join();
    }

    /** A campaign's next session must not be measured beside what this one left. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatASessionsWorkloadLeavesInTheBackgroundEnds() throws Exception {
        Path pid = folder.resolve("pid");
        try (InformalMeasurement measurement = new InformalMeasurement(TimeSource.system(), ZoneOffset.UTC)) {
            InformalMeasurement.Outcome outcome = measurement.runGuarded(
                    "sleep 600 & echo $! >" + pid + "; exit 3", "a_session", Optional.empty(), folder.resolve("t"));

            assertThat(outcome.status()).isEqualTo(3);
        }
        long left = Long.parseLong(Files.readString(pid).strip());
        await().atMost(TestDeadlines.seconds(20))
                .until(() -> !ProcessHandle.of(left).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void aSessionsWorkloadThatRunsTooLongIsEnded() {
        try (InformalMeasurement measurement = new InformalMeasurement(TimeSource.system(), ZoneOffset.UTC)) {
            assertThatThrownBy(() -> measurement.runGuarded(
                            "exec sleep 600", "a_session", Optional.of(Duration.ofSeconds(1)), folder.resolve("t")))
                    .isInstanceOf(InformalMeasurement.OverTimeException.class)
                    .hasMessageContaining("longer than 1 s");
        }
    }
}
