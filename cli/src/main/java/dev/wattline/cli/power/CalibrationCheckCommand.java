package dev.wattline.cli.power;

import dev.wattline.analysis.calibration.CalibrationRefusedException;
import dev.wattline.analysis.calibration.CalibrationVerdict;
import dev.wattline.analysis.calibration.Cooling;
import dev.wattline.analysis.calibration.MachinePrint;
import dev.wattline.analysis.calibration.PowerCalibration;
import dev.wattline.analysis.calibration.json.PowerCalibrationJson;
import dev.wattline.analysis.source.MeteredSession;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.model.finding.Finding;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wattline calibration check}: whether a calibration still holds, beside a meter, months later. */
@Command(
        name = "check",
        description = {
            "Hold a calibration against a new session that was measured at the wall.",
            "Exit status: 0 it holds, 1 it drifted or is broken, or could not be checked."
        },
        footerHeading = "%nExamples:%n",
        footer = "  wattline calibration check lab-a.json results/SESSION --stairs staircase.csv")
final class CalibrationCheckCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "F", description = "The calibration.")
    private Path file = Path.of("");

    @Mixin
    private MeterOptions metered = new MeterOptions();

    @Override
    public Integer call() {
        PowerCalibration calibration = PowerCalibrationJson.read(file);
        MeteredSession session = metered.read();
        MachinePrint.Changes changes = calibration.machine().changes(session.machine());
        if (!changes.refused().isEmpty()) {
            throw new CalibrationRefusedException(
                    Finding.of(
                            "calibration-other-machine",
                            file + " is of another machine: " + String.join("; ", changes.refused())),
                    "Calibrate this machine with 'wattline calibrate'.");
        }
        changes.acceptable().forEach(change -> System.out.println("Changed: " + change));
        changes.told().forEach(change -> System.out.println("Changed: " + change));
        Cooling.Changes cooling = calibration.cooling().changes(session.cooling());
        cooling.stopped().forEach(change -> System.out.println("Changed: " + change));
        cooling.told().forEach(told -> System.out.println("Note: " + told));
        CalibrationVerdict verdict =
                CalibrationVerdict.of(calibration, session.grid(), session.wall(), session.stairs(), session.begin());
        for (CalibrationVerdict.Level level : verdict.levels()) {
            System.out.printf(
                    Locale.ROOT,
                    "  GPUs %3.0f %%, processors %3.0f %%: measured %.1f W, inferred %.1f W, ±%.1f W%n",
                    100 * level.stair().gpu(),
                    100 * level.stair().cpu(),
                    level.measuredW(),
                    level.inferredW(),
                    level.halfWidthW());
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %s; the mean is off by %+.1f W (%+.2f %%)%n",
                verdict.outcome().name().toLowerCase(Locale.ROOT),
                verdict.why(),
                verdict.shiftW(),
                verdict.shiftPct());
        return verdict.outcome() == CalibrationVerdict.Outcome.HOLDS ? ExitCode.OK.code() : ExitCode.FAILURE.code();
    }
}
