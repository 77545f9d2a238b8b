package dev.wattline.cli.power;

import dev.wattline.cli.options.UsageException;
import dev.wattline.sut.telemetry.TelemetryOptions;
import dev.wattline.sut.telemetry.TelemetrySources;
import dev.wattline.sut.telemetry.source.SourceSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which sources to read: {@code @Mixin SourceOptions}. */
final class SourceOptions {
    @Option(
            names = "--telemetry",
            paramLabel = "SOURCES",
            split = ",",
            description = {
                "What to read: nvidia-smi, nvml, rapl, os, hwmon, cooling, amd, amd-smi, jetson, tegrastats, redfish,"
                        + " ipmi, command:NAME, file:NAME.",
                "Default: what this machine has."
            })
    private List<String> names = List.of();

    @Option(
            names = "--telemetry-settings",
            paramLabel = "FILE",
            description = "Your settings of sources: addresses, credential files, commands.")
    private @Nullable Path settings;

    @Option(names = "--telemetry-required", description = "Fail where a source that is named cannot be read.")
    private boolean required;

    @Option(
            names = "--nvidia-smi",
            paramLabel = "PROGRAM",
            defaultValue = "nvidia-smi",
            description = "The program to read NVIDIA's cards with (default: ${DEFAULT-VALUE}).")
    private String program = "nvidia-smi";

    /** Whether the sources are those that are found, none being named. */
    boolean areFound() {
        return names.isEmpty();
    }

    TelemetryOptions options() {
        if (required && names.isEmpty()) {
            throw new UsageException("--telemetry-required needs --telemetry", "Name the sources that are required.");
        }
        SourceSettings read = settings == null ? SourceSettings.none() : SourceSettings.read(settings);
        try {
            return new TelemetryOptions(
                    names.isEmpty() ? TelemetrySources.found(read) : names, program, Optional.empty(), read, required);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--telemetry: " + e.getMessage(), null);
        }
    }
}
