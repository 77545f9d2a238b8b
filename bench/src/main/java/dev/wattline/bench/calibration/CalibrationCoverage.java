package dev.wattline.bench.calibration;

import dev.wattline.analysis.calibration.CalibrationRefusedException;
import dev.wattline.analysis.calibration.CalibrationSession;
import dev.wattline.analysis.calibration.PowerCalibration;
import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.calibration.WallPredictor;
import dev.wattline.analysis.calibration.WallPredictor.Use;
import dev.wattline.simulation.machine.MachineLoad;
import dev.wattline.simulation.machine.SimulatedMachine;
import dev.wattline.simulation.machine.SimulatedMachine.Day;
import dev.wattline.simulation.machine.SimulatedMachine.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Draws machines, calibrates each with the built-in staircase on one day or two, and looks on another day whether the true
 * energy of other loads lies in the interval. No machine is used twice.
 */
public final class CalibrationCoverage {
    private static final int IDLE_S = 150; // before a load, which no source sees: measuring begins with the load
    private static final int SAME = 2;
    private static final int OTHER = 3;
    private static final int[] LENGTHS_S = {300, 120, 600};
    private static final double UNSEEN = 0.03;

    private final Map<Key, Tally> cells = new LinkedHashMap<>();
    private int calibrated;
    private int refused;
    private final List<String> reasons = new ArrayList<>();

    private CalibrationCoverage() {}

    /** What a row of the table is about; a length of 0 stands for all. */
    public record Key(SourceSet sources, boolean sameKind, int seconds, Rail rail) {}

    /** Whether memory has a rail. */
    public enum Rail {
        ANY,
        WITH,
        WITHOUT
    }

    /** How the windows of a row went. */
    public static final class Tally {
        private int inside;
        private final List<Double> halfWidths = new ArrayList<>();
        private final List<Double> errors = new ArrayList<>();

        private void add(WallPrediction prediction, double truth) {
            double error = Math.abs(prediction.watts() - truth);
            inside += error <= prediction.halfWidthW() ? 1 : 0;
            halfWidths.add(100 * prediction.halfWidthW() / truth);
            errors.add(100 * error / truth);
        }

        public int windows() {
            return errors.size();
        }

        /** Windows whose true energy lies in the interval, in percent. */
        public double insidePct() {
            return 100.0 * inside / errors.size();
        }

        /** Median of half of the interval, in percent of the energy. */
        public double halfWidthPct() {
            return quantile(halfWidths, 0.5);
        }

        /** Quantile of the errors, in percent of the energy. */
        public double errorPct(double share) {
            return quantile(errors, share);
        }

        private static double quantile(List<Double> values, double share) {
            double[] sorted =
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted[(int) Math.round(share * (sorted.length - 1))];
        }
    }

    /**
     * @param systems how many machines
     * @param sessions calibrations of each, on as many days
     * @param drift by how much more than assumed days differ
     */
    public static CalibrationCoverage run(int systems, int sessions, double drift, long seed) {
        CalibrationCoverage coverage = new CalibrationCoverage();
        for (int i = 0; i < systems; i++) {
            coverage.system(new SplittableRandom(seed + 1_000_003L * i), seed + i, sessions, drift);
        }
        return coverage;
    }

    private void system(SplittableRandom random, long seed, int sessions, double drift) {
        SimulatedMachine machine = SimulatedMachine.draw(random);
        SimulatedCalibration staircase = new SimulatedCalibration(machine, seed);
        List<CalibrationSession> made = new ArrayList<>();
        for (int s = 0; s < sessions; s++) {
            calibrated++;
            try {
                made.add(staircase.session(s, machine.day(drift, random), random));
            } catch (CalibrationRefusedException e) {
                refused++;
                reasons.add(String.valueOf(e.getMessage()));
                return;
            }
        }
        PowerCalibration calibration = staircase.of(made);
        int cards = machine.cards().length;
        for (int i = 0; i < SAME + OTHER; i++) {
            boolean same = i < SAME;
            int seconds = LENGTHS_S[same ? i == 0 ? 0 : 1 + random.nextInt(2) : i - SAME];
            MachineLoad load = same
                    ? MachineLoad.sameKind(cards, IDLE_S, seconds, random)
                    : MachineLoad.otherKind(cards, IDLE_S, seconds, UNSEEN, random);
            Day day = machine.day(drift, random);
            use(machine, calibration, machine.run(load, day, random), same, seconds);
        }
    }

    private void use(SimulatedMachine machine, PowerCalibration calibration, Shown shown, boolean same, int seconds) {
        double truth = Arrays.stream(shown.wallW(), IDLE_S, IDLE_S + seconds).sum() / seconds;
        Use use = new Use(same, 0, 1, Optional.empty());
        Rail rail = shown.memoryW().length > 0 ? Rail.WITH : Rail.WITHOUT;
        for (SourceSet sources : SourceSet.values()) {
            Optional<WallPrediction> prediction =
                    new WallPredictor(calibration, use).predict(sources.grid(machine, shown, IDLE_S), 0, seconds);
            prediction.ifPresent(known -> {
                for (int length : new int[] {0, seconds}) {
                    for (Rail which : new Rail[] {Rail.ANY, rail}) {
                        cells.computeIfAbsent(new Key(sources, same, length, which), none -> new Tally())
                                .add(known, truth);
                    }
                }
            });
        }
    }

    /**
     * A row.
     *
     * @throws IllegalStateException if no window was of it
     */
    public Tally cell(Key key) {
        Tally cell = cells.get(key);
        if (cell == null) {
            throw new IllegalStateException("no window of " + key + "; take more machines");
        }
        return cell;
    }

    /** Sessions of sound machines that were tried. */
    public int calibrated() {
        return calibrated;
    }

    /** How many of them were refused, and why. */
    public int refused() {
        return refused;
    }

    public List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** Of so many machines whose meter shows this much more in the part kept back, the share that is refused, in percent. */
    public static double caughtPct(int systems, double share, long seed) {
        int caught = 0;
        for (int i = 0; i < systems; i++) {
            SplittableRandom random = new SplittableRandom(seed + 1_000_003L * i);
            SimulatedMachine machine = SimulatedMachine.draw(random);
            try {
                new SimulatedCalibration(machine, seed + i).withMeterError(share, machine.day(1, random), random);
            } catch (CalibrationRefusedException e) {
                caught++;
            }
        }
        return 100.0 * caught / systems;
    }
}
