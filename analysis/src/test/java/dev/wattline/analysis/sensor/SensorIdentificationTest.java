package dev.wattline.analysis.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.series.PollStats;
import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.simulation.SimulatedSensor;
import dev.wattline.simulation.SimulatedSensor.Polling;
import dev.wattline.simulation.StepLoad;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorIdentificationTest {
    private static final double LENGTH_MS = 30_000;
    private static final long EPOCH_MS = 1_700_000_000_000L;

    private static PowerSeries log(
            StepLoad load, double periodMs, double windowMs, Polling polling, SplittableRandom random) {
        SimulatedSensor sensor = new SimulatedSensor(periodMs, windowMs, 0, 0.95, 2, periodMs * random.nextDouble());
        return sensor.poll(load, polling, 0, LENGTH_MS, EPOCH_MS, random).into(new PowerSeries(), PowerSeries::add);
    }

    private static UpdatePeriod detect(PowerSeries log, List<Double> priors) {
        return PeriodDetector.detect(log, PollStats.of(log).medianMs(), priors);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 1000, 10, 0.015",
        "101.2, 25, 13, 0.015",
        "100, 100, 20, 0.02",
        "31, 14, 7, 0.005",
        "20, 10, 4, 0.003"
    })
    void findsThePeriodThroughStalls(double periodMs, double windowMs, double pollMs, double tolerance) {
        for (long seed = 1; seed <= 6; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StepLoad load = StepLoad.Shape.LLM.between(LENGTH_MS, 2000, random);

            PowerSeries log = log(load, periodMs, windowMs, new Polling(pollMs, 2, 0.02, 60), random);
            UpdatePeriod found = detect(log, List.of());

            assertThat(found.status()).as("seed %d: %s", seed, found).isEqualTo(UpdatePeriod.Status.IDENTIFIED);
            assertThat(found.periodMs()).as("seed %d", seed).isCloseTo(periodMs, within(tolerance));
        }
    }

    @ParameterizedTest
    @CsvSource({"101.2, 25, 12, SQUARE_1300", "100, 50, 20, SQUARE_1300", "20.04, 10, 5, SQUARE_1300"})
    void findsThePeriodOfALoadThatStandsStillBetweenItsSteps(
            double periodMs, double windowMs, double pollMs, StepLoad.Shape shape) {
        for (long seed = 1; seed <= 6; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            PowerSeries log =
                    log(shape.between(LENGTH_MS, 2000, random), periodMs, windowMs, Polling.every(pollMs), random);

            UpdatePeriod found = detect(log, List.of());

            assertThat(found.status()).as("seed %d: %s", seed, found).isEqualTo(UpdatePeriod.Status.IDENTIFIED);
            assertThat(found.periodMs()).as("seed %d: %s", seed, found).isCloseTo(periodMs, within(0.06));
            assertThat(found.sigmaMs()).as("seed %d: %s", seed, found).isPositive();
        }
    }

    @Test
    void aBracketHoldsEachUpdateWherePollsAreAFractionOfThePeriod() {
        // At exactly five polls a period the middles between polls err alike for long: 0.04 ms by the periodogram.
        double square = 0;
        for (long seed = 1; seed <= 10; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StepLoad load = StepLoad.Shape.BURSTS.between(LENGTH_MS, 2000, random);

            UpdatePeriod found = detect(log(load, 100, 50, new Polling(20, 6, 0.02, 60), random), List.of());

            assertThat(Math.abs(found.periodMs() - 100))
                    .as("seed %d: %s", seed, found)
                    .isLessThan(0.03);
            square += Math.pow(found.periodMs() - 100, 2) / 10;
        }
        assertThat(Math.sqrt(square)).isLessThan(0.01);
    }

    @Test
    void theLoadsPaceIsNotTakenForTheSensors() {
        StepLoad.Builder steps = new StepLoad.Builder(-2000);
        while (steps.nowMs() < LENGTH_MS) {
            steps.level(300, 6000).level(100, 6000);
        }
        PowerSeries log = log(steps.build(), 100, 100, new Polling(1000, 0, 0, 0), new SplittableRandom(1));
        PowerSeries longer = new PowerSeries();
        for (int i = 0; i < 400; i++) { // one change each 6 s, polled once a second
            longer.add(EPOCH_MS + 1000L * i, i / 6 % 2 == 0 ? 300_000 : 100_000);
        }

        assertThat(detect(log, List.of()).isUsable()).isFalse();
        UpdatePeriod found = detect(longer, List.of());
        assertThat(found.isUsable()).as(found.toString()).isFalse();
        assertThat(found.reason()).contains("pace");
    }

    @Test
    void pollsSlowerThanAThirdOfThePeriodDoNotIdentifyIt() {
        for (long seed = 1; seed <= 10; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StepLoad load = StepLoad.Shape.NOISE.between(LENGTH_MS, 2000, random);

            UpdatePeriod found = detect(log(load, 100, 100, new Polling(60, 6, 0.02, 60), random), List.of(100.0));

            assertThat(found.status()).as("seed %d: %s", seed, found).isNotEqualTo(UpdatePeriod.Status.IDENTIFIED);
            assertThat(found.reason()).isNotEmpty();
        }
    }

    @Test
    void pollsOnceASecondGiveNoPeriodAtAll() {
        SplittableRandom random = new SplittableRandom(5);
        StepLoad load = StepLoad.Shape.LLM.between(LENGTH_MS, 2000, random);

        UpdatePeriod found = detect(log(load, 100, 1000, Polling.every(1000), random), List.of(100.0));

        assertThat(found.isComputed()).isFalse();
        assertThat(found.reason()).contains("too slow");
    }

    @Test
    void aConstantReadingGivesNoPeriod() {
        PowerSeries stuck = new PowerSeries();
        for (int i = 0; i < 1000; i++) {
            stuck.add(EPOCH_MS + 10L * i, 46_190);
        }

        UpdatePeriod found = detect(stuck, List.of(100.0));

        assertThat(found.isComputed()).isFalse();
        assertThat(found.reason()).contains("0 changes");
    }

    @ParameterizedTest
    @CsvSource({"101.2, 25, BURSTS, 0.5", "100, 100, BURSTS, 0.5", "100, 1000, LLM, 4", "20, 10, BURSTS, 1.0"})
    void findsWindowGainAndOffsetAgainstAFastMeter(
            double periodMs, double windowMs, StepLoad.Shape shape, double tolerance) {
        SplittableRandom random = new SplittableRandom(11);
        StepLoad load = shape.between(LENGTH_MS, 4000, random);
        SimulatedSensor sensor = new SimulatedSensor(periodMs, windowMs, 3, 0.95, 2, 0.3 * periodMs);
        PowerSeries log = sensor.poll(
                        load, new Polling(Math.min(5, periodMs / 5), 1, 0, 0), 0, LENGTH_MS, EPOCH_MS, random)
                .into(new PowerSeries(), PowerSeries::add);

        WindowFit fit = WindowFitter.fit(log, detect(log, List.of(20.0)), meter(load));

        assertThat(fit.accepted()).as(fit.toString()).isTrue();
        assertThat(fit.windowMs()).isCloseTo(windowMs, within(tolerance));
        assertThat(fit.gain()).isCloseTo(0.95, within(0.01));
        assertThat(fit.offsetW()).isCloseTo(2, within(2.0));
        assertThat(fit.delayMs()).isCloseTo(3, within(Math.max(3, 0.01 * windowMs)));
    }

    @Test
    void aSensorThatIsNoMovingAverageIsRejected() {
        SplittableRandom random = new SplittableRandom(11);
        StepLoad load = StepLoad.Shape.BURSTS.between(LENGTH_MS, 4000, random);
        PowerSeries log = new PowerSeries();
        double charge = 70;
        for (int ms = 0; ms < LENGTH_MS; ms++) {
            charge += (load.mean(ms, ms + 1.0) - charge) / 80; // an RC low-pass of 80 ms
            if (ms % 3 == 0) {
                log.add(EPOCH_MS + ms, ((int) (charge * 100)) * 10);
            }
        }

        WindowFit fit = WindowFitter.fit(log, detect(log, List.of()), meter(load));

        assertThat(fit.accepted()).isFalse();
        assertThat(fit.reason()).isNotEmpty();
    }

    @Test
    void aSlowReferenceShowsNoWindow() {
        SplittableRandom random = new SplittableRandom(2);
        StepLoad load = StepLoad.Shape.LLM.between(LENGTH_MS, 2000, random);
        PowerSeries log = log(load, 100, 100, new Polling(10, 2, 0, 0), random);
        double[] times = new double[30];
        double[] watts = new double[30];
        for (int i = 0; i < 30; i++) {
            times[i] = EPOCH_MS + 1000.0 * i;
            watts[i] = load.mean(1000.0 * i, 1000.0 * i + 1000);
        }

        WindowFit fit = WindowFitter.fit(log, detect(log, List.of()), new Polyline(times, watts));

        assertThat(fit.accepted()).isFalse();
        assertThat(fit.reason()).contains("too slow");
    }

    private static Polyline meter(StepLoad load) {
        int n = (int) LENGTH_MS + 6000;
        double[] times = new double[n];
        double[] watts = new double[n];
        for (int i = 0; i < n; i++) {
            times[i] = EPOCH_MS - 3000.0 + i;
            watts[i] = load.mean(i - 3000.5, i - 2999.5);
        }
        return new Polyline(times, watts);
    }

    /** A K40m's 15.4 ms seen by polls every 9 ms: below two polls, where only the table says what to look for. */
    @Test
    void aPeriodBelowTwoPollsIsConfirmedWhereTheTableHasIt() {
        SplittableRandom random = new SplittableRandom(4);
        StepLoad load = StepLoad.Shape.BURSTS.between(LENGTH_MS, 0, random);
        PowerSeries log = log(load, 15.4, 10, Polling.every(9), random);

        UpdatePeriod known = detect(log, List.of(15.4));
        UpdatePeriod unknown = detect(log, List.of(100.0));

        assertThat(known.status()).isEqualTo(UpdatePeriod.Status.TABLE_CONFIRMED);
        assertThat(known.periodMs()).isCloseTo(15.4, within(0.1));
        assertThat(unknown.isUsable()).isFalse();
        assertThat(unknown.reason()).contains("below 18 ms").contains("not looked for");
    }

    @Test
    void twoBurstsWeeksApartAreSearchedOneByOne() {
        SplittableRandom random = new SplittableRandom(5);
        PowerSeries log = log(StepLoad.Shape.BURSTS.between(LENGTH_MS, 0, random), 100, 50, Polling.every(20), random);
        PowerSeries twice = new PowerSeries();
        for (long weeks = 0; weeks < 2; weeks++) {
            for (int i = 0; i < log.size(); i++) {
                twice.add(log.timeMs(i) + weeks * 7 * 86_400_000L, log.milliwatts(i));
            }
        }

        assertThat(detect(twice, List.of()).periodMs()).isCloseTo(100, within(0.5));
    }
}
