package dev.wattline.cli.run;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.model.IoErrors;
import dev.wattline.sut.loadgen.ShortRanging;
import dev.wattline.sut.loadgen.UserConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline ranging-conf}: LoadGen's configuration for a short ranging phase. */
@Command(
        name = "ranging-conf",
        description = {
            "Print LoadGen's user.conf with a shorter run for every model and scenario that it names.",
            "An Offline run is cut by the samples that its target_qps makes in that time. 'run --user-conf' does this by"
                    + " itself."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  [ \"$WATTLINE_PHASE\" = ranging ] &&",
            "      wattline ranging-conf user.conf --seconds 300 > user-ranging.conf"
        })
public final class RangingConfCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "USER.CONF", description = "LoadGen's configuration of the testing phase.")
    private Path file = Path.of("");

    @Option(names = "--seconds", paramLabel = "S", description = "How long to run (default: ${DEFAULT-VALUE}).")
    private int seconds = ShortRanging.USUAL_SECONDS;

    @Override
    public Integer call() {
        if (seconds < 1) {
            throw new UsageException("--seconds: expected at least 1, got " + seconds, null);
        }
        try {
            System.out.print(new UserConf(file, Files.readString(file)).shortened(seconds));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), "LoadGen's user.conf is expected.");
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + IoErrors.of(e), "LoadGen's user.conf is expected.");
        }
        return ExitCode.OK.code();
    }
}
