package dev.wattline.bench.physics;

import dev.wattline.analysis.error.PhaseBudget;
import dev.wattline.analysis.error.Readings;
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
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Measures whether the 95 % interval of the mean power holds: simulated loads under simulated sensors, cards drawn from
 * what the interval assumes, and the share of runs whose true mean lies inside.
 */
public final class CoverageSuite {
    private static final double LOAD_S = 60;
    private static final double[] OTHER_LENGTHS_S = {20, 600};
    private static final double IDLE_MS = 10_000;
    private static final double CALIBRATED_GAIN_SIGMA = 0.005;
    private static final double CALIBRATED_OFFSET_SIGMA_W = 1;

    /** Loads that a 1 s average nearly smooths out, which only that sensor gets. */
    private static final List<StepLoad.Shape> SMOOTHED = List.of(
            StepLoad.Shape.SQUARE_700,
            StepLoad.Shape.SQUARE_900,
            StepLoad.Shape.SQUARE_1100,
            StepLoad.Shape.SQUARE_1700,
            StepLoad.Shape.SQUARE_2300);

    private CoverageSuite() {}

    /** Sensors and pollings as they are met. */
    public enum Setting {
        /** The 1 s average, polled once a second. */
        AVERAGE_1HZ(100, 1000, 1000),
        /** A window of a whole period, polled at 10 Hz. */
        FULL_10HZ(100, 100, 100),
        /** A window of a whole period, polled once a second. */
        FULL_1HZ(100, 100, 1000),
        /** A100: a quarter of the time, every update read. */
        A100_50HZ(101.2, 25, 20),
        /** A100 polled once a second. */
        A100_1HZ(101.2, 25, 1000),
        /** The 1 s average, polled at 10 Hz: windows overlap. */
        AVERAGE_10HZ(100, 1000, 100);

        /** Those of the general loads at the usual length. */
        private static final List<Setting> GENERAL = List.of(AVERAGE_1HZ, FULL_10HZ, FULL_1HZ, A100_50HZ, A100_1HZ);

        private final double periodMs;
        private final double windowMs;
        private final double pollMs;

        Setting(double periodMs, double windowMs, double pollMs) {
            this.periodMs = periodMs;
            this.windowMs = windowMs;
            this.pollMs = pollMs;
        }
    }

    /**
     * One cell of the table.
     *
     * @param load the load
     * @param setting sensor and polling
     * @param seconds length of the load in s
     * @param runs runs made
     * @param calibratedPct share of runs inside the interval of a calibrated card, in percent
     * @param priorPct share of runs inside the interval of a card of the population, in percent
     * @param halfWidthPct mean half-width of a calibrated card, in percent of the mean
     * @param priorHalfWidthPct mean half-width of a card of the population, in percent
     */
    public record Cell(
            StepLoad.Shape load,
            Setting setting,
            double seconds,
            int runs,
            double calibratedPct,
            double priorPct,
            double halfWidthPct,
            double priorHalfWidthPct) {}

    /** All cells, each with this many runs; the same seed gives the same table. */
    public static List<Cell> run(int runsPerCell, long seed) {
        List<Cell> cells = new ArrayList<>();
        for (StepLoad.Shape load : StepLoad.Shape.GENERAL) {
            for (Setting setting : Setting.GENERAL) {
                cells.add(cell(load, setting, LOAD_S, runsPerCell, seed + 31L * cells.size()));
            }
        }
        for (StepLoad.Shape load : SMOOTHED) {
            cells.add(cell(load, Setting.AVERAGE_1HZ, LOAD_S, runsPerCell, seed + 31L * cells.size()));
        }
        List<StepLoad.Shape> all = Stream.concat(StepLoad.Shape.GENERAL.stream(), SMOOTHED.stream())
                .toList();
        for (StepLoad.Shape load : all) {
            cells.add(cell(load, Setting.AVERAGE_10HZ, LOAD_S, runsPerCell, seed + 31L * cells.size()));
        }
        for (double seconds : OTHER_LENGTHS_S) {
            for (StepLoad.Shape load : all) {
                cells.add(cell(load, Setting.AVERAGE_1HZ, seconds, runsPerCell, seed + 31L * cells.size()));
            }
        }
        return cells;
    }

    private static Cell cell(StepLoad.Shape shape, Setting setting, double seconds, int runs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double lengthMs = seconds * 1e3;
        int calibrated = 0;
        int prior = 0;
        double half = 0;
        double priorHalf = 0;
        for (int run = 0; run < runs; run++) {
            StepLoad load = shape.between(lengthMs, IDLE_MS, random);
            Calibration nominal =
                    new Calibration(0.96, CALIBRATED_GAIN_SIGMA * 0.96, 1, CALIBRATED_OFFSET_SIGMA_W, false);
            PhaseBudget known = budget(load, lengthMs, setting, nominal, random);
            PhaseBudget unknown = budget(load, lengthMs, setting, Calibration.PRIOR, random);
            double truth = load.mean(0, lengthMs);
            calibrated += Math.abs(known.powerW() - truth) <= known.halfWidth() ? 1 : 0;
            prior += Math.abs(unknown.powerW() - truth) <= unknown.halfWidth() ? 1 : 0;
            half += 100 * known.halfWidth() / truth / runs;
            priorHalf += 100 * unknown.halfWidth() / truth / runs;
        }
        return new Cell(
                shape, setting, seconds, runs, 100.0 * calibrated / runs, 100.0 * prior / runs, half, priorHalf);
    }

    /** The budget of a card drawn from what is assumed of it. */
    private static PhaseBudget budget(
            StepLoad load, double lengthMs, Setting setting, Calibration assumed, SplittableRandom random) {
        RandomGenerator normal = random;
        double gain = assumed.gain() + assumed.gainSigma() * normal.nextGaussian();
        double offset = assumed.offsetW() + assumed.offsetSigmaW() * normal.nextGaussian();
        SimulatedSensor sensor = new SimulatedSensor(
                setting.periodMs, setting.windowMs, 0, gain, offset, setting.periodMs * random.nextDouble());
        double first = -IDLE_MS + 1000 + setting.pollMs * random.nextDouble();
        PowerSeries log = sensor.poll(
                        load,
                        SimulatedSensor.Polling.every(setting.pollMs),
                        first,
                        lengthMs + IDLE_MS - 1000,
                        1_700_000_000_000L,
                        random)
                .into(new PowerSeries(), PowerSeries::add);
        double poll = PollStats.of(log).medianMs();
        CardCalibrations.Entry user =
                new CardCalibrations.Entry(null, null, null, null, null, setting.periodMs, setting.windowMs, 0);
        SensorModel model =
                SensorModel.resolve(user, PeriodDetector.detect(log, poll, List.of()), Optional.empty(), "power.draw");
        Readings readings = Readings.of(log, model, poll, 0);
        return PhaseBudget.of(readings, 1_700_000_000_000.0, 1_700_000_000_000.0 + lengthMs, assumed, 0, 0.01);
    }
}
