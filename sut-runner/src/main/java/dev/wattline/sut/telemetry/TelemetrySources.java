package dev.wattline.sut.telemetry;

import dev.wattline.model.TimeSource;
import dev.wattline.sut.telemetry.amd.AmdSmiReader;
import dev.wattline.sut.telemetry.command.DeclaredReader;
import dev.wattline.sut.telemetry.dcgm.DcgmiReader;
import dev.wattline.sut.telemetry.hwmon.HwmonReader;
import dev.wattline.sut.telemetry.ipmi.IpmiReader;
import dev.wattline.sut.telemetry.jetson.TegrastatsReader;
import dev.wattline.sut.telemetry.nvidia.NvidiaSmiSource;
import dev.wattline.sut.telemetry.os.ProcStatReader;
import dev.wattline.sut.telemetry.rapl.RaplReader;
import dev.wattline.sut.telemetry.redfish.RedfishReader;
import dev.wattline.sut.telemetry.source.PolledSource;
import dev.wattline.sut.telemetry.source.PowerReader;
import dev.wattline.sut.telemetry.source.SourceSettings;
import dev.wattline.sut.telemetry.source.TelemetrySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The sources that there are, by their names. */
public final class TelemetrySources {
    private static final Duration EACH_SECOND = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(10); // a counter sees what is between two readings
    private static final Duration TOOL = Duration.ofSeconds(5); // a call takes 0.5 to 0.7 s
    private static final Duration BMC = Duration.ofSeconds(2); // it renews its reading no more often, and seldom that

    private static final List<String> NAMES = List.of(
            "nvidia-smi",
            "nvml",
            "rapl",
            "os",
            "hwmon",
            "cooling",
            "amd",
            "amd-smi",
            "jetson",
            "tegrastats",
            "redfish",
            "ipmi");

    /** Not read unless the user names them or has settings for them. */
    private static final List<String> NAMED_ONLY = List.of("redfish", "amd-smi", "tegrastats");

    /** Cannot be read without settings, such as an account. */
    private static final List<String> NEEDS_SETTINGS = List.of("redfish");

    private TelemetrySources() {}

    /** The names, those that the user declares left out. */
    public static List<String> names() {
        return NAMES;
    }

    /** Those to look for where none is named: what can be had without a controller's account, and once. */
    public static List<String> found(SourceSettings settings) {
        return Stream.concat(
                        NAMES.stream().filter(name -> !NAMED_ONLY.contains(name) || settings.has(name)),
                        settings.declared().stream())
                .toList();
    }

    /** Those that a machine may have: all but a controller's without an account. */
    public static List<String> possible(SourceSettings settings) {
        return Stream.concat(
                        NAMES.stream().filter(name -> !NEEDS_SETTINGS.contains(name) || settings.has(name)),
                        settings.declared().stream())
                .toList();
    }

    /** Whether there is a source of this name, or it is one that the user may declare. */
    static boolean isKnown(String name) {
        return NAMES.contains(name) || SourceSettings.isDeclared(name);
    }

    /** The sources that were asked for, not probed yet. */
    public static List<TelemetrySource> of(TelemetryOptions options, TimeSource time) {
        return options.sources().stream().map(name -> of(name, options, time)).toList();
    }

    private static TelemetrySource of(String name, TelemetryOptions options, TimeSource time) {
        SourceSettings settings = options.settings();
        return switch (name) {
            case "nvidia-smi" -> new NvidiaSmiSource(options.program(), options.interval(), time);
            case "nvml" -> slow(name, () -> DcgmiReader.open(settings, time), SELDOM, time);
            case "rapl" -> quick(name, () -> RaplReader.open(root(settings, name, RaplReader.ROOT)), time);
            case "os" -> quick(name, () -> ProcStatReader.open(root(settings, name, ProcStatReader.FILE)), time);
            // A meter behind ACPI takes up to 20 ms.
            case "hwmon" ->
                slow(name, () -> HwmonReader.platform(root(settings, name, HwmonReader.ROOT)), EACH_SECOND, time);
            case "cooling" ->
                slow(name, () -> HwmonReader.cooling(root(settings, name, HwmonReader.ROOT)), SELDOM, time);
            case "amd" -> quick(name, () -> HwmonReader.amd(root(settings, name, HwmonReader.ROOT)), time);
            case "amd-smi" -> slow(name, () -> AmdSmiReader.open(settings), TOOL, time);
            case "jetson" ->
                slow(name, () -> HwmonReader.jetson(root(settings, name, HwmonReader.ROOT)), EACH_SECOND, time);
            case "tegrastats" -> slow(name, () -> TegrastatsReader.open(settings, time), EACH_SECOND, time);
            case "redfish" -> slow(name, () -> RedfishReader.open(settings), BMC, time);
            case "ipmi" -> slow(name, () -> IpmiReader.open(settings), BMC, time);
            default ->
                slow(name, () -> DeclaredReader.open(settings, name), DeclaredReader.interval(settings, name), time);
        };
    }

    private static Path root(SourceSettings settings, String name, String usual) {
        return settings.section(name, "root").path("root", usual);
    }

    private static TelemetrySource quick(String name, Supplier<PowerReader> opener, TimeSource time) {
        return new PolledSource(name, opener, EACH_SECOND, false, time);
    }

    private static TelemetrySource slow(String name, Supplier<PowerReader> opener, Duration interval, TimeSource time) {
        return new PolledSource(name, opener, interval, true, time);
    }
}
