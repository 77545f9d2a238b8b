package dev.wattline.cli.run;

import dev.wattline.cli.options.UsageException;
import dev.wattline.sut.telemetry.TelemetryOptions;
import dev.wattline.sut.telemetry.source.SourceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the machine's own power readings are recorded beside the analyzer's. */
final class TelemetryChoice {
    @Option(
            names = "--telemetry",
            defaultValue = "none",
            paramLabel = "none|SOURCES",
            description = {
                "Record the machine's own power readings during both phases: nvidia-smi, nvml, rapl, os, hwmon,"
                        + " cooling,",
                "amd, amd-smi, jetson, tegrastats, redfish, ipmi, command:NAME, file:NAME, comma between"
                        + " (default: ${DEFAULT-VALUE})."
            })
    private String telemetry = "none";

    @Option(
            names = "--telemetry-settings",
            paramLabel = "FILE",
            description = "Your settings of sources: addresses, credential files, commands.")
    private @Nullable Path telemetrySettings;

    @Option(names = "--telemetry-required", description = "Fail where a source of --telemetry cannot be read.")
    private boolean telemetryRequired;

    @Option(
            names = "--telemetry-interval",
            paramLabel = "MS",
            description = "Time between two readings of nvidia-smi (default: what the GPUs' sensors ask for).")
    private @Nullable Integer telemetryMillis;

    @Option(
            names = "--nvidia-smi",
            paramLabel = "PROGRAM",
            description = "The program to read them with (default: nvidia-smi).")
    private @Nullable String nvidiaSmi;

    /** The sources; empty where none is asked for. */
    Optional<TelemetryOptions> options() {
        if (telemetry.equals("none")) {
            if (telemetryMillis != null || nvidiaSmi != null || telemetrySettings != null || telemetryRequired) {
                throw new UsageException(
                        (nvidiaSmi != null
                                        ? "--nvidia-smi"
                                        : telemetryMillis != null
                                                ? "--telemetry-interval"
                                                : telemetrySettings != null
                                                        ? "--telemetry-settings"
                                                        : "--telemetry-required")
                                + " was given, but no telemetry is asked for",
                        "Give --telemetry nvidia-smi too.");
            }
            return Optional.empty();
        }
        SourceSettings settings =
                telemetrySettings == null ? SourceSettings.none() : SourceSettings.read(telemetrySettings);
        try {
            return Optional.of(new TelemetryOptions(
                    List.of(telemetry.split(",", -1)),
                    nvidiaSmi == null ? TelemetryOptions.DEFAULT.program() : nvidiaSmi,
                    Optional.ofNullable(telemetryMillis).map(Duration::ofMillis),
                    settings,
                    telemetryRequired));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--telemetry: " + e.getMessage(), null);
        }
    }
}
