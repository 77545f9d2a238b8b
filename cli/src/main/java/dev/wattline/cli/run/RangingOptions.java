package dev.wattline.cli.run;

import dev.wattline.cli.options.PythonNumber;
import dev.wattline.cli.options.UsageException;
import dev.wattline.sut.loadgen.ShortRanging;
import dev.wattline.sut.session.RunRequest.ManualRanges;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the analyzers' ranges are found. */
final class RangingOptions {
    @Option(
            names = {"-A", "--max-amps"},
            paramLabel = "AMPS",
            converter = PythonNumber.Decimal.class,
            description = {
                "Measure with this current range, without a ranging phase; for experiments.",
                "Needs -V; 0 is as good as none (default: 0)."
            })
    private double maxAmps;

    @Option(
            names = {"-V", "--max-volts"},
            paramLabel = "VOLTS",
            converter = PythonNumber.Decimal.class,
            description = {
                "Measure with this voltage range, without a ranging phase; for experiments.",
                "Needs -A; 0 is as good as none (default: 0)."
            })
    private double maxVolts;

    @Option(
            names = "--ranging-only",
            description = "End after the ranging phase and print the load's peaks; no submission.")
    private boolean rangingOnly;

    @Option(
            names = "--ranging-seconds",
            paramLabel = "S",
            description = {
                "Tell the workload (WATTLINE_RANGING_SECONDS) to run this long in the ranging phase; at least 120,",
                "300 is usual (default: as long as in the testing phase)."
            })
    private @Nullable Integer rangingSeconds;

    @Option(
            names = "--user-conf",
            paramLabel = "FILE",
            description =
                    "LoadGen's user.conf. The workload finds it in WATTLINE_USER_CONF, cut to --ranging-seconds in"
                            + " the ranging phase.")
    private @Nullable Path userConf;

    /** As with the reference, both must be above 0; anything else is a measurement with a ranging phase. */
    Optional<ManualRanges> manualRanges() {
        return maxAmps > 0 && maxVolts > 0 ? Optional.of(new ManualRanges(maxVolts, maxAmps)) : Optional.empty();
    }

    /** How the ranging phase is made shorter than the testing phase; empty if it is not. */
    Optional<ShortRanging> shortRanging() {
        if (rangingSeconds == null && userConf != null) {
            throw new UsageException(
                    "--user-conf was given, but no short ranging is asked for", "Give --ranging-seconds 300 too.");
        }
        return Optional.ofNullable(rangingSeconds)
                .map(seconds -> new ShortRanging(seconds, Optional.ofNullable(userConf)));
    }

    /** A warning about ranges that were given in vain. */
    Optional<String> rangesWithoutEffect() {
        return manualRanges().isEmpty() && (maxAmps != 0 || maxVolts != 0)
                ? Optional.of("warning: --max-amps " + maxAmps + " and --max-volts " + maxVolts
                        + " have no effect unless both are above 0: a ranging phase finds the ranges")
                : Optional.empty();
    }

    /** Whether the run ends when they are found. */
    boolean isOnly() {
        return rangingOnly;
    }
}
