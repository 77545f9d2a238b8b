package dev.wattline.analysis.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.series.GpuSum;
import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.series.SteadySources;
import dev.wattline.analysis.series.WallSeries;
import dev.wattline.simulation.SimulatedSensor;
import dev.wattline.simulation.StepLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LagEstimatorTest {
    private static final long EPOCH_MS = 1_700_000_000_000L;
    private static final double LENGTH_MS = 240_000;
    private static final double IDLE_MS = 30_000;

    /** Both logs of one run. */
    private record Logs(WallSeries wall, Polyline gpus) {}

    private static Logs logs(double windowMs, double periodMs, double lagS, SplittableRandom random) {
        return logs(StepLoad.Shape.LLM, 1000, windowMs, periodMs, lagS, random);
    }

    private static Logs logs(
            StepLoad.Shape shape,
            double pollMs,
            double windowMs,
            double periodMs,
            double lagS,
            SplittableRandom random) {
        return logs(shape, pollMs, windowMs, periodMs, lagS, Double.NaN, random);
    }

    /** The readings within a second and a half of one time are missing if that is a number. */
    private static Logs logs(
            StepLoad.Shape shape,
            double pollMs,
            double windowMs,
            double periodMs,
            double lagS,
            double missingMs,
            SplittableRandom random) {
        List<StepLoad> loads = new ArrayList<>();
        List<PowerSeries> gpus = new ArrayList<>();
        for (int g = 0; g < 4; g++) {
            StepLoad load = shape.between(LENGTH_MS, IDLE_MS, random);
            SimulatedSensor sensor =
                    new SimulatedSensor(periodMs, windowMs, 0, 0.97, 1, periodMs * random.nextDouble());
            loads.add(load);
            PowerSeries polls = sensor.poll(
                            load,
                            SimulatedSensor.Polling.every(pollMs),
                            -IDLE_MS + 2000 + 1000 * random.nextDouble(),
                            LENGTH_MS + IDLE_MS - 2000,
                            EPOCH_MS + Math.round(1000 * lagS),
                            random)
                    .into(new PowerSeries(), PowerSeries::add);
            PowerSeries kept = new PowerSeries();
            for (int i = 0; i < polls.size(); i++) {
                double at = polls.timeMs(i) - EPOCH_MS - 1000 * lagS;
                if (!(Math.abs(at - missingMs) <= 1500)) {
                    kept.add(polls.timeMs(i), polls.milliwatts(i));
                }
            }
            gpus.add(kept);
        }
        int n = (int) ((LENGTH_MS + 2 * IDLE_MS) / 1000) - 2;
        long[] ends = new long[n];
        double[] watts = new double[n];
        for (int i = 0; i < n; i++) {
            double end = -IDLE_MS + 1000.0 * (i + 1);
            double sum = 0;
            for (StepLoad load : loads) {
                sum += load.mean(end - 1000, end);
            }
            ends[i] = EPOCH_MS + Math.round(end);
            watts[i] = (300 + sum + 10 * (random.nextDouble() - 0.5)) / 0.94;
        }
        double[] moves = new double[4];
        java.util.Arrays.fill(moves, -windowMs / 2 - periodMs / 2);
        return new Logs(new WallSeries(ends, watts, 0), GpuSum.of(gpus, moves));
    }

    @ParameterizedTest
    @CsvSource({"1000, 100, 2.85, 0.15", "1000, 100, -41.3, 0.15", "25, 101.2, -0.64, 0.45", "25, 101.2, 33.0, 0.45"})
    void findsTheLagWithinItsInterval(double windowMs, double periodMs, double lagS, double tolerance) {
        for (long seed = 1; seed <= 4; seed++) {
            Logs logs = logs(windowMs, periodMs, lagS, new SplittableRandom(seed));
            double coverage = Math.min(1, windowMs / 1000);
            double unseen = 0.15 * (1 - coverage) + periodMs / 2000;

            Lag lag = LagEstimator.estimate(logs.wall(), logs.gpus(), 60, 1, unseen, 1);

            assertThat(lag.accepted()).as("seed %d: %s", seed, lag).isTrue();
            assertThat(lag.seconds()).as("seed %d", seed).isCloseTo(lagS, within(tolerance));
            assertThat(lag.interval().contains(lagS))
                    .as("seed %d: %s", seed, lag)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SQUARE_1300, 1000, 1000, 100", // the analyzer's seconds and the polls beat with the load every 4.3 s
        "SQUARE_1300, 1000, 25, 101.2",
        "SQUARE_270, 100, 100, 100", // a lag off by one of the load's periods fits nearly as well
        "SQUARE_270, 30, 25, 101.2"
    })
    void aLoadInStepWithThePollsDoesNotMisleadIt(
            StepLoad.Shape shape, double pollMs, double windowMs, double periodMs) {
        int answers = 0;
        for (long seed = 21; seed <= 32; seed++) {
            Logs logs = logs(shape, pollMs, windowMs, periodMs, 2.85, new SplittableRandom(seed));
            double step = Math.max(periodMs, pollMs) / 1e3;
            double unseen = 0.15 * step * (1 - Math.min(1, windowMs / 1e3 / step)) + periodMs / 2000;

            Lag lag = LagEstimator.estimate(logs.wall(), logs.gpus(), 60, pollMs / 1e3, unseen, 1);

            if (lag.accepted()) {
                answers++;
                assertThat(lag.interval().contains(2.85))
                        .as("seed %d: %.3f ± %.3f", seed, lag.seconds(), lag.sigma())
                        .isTrue();
            }
        }
        assertThat(answers).isGreaterThanOrEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"SQUARE_270, 1000, 100", "NOISE, 1000, 100", "LLM, 1000, 100"})
    void aHoleOverAStepDoesNotMoveIt(StepLoad.Shape shape, double windowMs, double periodMs) {
        int answers = 0;
        for (long seed = 41; seed <= 44; seed++) {
            for (double stepMs : new double[] {0, LENGTH_MS}) {
                // All of the step lies in the hole's first half: a line across it would shift it by half a second.
                Logs logs = logs(shape, 1000, windowMs, periodMs, 2.85, stepMs + 1200, new SplittableRandom(seed));
                double unseen = 0.15 * (1 - Math.min(1, windowMs / 1e3)) + periodMs / 2000;

                Lag lag = LagEstimator.estimate(logs.wall(), logs.gpus(), 60, 1, unseen, 1);

                if (lag.accepted()) {
                    answers++;
                    assertThat(lag.interval().contains(2.85))
                            .as("seed %d: %.3f ± %.3f", seed, lag.seconds(), lag.sigma())
                            .isTrue();
                }
            }
        }
        assertThat(answers).isGreaterThanOrEqualTo(6);
    }

    @Test
    void noSecondInAHoleOfEitherLogIsPaired() {
        PowerSeries whole = new PowerSeries();
        PowerSeries holed = new PowerSeries();
        for (int i = 0; i < 60; i++) {
            whole.add(EPOCH_MS + 1000L * i, 200_000);
            if (i != 20 && (i < 30 || i > 33)) { // one poll missing of one GPU, then four of it
                holed.add(EPOCH_MS + 1000L * i, 300_000);
            }
        }
        long[] ends = IntStream.rangeClosed(1, 58)
                .filter(i -> i != 45)
                .mapToLong(i -> EPOCH_MS + 1000L * i)
                .toArray();
        WallSeries wall = new WallSeries(ends, new double[ends.length], 0);
        double[] still = new double[3];

        int[] ofThree = WallPairs.of(wall, GpuSum.of(List.of(whole, whole, holed), still), 0)
                .index();
        int[] ofOne = WallPairs.of(wall, GpuSum.of(List.of(holed), still), 0).index();

        // Values by the second they end in: 20 and 21 touch the missing poll, 30 to 34 the four, 46 the analyzer's own
        // hole.
        assertThat(ofThree).hasSize(57 - 5 - 1);
        assertThat(ofOne).hasSize(57 - 2 - 5 - 1);
        assertThat(Arrays.stream(ofOne).mapToLong(i -> (ends[i] - EPOCH_MS) / 1000))
                .doesNotContain(20L, 21L, 30L, 31L, 32L, 33L, 34L, 46L);
    }

    @Test
    void theSameSeedGivesTheSameLag() {
        Logs logs = logs(1000, 100, 1, new SplittableRandom(9));

        Lag first = LagEstimator.estimate(logs.wall(), logs.gpus(), 60, 1, 0.05, 3);
        Lag second = LagEstimator.estimate(logs.wall(), logs.gpus(), 60, 1, 0.05, 3);

        assertThat(second.seconds()).isEqualTo(first.seconds());
        assertThat(second.sigma()).isEqualTo(first.sigma());
    }

    @Test
    void theLargestLagIsAppliedBeforeOverlapIsAskedFor() {
        Logs logs = logs(1000, 100, 290, new SplittableRandom(5)); // the stamps overlap for some seconds only

        Lag lag = LagEstimator.estimate(logs.wall(), logs.gpus(), 400, 1, 0.05, 1);

        assertThat(lag.accepted()).as("%s", lag.reason()).isTrue();
        assertThat(lag.interval().contains(290)).as("%s", lag).isTrue();
        assertThat(lag.overlapS()).isGreaterThan(200);
    }

    /** A fan of 4 % with a time constant of 40 s, which the lag is not to follow. */
    @ParameterizedTest
    @CsvSource({"1000, 100, 0.25", "25, 101.2, 0.45"})
    void whatFollowsTheGpusSlowlyDoesNotPullIt(double windowMs, double periodMs, double tolerance) {
        for (long seed = 51; seed <= 58; seed++) {
            Logs logs = logs(windowMs, periodMs, 2.85, new SplittableRandom(seed));
            WallSeries plain = logs.wall();
            long[] ends = new long[plain.size()];
            double[] watts = new double[plain.size()];
            double fan = 0;
            for (int i = 0; i < ends.length; i++) {
                double dc = plain.watts(i) * 0.94 - 300;
                fan = i == 0 ? 0.04 * dc : fan + (0.04 * dc - fan) / 40;
                ends[i] = Math.round(plain.endMs(i));
                watts[i] = plain.watts(i) + fan / 0.94;
            }
            double unseen = 0.15 * (1 - Math.min(1, windowMs / 1000)) + periodMs / 2000;

            Lag lag = LagEstimator.estimate(new WallSeries(ends, watts, 0), logs.gpus(), 60, 1, unseen, 1);

            assertThat(lag.accepted()).as("seed %d: %s", seed, lag.reason()).isTrue();
            assertThat(lag.interval().contains(2.85))
                    .as("seed %d: %.3f ± %.3f", seed, lag.seconds(), lag.sigma())
                    .isTrue();
            assertThat(lag.seconds()).as("seed %d", seed).isCloseTo(2.85, within(tolerance));
        }
    }

    @ParameterizedTest
    @CsvSource({"555, 540", "540, 540", "345, 345", "-15, 0", "-480, -480"})
    void anOffsetThatNoZoneHasIsTheNearestZones(int shown, int inUse) {
        assertThat(ZoneInference.nearestInUse(shown, Instant.parse("2024-07-17T09:44:00Z")))
                .isEqualTo(inUse);
    }

    @Test
    void gpusThatStopOrStandStillAreNoPartOfTheSum() {
        PowerSeries whole = new PowerSeries();
        PowerSeries alike = new PowerSeries();
        PowerSeries frozen = new PowerSeries();
        PowerSeries stops = new PowerSeries();
        PowerSeries late = new PowerSeries();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200; i++) {
            int milliwatts = 100_000 + random.nextInt(200_000);
            long at = EPOCH_MS + 1000L * i;
            whole.add(at, milliwatts);
            alike.add(at, milliwatts + 10);
            frozen.add(at, i < 100 ? milliwatts : 250_000);
            if (i < 150) {
                stops.add(at, milliwatts);
            }
            if (i > 40) {
                late.add(at, milliwatts);
            }
        }

        assertThat(SteadySources.of(List.of(frozen, whole, stops, late, alike))).containsExactly(1, 4);
        assertThat(SteadySources.of(List.of(frozen))).containsExactly(0);
    }

    @Test
    void logsThatDoNotOverlapAreRefused() {
        Logs logs = logs(1000, 100, 4000, new SplittableRandom(2));

        Lag lag = LagEstimator.estimate(logs.wall(), logs.gpus(), 60, 1, 0.05, 1);

        assertThat(lag.accepted()).isFalse();
        assertThat(lag.seconds()).isNaN();
        assertThat(lag.reason()).contains("overlap");
    }

    @Test
    void aReadingThatDoesNotChangeIsRefused() {
        Logs logs = logs(1000, 100, 0, new SplittableRandom(2));
        PowerSeries flat = new PowerSeries();
        for (int i = 0; i < 250; i++) {
            flat.add(EPOCH_MS + 1000L * i, 46_190);
        }

        Lag lag = LagEstimator.estimate(logs.wall(), GpuSum.of(List.of(flat), new double[] {0}), 60, 1, 0.05, 1);

        assertThat(lag.accepted()).isFalse();
        assertThat(lag.reason()).contains("does not change");
    }

    @Test
    void aLoadThatRepeatsExactlyIsRefused() {
        StepLoad.Builder builder = new StepLoad.Builder(-60_000);
        while (builder.nowMs() < 300_000) {
            builder.level(400, 5000).level(100, 5000);
        }
        StepLoad load = builder.build();
        SplittableRandom random = new SplittableRandom(4);
        PowerSeries log = new SimulatedSensor(100, 1000, 0, 1, 0, 50)
                .poll(load, SimulatedSensor.Polling.every(1000), 0, 240_000, EPOCH_MS, random)
                .into(new PowerSeries(), PowerSeries::add);
        long[] ends = new long[240];
        double[] watts = new double[240];
        for (int i = 0; i < 240; i++) {
            ends[i] = EPOCH_MS + 1000L * i;
            watts[i] = 200 + load.mean(1000.0 * i - 1000, 1000.0 * i);
        }

        Lag lag = LagEstimator.estimate(
                new WallSeries(ends, watts, 0), GpuSum.of(List.of(log), new double[] {-550}), 60, 1, 0.05, 1);

        assertThat(lag.accepted()).isFalse();
        assertThat(lag.reason()).contains("another lag");
    }

    @ParameterizedTest
    @CsvSource({"-8", "-7", "0", "5.5", "9", "5.75"})
    void zoneFollowsFromTheLogsMiddles(double hours) {
        double first = EPOCH_MS + 1_000;
        double last = EPOCH_MS + 421_000;
        double shift = hours * 3_600_000;

        List<Integer> found =
                ZoneInference.candidates(first + shift + 2_850, last + shift + 2_850, EPOCH_MS, EPOCH_MS + 418_000.0);

        assertThat(found).containsExactly((int) Math.round(hours * 60));
    }

    @Test
    void aShortLogInALongOneLeavesTheZoneOpen() {
        List<Integer> found = ZoneInference.candidates(
                EPOCH_MS, EPOCH_MS + 4 * 3_600_000.0, EPOCH_MS + 3_600_000.0, EPOCH_MS + 4_200_000.0);

        assertThat(found).hasSizeGreaterThan(5).contains(0);
    }
}
