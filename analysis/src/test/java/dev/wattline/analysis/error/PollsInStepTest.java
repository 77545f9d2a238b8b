package dev.wattline.analysis.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.sensor.PeriodDetector;
import dev.wattline.analysis.sensor.SensorModel;
import dev.wattline.analysis.series.PollStats;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.simulation.SimulatedSensor;
import dev.wattline.simulation.StepLoad;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Polls as slow as the updates, which jitter makes read one update twice and miss the next for all of the run. */
class PollsInStepTest {
    private static final int RUNS = 200;
    private static final double LENGTH_MS = 60_000;
    private static final double PERIOD_MS = 100;

    @ParameterizedTest
    @EnumSource(names = {"SQUARE_270", "SQUARE_1300", "BURSTS", "NOISE", "LLM"})
    void theIntervalHolds(StepLoad.Shape shape) {
        SplittableRandom random = new SplittableRandom(270);
        Calibration known = new Calibration(1, 1e-6, 0, 1e-6, false);
        int inside = 0;
        for (int run = 0; run < RUNS; run++) {
            StepLoad load = shape.between(LENGTH_MS, 10_000, random);
            SimulatedSensor sensor = new SimulatedSensor(PERIOD_MS, PERIOD_MS, 0, 1, 0, 30);
            PowerSeries log = sensor.poll(
                            load,
                            new SimulatedSensor.Polling(PERIOD_MS, 12, 0, 0),
                            -9970,
                            LENGTH_MS + 9000,
                            1_700_000_000_000L,
                            random)
                    .into(new PowerSeries(), PowerSeries::add);
            double poll = PollStats.of(log).medianMs();
            CardCalibrations.Entry user =
                    new CardCalibrations.Entry(null, null, null, null, null, PERIOD_MS, PERIOD_MS, 0);
            SensorModel model = SensorModel.resolve(
                    user, PeriodDetector.detect(log, poll, List.of()), Optional.empty(), "power.draw");
            PhaseBudget budget = PhaseBudget.of(
                    Readings.of(log, model, poll, 0),
                    1_700_000_000_000.0,
                    1_700_000_000_000.0 + LENGTH_MS,
                    known,
                    0,
                    0.01);
            inside += Math.abs(budget.powerW() - load.mean(0, LENGTH_MS)) <= budget.halfWidth() ? 1 : 0;
        }
        assertThat(inside).isGreaterThanOrEqualTo((int) (0.93 * RUNS));
    }
}
