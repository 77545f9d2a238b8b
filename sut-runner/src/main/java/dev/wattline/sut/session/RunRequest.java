package dev.wattline.sut.session;

import dev.wattline.model.SessionId;
import dev.wattline.protocol.HostPort;
import dev.wattline.sut.telemetry.TelemetryOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What to measure, as the command line says it.
 *
 * @param director whom to connect to
 * @param ntp the time server both clocks are checked against
 * @param workload command line for a shell
 * @param loadgenLogs INDIR, below which the workload writes its LoadGen logs
 * @param output OUTDIR, which gets the session folder
 * @param label goes into the session's name; may be empty
 * @param manualRange ranges for a measurement without a ranging phase, which is good for experiments only
 * @param telemetry how to collect the GPUs' own readings; empty for an official measurement, which is not disturbed unasked
 */
public record RunRequest(
        DirectorTarget director,
        HostPort ntp,
        String workload,
        Path loadgenLogs,
        Path output,
        String label,
        Optional<ManualRanges> manualRange,
        Optional<TelemetryOptions> telemetry,
        Set<RunOption> options) {

    public RunRequest {
        if (!SessionId.isLabel(label)) {
            throw new IllegalArgumentException(
                    "invalid --label '" + label + "': only ASCII letters, digits, - and _ are allowed");
        }
        if (workload.isBlank()) {
            throw new IllegalArgumentException("--run-workload: expected a command, got none");
        }
        new RunFolders(loadgenLogs, output).requireApart();
        options = Set.copyOf(options);
    }

    boolean has(RunOption option) {
        return options.contains(option);
    }

    /** Volts and amps, both above zero. */
    public record ManualRanges(double volts, double amps) {
        public ManualRanges {
            if (!(volts > 0) || !(amps > 0)) {
                throw new IllegalArgumentException(
                        "--max-volts and --max-amps must be above 0, got " + volts + " and " + amps);
            }
        }
    }
}
