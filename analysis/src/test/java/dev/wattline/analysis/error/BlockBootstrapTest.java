package dev.wattline.analysis.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.sensor.PeriodDetector;
import dev.wattline.analysis.sensor.SensorModel;
import dev.wattline.analysis.series.PowerSeries;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlockBootstrapTest {
    private static final int SECONDS = 600;

    /** One reading a second of a sensor that sees a fortieth of the time. */
    private static Readings readings(boolean drifts) {
        SplittableRandom random = new SplittableRandom(7);
        PowerSeries log = new PowerSeries();
        for (int s = 0; s < SECONDS; s++) {
            double watts = drifts ? 300 + 100 * Math.sin(2 * Math.PI * s / 400) : 200 + 200 * random.nextDouble();
            log.add(1_000L * s, (int) Math.round(1000 * watts));
        }
        CardCalibrations.Entry sensor = new CardCalibrations.Entry(null, null, null, null, null, 100, 25, 0);
        SensorModel model = SensorModel.resolve(
                sensor, PeriodDetector.detect(log, 1000, List.of()), Optional.empty(), "power.draw");
        return Readings.of(log, model, 1000, 0);
    }

    @Test
    void independentReadingsScatterByTheirStandardError() {
        double half = BlockBootstrap.halfWidthW(List.of(readings(false)), 0, 1000.0 * SECONDS, 1);

        // Uniform over 200 W: a standard deviation of 57.7 W, of 600 readings.
        assertThat(half).isCloseTo(1.96 * 57.7 / Math.sqrt(SECONDS), within(1.5));
    }

    @Test
    void aSlowDriftScattersTheBlocks() {
        assertThat(BlockBootstrap.halfWidthW(List.of(readings(true)), 0, 1000.0 * SECONDS, 1))
                .isGreaterThan(3 * 1.96 * 70.7 / Math.sqrt(SECONDS));
    }

    @Test
    void gpusThatDriftTogetherAddUp() {
        double one = BlockBootstrap.halfWidthW(List.of(readings(true)), 0, 1000.0 * SECONDS, 1);

        assertThat(BlockBootstrap.halfWidthW(List.of(readings(true), readings(true)), 0, 1000.0 * SECONDS, 1))
                .isCloseTo(2 * one, within(0.01 * one));
    }

    @Test
    void shortWindowsGiveNoAnswer() {
        assertThat(BlockBootstrap.halfWidthW(List.of(readings(false)), 0, 200_000, 1))
                .isNaN();
    }
}
