package dev.wattline.analysis.source;

import dev.wattline.analysis.calibration.CalibrationRefusedException;
import dev.wattline.analysis.calibration.Cooling;
import dev.wattline.analysis.calibration.MachinePrint;
import dev.wattline.analysis.calibration.PowerCalibration;
import dev.wattline.analysis.calibration.PowerGrid;
import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.calibration.WallPredictor;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.model.finding.Finding;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Wall power by a calibration, over a part of a phase.
 *
 * @param calibration the calibration
 * @param name what the user calls it, for messages
 * @param options what the user said of its use
 */
public record InferredWall(PowerCalibration calibration, String name, Options options) {
    private static final double CHANGED = 1.5; // times what changes from day to day, after a change of software
    private static final double ACCEPTED = 2; // after one that the user accepted

    /**
     * What the user said.
     *
     * @param sameKind whether the load is one that was calibrated
     * @param acceptChanged whether a changed power limit is meant
     * @param unseen what no source sees, in W; empty for what is assumed
     */
    public record Options(boolean sameKind, boolean acceptChanged, Optional<WallPredictor.Range> unseen) {
        /** Nothing special. */
        public static final Options NONE = new Options(false, false, Optional.empty());
    }

    /**
     * Infers it.
     *
     * @param facts what the machine said of itself when it was measured
     * @param telemetry the phase's telemetry
     * @param fromS begin in s since 1970 by the machine's clock
     * @param toS end
     * @throws CalibrationRefusedException if the calibration is of another machine, or does not reach
     */
    public WallPrediction over(SystemFacts facts, Path telemetry, TelemetryMeta meta, double fromS, double toS) {
        MachinePrint machine = MachinePrint.of(facts).with(MeteredSession.supplies(meta));
        MachinePrint.Changes changes = calibration.machine().changes(machine);
        List<String> refused = new ArrayList<>(changes.refused());
        if (!options.acceptChanged()) {
            refused.addAll(changes.acceptable());
        }
        if (!refused.isEmpty()) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    !changes.refused().isEmpty()
                                            ? "calibration-other-machine"
                                            : "calibration-limit-changed",
                                    name + " is of another machine: " + String.join("; ", refused))
                            .withAll(values(refused)),
                    changes.refused().isEmpty()
                            ? "If the change is meant, say so with --accept-changed; else calibrate anew."
                            : "Calibrate this machine with 'wattline calibrate'.");
        }
        int seconds = (int) Math.floor(toS - fromS);
        if (seconds < 5) {
            throw new CalibrationRefusedException(
                    Finding.of("calibration-run-short", "the run took less than 5 s, too short to infer wall power")
                            .with("seconds", seconds),
                    null);
        }
        Integer sockets = facts.processor().sockets();
        PowerGrid grid = SourceGrid.read(telemetry, meta, fromS, seconds, sockets == null ? 1 : sockets);
        double factor =
                !changes.acceptable().isEmpty() ? ACCEPTED : changes.told().isEmpty() ? 1 : CHANGED;
        Instant at = Instant.ofEpochMilli(Math.round(1e3 * fromS));
        WallPrediction found = new WallPredictor(
                        calibration,
                        new WallPredictor.Use(options.sameKind(), calibration.months(at), factor, options.unseen()))
                .predict(grid, 0, seconds)
                .orElseThrow(() -> new CalibrationRefusedException(
                        Finding.of("calibration-sources-missing", name + " needs sources that gave no readings here"),
                        "Measure with those it was made with."));
        Cooling.Changes cooling = calibration.cooling().changes(CoolingReadings.over(telemetry, meta, fromS, toS));
        if (!cooling.stopped().isEmpty()) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-fan-stopped",
                                    name + " is of this machine with all of its fans: "
                                            + String.join("; ", cooling.stopped()))
                            .with("fans", String.join("; ", cooling.stopped())),
                    "Replace the fan, or calibrate this machine as it is.");
        }
        List<String> told = new ArrayList<>(found.told());
        changes.acceptable().forEach(change -> told.add("accepted: " + change));
        changes.told().forEach(change -> told.add("changed: " + change));
        if (!machine.knowsSupplies() && !calibration.machine().knowsSupplies()) {
            told.add("power supplies are not among what is compared: after a change of one, calibrate anew");
        }
        return new WallPrediction(
                        toS - fromS,
                        found.watts(),
                        found.sigmaW(),
                        found.method(),
                        found.termsW(),
                        told,
                        found.contradicts(),
                        found.promise())
                .with(cooling);
    }

    /** What changed, by name; each change is {@code name: what it was and is}. */
    private static Map<String, String> values(List<String> changes) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String change : changes) {
            int colon = change.indexOf(": ");
            values.put(change.substring(0, colon), change.substring(colon + 2));
        }
        return values;
    }
}
