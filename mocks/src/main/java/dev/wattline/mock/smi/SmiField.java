package dev.wattline.mock.smi;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The fields that {@code --query-gpu} knows here: names, unit in the header, and what nvidia-smi's help says of them. */
enum SmiField {
    TIMESTAMP("", "The timestamp of when the query was made in format \"YYYY/MM/DD HH:MM:SS.msec\".", "timestamp"),
    DRIVER_VERSION("", "The version of the installed NVIDIA display driver.", "driver_version"),
    COUNT("", "The number of NVIDIA GPUs in the system.", "count"),
    NAME("", "The official product name of the GPU.", "name", "gpu_name"),
    UUID("", "The globally unique immutable identifier of the GPU.", "uuid", "gpu_uuid"),
    BUS_ID("", "PCI bus id as \"domain:bus:device.function\", in hex.", "pci.bus_id", "gpu_bus_id"),
    INDEX("", "Zero based index of the GPU.", "index"),
    PSTATE("", "The current performance state of the GPU.", "pstate"),
    REASONS(
            "",
            "Bitmask of active clocks event reasons.",
            "clocks_event_reasons.active",
            "clocks_throttle_reasons.active"),
    MEMORY_USED("MiB", "Total memory allocated by active contexts.", "memory.used"),
    MEMORY_TOTAL("MiB", "Total installed GPU memory.", "memory.total"),
    UTILIZATION_GPU("%", "Percent of time over the past sample period with kernels executing.", "utilization.gpu"),
    UTILIZATION_MEMORY("%", "Percent of time over the past sample period with memory in use.", "utilization.memory"),
    TEMPERATURE_GPU("", "Core GPU temperature in degrees C.", "temperature.gpu"),
    TEMPERATURE_MEMORY("", "HBM memory temperature in degrees C.", "temperature.memory"),
    POWER_DRAW("W", "The last measured power draw for the entire board, in watts.", "power.draw"),
    POWER_AVERAGE("W", "The last measured average power draw for the entire board, in watts.", "power.draw.average"),
    POWER_INSTANT("W", "The last measured instant power draw for the entire board, in watts.", "power.draw.instant"),
    MODULE_AVERAGE("W", "The last measured average power draw for the entire module.", "module.power.draw.average"),
    MODULE_INSTANT("W", "The last measured instant power draw for the entire module.", "module.power.draw.instant"),
    POWER_LIMIT("W", "The software power limit in watts.", "power.limit"),
    ENFORCED_LIMIT(
            "W", "The power limit that the power management algorithm enforces, in watts.", "enforced.power.limit"),
    DEFAULT_LIMIT("W", "The default power management algorithm's power ceiling, in watts.", "power.default_limit"),
    MIN_LIMIT("W", "The minimum value in watts that power limit can be set to.", "power.min_limit"),
    MAX_LIMIT("W", "The maximum value in watts that power limit can be set to.", "power.max_limit"),
    VBIOS_VERSION("", "The version of the BIOS of the GPU board.", "vbios_version"),
    PERSISTENCE_MODE("", "Whether the driver stays loaded when no client is there.", "persistence_mode"),
    ECC_MODE("", "The ECC mode that the GPU is currently operating under.", "ecc.mode.current"),
    MIG_MODE("", "The MIG mode that the GPU is currently operating under.", "mig.mode.current"),
    CLOCKS_APPLICATIONS(
            "MHz",
            "User specified frequency at which applications will be running at.",
            "clocks.applications.graphics",
            "clocks.applications.gr"),
    CLOCKS_MAX_SM("MHz", "Maximum frequency of SM (streaming multiprocessor) clock.", "clocks.max.sm"),
    CLOCKS_SM("MHz", "Current frequency of SM (streaming multiprocessor) clock.", "clocks.current.sm", "clocks.sm"),
    CLOCKS_MEMORY("MHz", "Current frequency of memory clock.", "clocks.current.memory", "clocks.mem");

    private final String unit;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it immutable
    private final List<String> names;

    SmiField(String unit, String help, String... names) {
        this.unit = unit;
        this.help = help;
        this.names = List.of(names);
    }

    static Optional<SmiField> of(String name) {
        return Arrays.stream(values())
                .filter(field -> field.names.contains(name))
                .findFirst();
    }

    /** The column's title: the field's main name, and its unit in brackets. */
    String title() {
        return unit.isEmpty() ? names.get(0) : names.get(0) + " [" + unit + "]";
    }

    String unit() {
        return unit;
    }

    /** The help's entry. */
    String helpText() {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(text.length() == 0 ? "" : " or ")
                    .append('"')
                    .append(name)
                    .append('"');
        }
        return text.append('\n').append(help).append('\n').toString();
    }

    /** The cell without its unit, at this moment on this card; {@code [N/A]} for what the card does not have. */
    String value(MockCard card, double seconds, MockSmiOptions options, String timestamp) {
        double load = card.load(seconds);
        return switch (this) {
            case TIMESTAMP -> timestamp;
            case DRIVER_VERSION -> options.driver();
            case COUNT -> Integer.toString(options.cards());
            case NAME -> card.model().cardName();
            case UUID -> card.uuid();
            case BUS_ID -> String.format(Locale.ROOT, "00000000:%02X:00.0", 0x10 + card.index());
            case INDEX -> Integer.toString(card.index());
            case PSTATE -> load > 0.2 ? "P0" : "P8";
            case REASONS -> load > 0.98 ? "0x0000000000000004" : "0x0000000000000001";
            case MEMORY_USED -> Long.toString(Math.round(500 + 30_000 * load));
            case MEMORY_TOTAL -> "81559";
            case UTILIZATION_GPU -> Long.toString(Math.round(100 * Math.min(1, 1.3 * load)));
            case UTILIZATION_MEMORY -> Long.toString(Math.round(60 * load));
            case TEMPERATURE_GPU -> Long.toString(Math.round(32 + 40 * load));
            case TEMPERATURE_MEMORY -> "[N/A]";
            case POWER_DRAW -> watts(card.drawWatts(seconds));
            case POWER_AVERAGE -> card.model().averages() ? watts(card.averageWatts(seconds)) : "[N/A]";
            case POWER_INSTANT -> watts(card.instantWatts(seconds));
            case MODULE_AVERAGE -> watts(card.moduleAverageWatts(seconds));
            case MODULE_INSTANT -> watts(card.moduleInstantWatts(seconds));
            case POWER_LIMIT, ENFORCED_LIMIT, DEFAULT_LIMIT, MAX_LIMIT ->
                watts(card.model().limitWatts());
            case MIN_LIMIT, CLOCKS_APPLICATIONS -> "[N/A]";
            case VBIOS_VERSION -> "MOCK";
            case PERSISTENCE_MODE, ECC_MODE -> "Enabled";
            case MIG_MODE -> "Disabled";
            case CLOCKS_MAX_SM -> "1980";
            case CLOCKS_SM -> load > 0.2 ? "1755" : "345";
            case CLOCKS_MEMORY -> load > 0.2 ? "1593" : "405";
        };
    }

    /** Whether only a superchip has it. */
    boolean isOfModule() {
        return this == MODULE_AVERAGE || this == MODULE_INSTANT;
    }

    /** Whether the cell is a reading of power, which the faults act on. */
    boolean isPowerReading() {
        return this == POWER_DRAW || this == POWER_AVERAGE || this == POWER_INSTANT || isOfModule();
    }

    private static String watts(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
