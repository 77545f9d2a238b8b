package dev.wattline.sut.session;

import dev.wattline.model.Phase;
import dev.wattline.model.SessionId;
import dev.wattline.protocol.HostPort;
import dev.wattline.sut.companion.CompanionOrder;
import dev.wattline.sut.director.DirectorTarget;
import dev.wattline.sut.director.RunOption;
import dev.wattline.sut.loadgen.ShortRanging;
import dev.wattline.sut.telemetry.TelemetryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * @param shortRanging for how long the ranging phase should run, if not as long as the testing phase
 * @param record by what the session is found again
 * @param telemetry how to collect the GPUs' own readings; empty for an official measurement, which is not disturbed unasked
 * @param companion what runs beside the workload in each phase; empty for nothing
 * @param workloadLimit how long the workload may run in a phase; empty for as long as it does
 */
public record RunRequest(
        DirectorTarget director,
        HostPort ntp,
        String workload,
        Path loadgenLogs,
        Path output,
        String label,
        Optional<ManualRanges> manualRange,
        Optional<ShortRanging> shortRanging,
        RunRecord record,
        Optional<TelemetryOptions> telemetry,
        Optional<CompanionOrder> companion,
        Optional<Duration> workloadLimit,
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
        if (manualRange.isPresent() && (options.contains(RunOption.RANGING_ONLY) || shortRanging.isPresent())) {
            throw new IllegalArgumentException(
                    "--max-amps and --max-volts leave the ranging phase out: they go with neither --ranging-only nor"
                            + " --ranging-seconds");
        }
        if (!options.contains(RunOption.PROFILE) && !options.contains(RunOption.RANGING_ONLY)) {
            shortRanging.ifPresent(ShortRanging::requireEnough);
            if (companion.isPresent()) {
                throw new IllegalArgumentException(
                        "--companion: a session of two workloads is no submission; give --profile too");
            }
        }
    }

    /** One of a workload that runs alone. */
    public RunRequest(
            DirectorTarget director,
            HostPort ntp,
            String workload,
            Path loadgenLogs,
            Path output,
            String label,
            Optional<ManualRanges> manualRange,
            Optional<ShortRanging> shortRanging,
            RunRecord record,
            Optional<TelemetryOptions> telemetry,
            Optional<Duration> workloadLimit,
            Set<RunOption> options) {
        this(
                director,
                ntp,
                workload,
                loadgenLogs,
                output,
                label,
                manualRange,
                shortRanging,
                record,
                telemetry,
                Optional.empty(),
                workloadLimit,
                options);
    }

    /** The same with something that runs beside the workload. */
    public RunRequest beside(CompanionOrder other) {
        return new RunRequest(
                director,
                ntp,
                workload,
                loadgenLogs,
                output,
                label,
                manualRange,
                shortRanging,
                record,
                telemetry,
                Optional.of(other),
                workloadLimit,
                options);
    }

    /** The phases to run, in order. */
    List<Phase> phases() {
        return manualRange.isPresent()
                ? List.of(Phase.TESTING)
                : has(RunOption.RANGING_ONLY) ? List.of(Phase.RANGING) : List.of(Phase.RANGING, Phase.TESTING);
    }

    /** What the session is for: {@code official}, {@code profile} or {@code ranging}. */
    String kind() {
        return has(RunOption.RANGING_ONLY)
                ? Phase.RANGING.word()
                : has(RunOption.PROFILE) || manualRange.isPresent() ? "profile" : "official";
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
