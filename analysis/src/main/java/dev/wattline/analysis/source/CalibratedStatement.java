package dev.wattline.analysis.source;

import dev.wattline.analysis.calibration.CalibrationRefusedException;
import java.util.Optional;
import java.util.function.Function;

/**
 * What sources said, with power at the wall by a calibration, or with the reason why that is refused: a refusal costs the
 * wall power and nothing else.
 *
 * @param refusal why there is no wall power by the calibration; empty where there is, or none was given
 */
public record CalibratedStatement(EnergyStatement statement, Optional<CalibrationRefusedException> refusal) {

    /**
     * @param measured without wall power by the calibration
     * @param wall the calibration; empty if none was given
     * @param infer the statement with it; may throw a {@link CalibrationRefusedException}
     */
    public static CalibratedStatement of(
            EnergyStatement measured, Optional<InferredWall> wall, Function<InferredWall, EnergyStatement> infer) {
        try {
            return new CalibratedStatement(wall.map(infer).orElse(measured), Optional.empty());
        } catch (CalibrationRefusedException e) {
            return new CalibratedStatement(measured.refused(e.finding()), Optional.of(e));
        }
    }

    /**
     * To be called once all else is written.
     *
     * @throws CalibrationRefusedException if the calibration was refused
     */
    public void requireAccepted() {
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }
}
