package dev.wattline.sut.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.model.TimeSource;
import dev.wattline.testing.TestDeadlines;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
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
}
