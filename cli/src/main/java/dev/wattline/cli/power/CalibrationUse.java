package dev.wattline.cli.power;

import dev.wattline.analysis.calibration.WallPredictor.Range;
import dev.wattline.analysis.calibration.json.PowerCalibrationJson;
import dev.wattline.analysis.source.InferredWall;
import dev.wattline.cli.options.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** To infer wall power by a calibration: {@code @Mixin CalibrationUse}. */
final class CalibrationUse {
    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = "Infer power at the wall by this calibration of 'wattline calibrate'.")
    private @Nullable Path file;

    @Option(
            names = "--same-kind",
            description = "The load is one of those that were calibrated: narrower interval (default: it is another).")
    private boolean sameKind;

    @Option(names = "--accept-changed", description = "A power limit that changed since the calibration is meant.")
    private boolean acceptChanged;

    @Option(
            names = "--unseen-watts",
            paramLabel = "LOW,HIGH",
            split = ",",
            description = "What disks, network and the like draw that no source sees (default: 0 to 3 %%).")
    private List<Double> unseen = List.of();

    /**
     * The calibration, if one was given.
     *
     * @throws UsageException if an option needs one, or is wrong
     */
    Optional<InferredWall> read() {
        if (file == null) {
            if (sameKind || acceptChanged || !unseen.isEmpty()) {
                throw new UsageException(
                        "--same-kind, --accept-changed and --unseen-watts need a calibration",
                        "Give --calibration FILE.");
            }
            return Optional.empty();
        }
        boolean two = unseen.isEmpty() || (unseen.size() == 2 && unseen.get(0) >= 0 && unseen.get(0) <= unseen.get(1));
        if (!two) {
            throw new UsageException("--unseen-watts: expected LOW,HIGH in W, such as 5,20, got " + unseen, null);
        }
        Optional<Range> range =
                unseen.isEmpty() ? Optional.empty() : Optional.of(new Range(unseen.get(0), unseen.get(1)));
        return Optional.of(new InferredWall(
                PowerCalibrationJson.read(file),
                String.valueOf(file.getFileName()),
                new InferredWall.Options(sameKind, acceptChanged, range)));
    }
}
