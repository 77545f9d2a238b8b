package dev.wattline.mock.ptd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleGridTest {
    private static final SampleGrid GRID = new SampleGrid(500_000_000, 1_000_000_000, 302_000_000);

    /** A workload of T seconds between Go and Stop gives floor(T) + 1 samples and completes at their tick. */
    @ParameterizedTest
    @CsvSource({"0, 1, 1", "0.999999, 1, 1", "1, 2, 2", "10.3, 11, 11", "628.466, 629, 629"})
    void aStoppedMeasurementKeepsTheSamplesWhoseTickHasBegun(double seconds, long samples, double completed) {
        long stop = GRID.startNanos() + Math.round(seconds * 1e9);
        assertThat(GRID.samplesIfStoppedAt(stop)).isEqualTo(samples);
        assertThat(GRID.tick(samples)).isEqualTo(GRID.startNanos() + Math.round(completed * 1e9));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.302", "1, 1.302", "499999, 499999.302"})
    void samplesAreDeliveredOneReadLatencyAfterTheirTickWithoutDrift(long k, double seconds) {
        assertThat(GRID.deliveredAt(k)).isEqualTo(GRID.startNanos() + Math.round(seconds * 1e9));
    }
}
