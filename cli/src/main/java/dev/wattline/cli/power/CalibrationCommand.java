package dev.wattline.cli.power;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.UsageException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wattline calibration}: what there is to do with a calibration that was made. */
@Command(
        name = "calibration",
        description = {
            "Look whether a calibration of 'wattline calibrate' still holds.",
            "'wattline calibration check --help' shows its options with examples."
        },
        subcommands = CalibrationCheckCommand.class,
        footerHeading = "%nExamples:%n",
        footer = "  wattline calibration check lab-a.json results/SESSION --stairs staircase.csv")
public final class CalibrationCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        throw new UsageException("nothing to do", "Name a command; 'wattline calibration --help' lists them.");
    }
}
