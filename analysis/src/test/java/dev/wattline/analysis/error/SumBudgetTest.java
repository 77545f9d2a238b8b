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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eight cards under one load, each with gain and offset known nearly exactly. */
class SumBudgetTest {
    private static final Calibration KNOWN = new Calibration(0.96, 0.001, 1, 0.2, false);
    private static final long EPOCH_MS = 1_700_000_000_000L;
    private static final int RUNS = 60;

    /** What windows smooth out is the same course for all cards, although their readings do not move together. */
    @ParameterizedTest
    @CsvSource({
        // period of the load ms, length ms, poll ms
        "1300, 20000, 100",
        "1300, 60000, 100",
        "1130, 20000, 100",
        "1300, 20000, 1000",
        "3100, 20000, 100",
    })
    void theSumOfCardsUnderOneRepeatingLoadIsInside(double periodMs, double lengthMs, double pollMs) {
        SplittableRandom random = new SplittableRandom(20261130);
        int inside = 0;
        for (int run = 0; run < RUNS; run++) {
            StepLoad load = square(periodMs, -periodMs * random.nextDouble(), lengthMs);
            List<PhaseBudget> cards = new ArrayList<>();
            for (int card = 0; card < 8; card++) {
                cards.add(budget(load, lengthMs, pollMs, random));
            }

            SumBudget sum = SumBudget.of(cards, false, false);

            double truth = 8 * load.mean(0, lengthMs);
            inside += Math.abs(sum.powerW() - truth) <= sum.halfWidth() ? 1 : 0;
        }
        assertThat(inside).isGreaterThanOrEqualTo(RUNS * 9 / 10);
    }

    private static StepLoad square(double periodMs, double fromMs, double lengthMs) {
        StepLoad.Builder load = new StepLoad.Builder(fromMs - periodMs * 10);
        while (load.nowMs() < lengthMs + periodMs * 10) {
            load.level(600, periodMs / 2).level(150, periodMs / 2);
        }
        return load.build();
    }

    private static PhaseBudget budget(StepLoad load, double lengthMs, double pollMs, SplittableRandom random) {
        SimulatedSensor sensor = new SimulatedSensor(100, 1000, 0, 0.96, 1, 100 * random.nextDouble());
        PowerSeries log = sensor.poll(
                        load,
                        SimulatedSensor.Polling.every(pollMs),
                        -3000 + pollMs * random.nextDouble(),
                        lengthMs + 3000,
                        EPOCH_MS,
                        random)
                .into(new PowerSeries(), PowerSeries::add);
        double interval = PollStats.of(log).medianMs();
        CardCalibrations.Entry user = new CardCalibrations.Entry(null, null, null, null, null, 100.0, 1000.0, 0);
        SensorModel model = SensorModel.resolve(
                user, PeriodDetector.detect(log, interval, List.of()), Optional.empty(), "power.draw");
        return PhaseBudget.of(Readings.of(log, model, interval, 0), EPOCH_MS, EPOCH_MS + lengthMs, KNOWN, 0, 0.01);
    }
}
