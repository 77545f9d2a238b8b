package dev.wattline.analysis.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows with one step near an end, of a card whose gain and offset are known nearly exactly. */
class UnseenEndsTest {
    private static final Calibration KNOWN = new Calibration(0.96, 0.001, 1, 0.2, false);
    private static final double CALM_MS = 30_000;

    private static PhaseBudget budget(StepLoad load, double lengthMs, double t, double w, double poll, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimulatedSensor sensor = new SimulatedSensor(t, w, 0, 0.96, 1, t * random.nextDouble());
        PowerSeries log = sensor.poll(
                        load,
                        SimulatedSensor.Polling.every(poll),
                        -CALM_MS + 2000 + poll * random.nextDouble(),
                        lengthMs + CALM_MS - 2000,
                        1_700_000_000_000L,
                        random)
                .into(new PowerSeries(), PowerSeries::add);
        double interval = PollStats.of(log).medianMs();
        CardCalibrations.Entry user = new CardCalibrations.Entry(null, null, null, null, null, t, w, 0);
        SensorModel model = SensorModel.resolve(
                user, PeriodDetector.detect(log, interval, List.of()), Optional.empty(), "power.draw");
        return PhaseBudget.of(
                Readings.of(log, model, interval, 0),
                1_700_000_000_000.0,
                1_700_000_000_000.0 + lengthMs,
                KNOWN,
                0,
                0.01);
    }

    /** A level with a little noise, and another from a moment on. */
    private static StepLoad step(double atMs, double lengthMs, double before, double after, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        StepLoad.Builder load = new StepLoad.Builder(-CALM_MS);
        while (load.nowMs() < lengthMs + CALM_MS) {
            double level = load.nowMs() < atMs ? before : after;
            double next = load.nowMs() < atMs ? atMs - load.nowMs() : Double.POSITIVE_INFINITY;
            load.level(level * (1 + 0.01 * random.nextGaussian()), Math.min(20, next));
        }
        return load.build();
    }

    @ParameterizedTest
    @CsvSource({
        // T ms, W ms, poll ms
        "100, 1000, 1000",
        "100, 1000, 100",
        "100, 1000, 250",
        "100, 100, 100",
        "100, 100, 1000",
        "101.2, 25, 1000",
        "101.2, 25, 30",
        "100, 1000, 2000",
    })
    void aStepJustInsideAnEndIsWithinWhatIsStated(double t, double w, double poll) {
        SplittableRandom random = new SplittableRandom(20261129);
        List<String> outside = new ArrayList<>();
        int given = 0;
        for (int run = 0; run < 240; run++) {
            double length = Math.max(poll, t) * (4.5 + 3 * random.nextDouble()) + 2 * w;
            double from = Math.max(Math.max(poll, t), w) * 1.6 * random.nextDouble();
            boolean atBegin = run % 2 == 0;
            double at = atBegin ? from : length - from;
            StepLoad load = step(at, length, run % 4 < 2 ? 380 : 90, run % 4 < 2 ? 90 : 380, run);
            PhaseBudget budget = budget(load, length, t, w, poll, run);
            if (!budget.isGiven()) {
                continue;
            }
            given++;
            double truth = load.mean(0, length);
            if (Math.abs(budget.powerW() - truth) > budget.halfWidth()) {
                outside.add(String.format(
                        Locale.ROOT,
                        "step %.0f ms from the %s of %.0f ms: %.1f ± %.1f W, truth %.1f W",
                        from,
                        atBegin ? "begin" : "end",
                        length,
                        budget.powerW(),
                        budget.halfWidth(),
                        truth));
            }
        }
        assertThat(given).isGreaterThan(200);
        assertThat(outside).hasSizeLessThanOrEqualTo(given / 20);
    }

    @Test
    void stepsOfSeveralCardsAddUpAndNoiseDoesNot() {
        double length = 5000;
        StepLoad load = step(length - 400, length, 380, 90, 1);
        List<PhaseBudget> cards = new ArrayList<>();
        double truth = 0;
        double alone = 0;
        for (int g = 0; g < 8; g++) {
            PhaseBudget one = budget(load, length, 100, 1000, 1000, g + 5L);
            cards.add(one);
            truth += load.mean(0, length);
            alone += one.ends().bound();
        }

        SumBudget sum = SumBudget.of(cards, false, true);

        assertThat(Math.abs(sum.powerW() - truth)).isLessThan(sum.halfWidth());
        assertThat(alone).isGreaterThan(100);
        UnseenEnds all = cards.stream().map(PhaseBudget::ends).reduce(UnseenEnds.NONE, UnseenEnds::plus);
        assertThat(sum.sampling()).isGreaterThan(0.99 * all.bound());
        assertThat(new UnseenEnds(3, -2).plus(new UnseenEnds(-3, 2)).bound()).isCloseTo(0, within(1e-12));
    }

    @Test
    void aLevelWithoutStepsIsNotWidened() {
        StepLoad load = step(1e9, 60_000, 300, 300, 3);
        PhaseBudget budget = budget(load, 60_000, 100, 1000, 1000, 3);

        assertThat(budget.atEnds()).isLessThan(0.001 * budget.powerW());
    }
}
