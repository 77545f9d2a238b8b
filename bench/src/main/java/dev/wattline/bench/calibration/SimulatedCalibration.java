package dev.wattline.bench.calibration;

import dev.wattline.analysis.calibration.CalibrationSession;
import dev.wattline.analysis.calibration.Cooling;
import dev.wattline.analysis.calibration.MachinePrint;
import dev.wattline.analysis.calibration.PowerCalibration;
import dev.wattline.analysis.calibration.SessionFit;
import dev.wattline.analysis.calibration.Stair;
import dev.wattline.simulation.machine.MachineLoad;
import dev.wattline.simulation.machine.SimulatedMachine;
import dev.wattline.simulation.machine.SimulatedMachine.Day;
import dev.wattline.simulation.machine.SimulatedMachine.Shown;
import dev.wattline.sut.workload.Staircase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The built-in staircase on a simulated machine beside a simulated meter. */
final class SimulatedCalibration {
    private static final Instant FIRST = Instant.parse("2026-01-20T08:00:00Z");
    private static final long DAY_S = 86_400;

    private final SimulatedMachine machine;
    private final Staircase staircase;

    SimulatedCalibration(SimulatedMachine machine, long seed) {
        this.machine = machine;
        this.staircase = Staircase.of(Staircase.Length.FULL, true, machine.cards().length, seed);
    }

    /** One session on a day. */
    CalibrationSession session(int number, Day day, SplittableRandom random) {
        Shown shown = machine.run(load(), day, random);
        return fit(shown, shown.meterW(), number);
    }

    /**
     * One session whose meter shows this much more while the part runs that is kept back.
     *
     * @throws dev.wattline.analysis.calibration.CalibrationRefusedException if it is noticed
     */
    CalibrationSession withMeterError(double share, Day day, SplittableRandom random) {
        Shown shown = machine.run(load(), day, random);
        double[] meter = shown.meterW().clone();
        for (Stair stair : stairs()) {
            for (int k = (int) stair.beginS(); stair.holdOut() && k < stair.endS(); k++) {
                meter[k] *= 1 + share;
            }
        }
        return fit(shown, meter, 0);
    }

    private CalibrationSession fit(Shown shown, double[] meter, int number) {
        return SessionFit.of(
                SourceSet.everything(machine, shown),
                meter,
                stairs(),
                FIRST.plusSeconds(DAY_S * number),
                Map.of(),
                Cooling.NONE);
    }

    PowerCalibration of(List<CalibrationSession> sessions) {
        return new PowerCalibration(
                sessions.size(),
                FIRST,
                "simulated",
                new PowerCalibration.Meter("analyzer", "", 0.1, 0),
                new MachinePrint(new TreeMap<>()),
                "",
                false,
                sessions);
    }

    private MachineLoad load() {
        MachineLoad load = MachineLoad.blank(machine.cards().length, staircase.seconds(), 1, 0);
        int at = 0;
        for (Staircase.Step step : staircase.steps()) {
            if (step.card() == Staircase.ALL) {
                load.set(at, at + step.seconds(), step.gpu(), step.cpu());
            } else {
                java.util.Arrays.fill(load.gpu()[step.card()], at, at + step.seconds(), step.gpu());
            }
            at += step.seconds();
        }
        load.usualMemory();
        return load;
    }

    private List<Stair> stairs() {
        List<Stair> stairs = new ArrayList<>();
        int at = 0;
        for (Staircase.Step step : staircase.steps()) {
            double gpu = step.card() == Staircase.ALL ? step.gpu() : step.gpu() / machine.cards().length;
            stairs.add(new Stair(at, at + step.seconds(), gpu, step.cpu(), step.holdOut()));
            at += step.seconds();
        }
        return stairs;
    }
}
