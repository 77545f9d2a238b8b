package dev.wattline.sut.telemetry.redfish.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Redfish resources say of power (DMTF DSP0268: Chassis, EnvironmentMetrics, Power, PowerSubsystem, PowerSupply
 * metrics). A number that is null is no reading.
 */
public final class RedfishPower {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String INPUT = "/InputPowerWatts/Reading";

    /** Kinds of chassis that are parts of a machine. */
    private static final Set<String> PARTS = Set.of("Card", "Cartridge", "Component", "Module", "Zone");

    private RedfishPower() {}

    /**
     * A number in a resource.
     *
     * @param pointer where it is in the resource (RFC 6901)
     * @param name what the resource calls it
     * @param scope what its watts are of; of cooling the reading's unit
     */
    public record Field(String pointer, String name, String scope) {}

    /** A resource as it came; what is no JSON is one without anything in it. */
    public static final class Resource {
        private final JsonNode node;

        private Resource(JsonNode node) {
            this.node = node;
        }

        /** Reads a resource's text. */
        public static Resource parse(String text) {
            try {
                return new Resource(MAPPER.readTree(text));
            } catch (JacksonException e) {
                return new Resource(MAPPER.missingNode());
            }
        }
    }

    /** Links of a collection's members. */
    public static List<String> members(Resource collection) {
        List<String> links = new ArrayList<>();
        for (JsonNode member : collection.node.path("Members")) {
            String link = member.path("@odata.id").asString("");
            if (!link.isEmpty()) {
                links.add(link);
            }
        }
        return links;
    }

    /** The link that a resource has under a name; empty if it has none. */
    public static Optional<String> link(Resource resource, String name) {
        return Optional.of(resource.node.path(name).path("@odata.id").asString(""))
                .filter(link -> !link.isEmpty());
    }

    /**
     * The power of an EnvironmentMetrics resource.
     *
     * @param chassis that has it; a part of a machine is a chassis too
     */
    public static List<Field> environment(Resource chassis, Resource resource, String link) {
        return resource.node.at("/PowerWatts/Reading").isNumber()
                ? List.of(new Field("/PowerWatts/Reading", "PowerWatts", scope(chassis, link)))
                : List.of();
    }

    private static String scope(Resource chassis, String link) {
        if (link.contains("/Processors/") || link.contains("/HGX_GPU_")) {
            return "gpu";
        }
        if (link.contains("/HGX_ProcessorModule")) {
            return "module";
        }
        return PARTS.contains(chassis.node.path("ChassisType").asString("")) ? "rail" : "node";
    }

    /** Where the power is that a supply takes in, in the resource of its metrics; empty if they do not tell it. */
    public static Optional<String> inputPower(Resource metrics) {
        return metrics.node.at(INPUT).isNumber() ? Optional.of(INPUT) : Optional.empty();
    }

    /** Whether there is a supply in its place. */
    public static boolean isThere(Resource supply) {
        return !supply.node.at("/Status/State").asString("").equals("Absent");
    }

    /** The entries of a Power resource that have a number. */
    public static List<Field> power(Resource resource) {
        List<Field> fields = new ArrayList<>();
        JsonNode controls = resource.node.path("PowerControl");
        for (int i = 0; i < controls.size(); i++) {
            JsonNode control = controls.path(i);
            if (control.path("PowerConsumedWatts").isNumber()) {
                fields.add(new Field(
                        "/PowerControl/" + i + "/PowerConsumedWatts",
                        control.path("Name").asString("PowerControl " + i),
                        scope(control.path("PhysicalContext").asString(""))));
            }
        }
        return fields;
    }

    /**
     * The fans and the incoming air's temperature of a Thermal resource, or of a Fan or ThermalMetrics of the newer
     * ThermalSubsystem. A fan's reading of 0 is one.
     */
    public static List<Field> cooling(Resource resource) {
        List<Field> fields = new ArrayList<>();
        JsonNode fans = resource.node.path("Fans");
        for (int i = 0; i < fans.size(); i++) {
            JsonNode fan = fans.path(i);
            if (fan.path("Reading").isNumber()) {
                boolean percent = fan.path("ReadingUnits").asString("").equals("Percent");
                String name = fan.path("Name").asString(fan.path("FanName").asString("Fan " + i));
                fields.add(new Field("/Fans/" + i + "/Reading", name, percent ? "percent" : "rpm"));
            }
        }
        JsonNode temperatures = resource.node.path("Temperatures");
        for (int i = 0; i < temperatures.size(); i++) {
            JsonNode one = temperatures.path(i);
            if (one.path("PhysicalContext").asString("").equals("Intake")
                    && one.path("ReadingCelsius").isNumber()) {
                fields.add(new Field(
                        "/Temperatures/" + i + "/ReadingCelsius",
                        one.path("Name").asString("Intake"),
                        "C"));
            }
        }
        String name = resource.node.path("Name").asString("Fan");
        for (String speed : List.of("SpeedRPM", "Reading")) {
            if (fields.isEmpty() && resource.node.at("/SpeedPercent/" + speed).isNumber()) {
                fields.add(new Field("/SpeedPercent/" + speed, name, speed.equals("Reading") ? "percent" : "rpm"));
            }
        }
        if (resource.node.at("/TemperatureSummaryCelsius/Intake/Reading").isNumber()) {
            fields.add(new Field("/TemperatureSummaryCelsius/Intake/Reading", "Intake", "C"));
        }
        return fields;
    }

    /**
     * A power supply.
     *
     * @param name what the resource calls it
     * @param model its model and state, no serial number
     * @param watts its capacity as it is told; empty where it is not
     */
    public record Supply(String name, String model, String watts) {}

    /** The supplies of a Power resource, or the one that a PowerSupply of the newer PowerSubsystem is. */
    public static List<Supply> supplies(Resource resource) {
        List<Supply> supplies = new ArrayList<>();
        JsonNode older = resource.node.path("PowerSupplies");
        for (int i = 0; i < older.size() && older.isArray(); i++) {
            supplies.add(supply(older.path(i), "supply " + i));
        }
        boolean newer = resource.node.path("PowerCapacityWatts").isNumber()
                || resource.node.path("PowerSupplyType").isString();
        if (newer) {
            supplies.add(supply(resource.node, "supply"));
        }
        return supplies;
    }

    private static Supply supply(JsonNode node, String otherwise) {
        String id = node.path("MemberId").asString(node.path("Id").asString(""));
        String model =
                node.path("Model").asString(node.path("Name").asString("")).strip();
        String state = node.path("Status").path("State").asString("");
        JsonNode watts = node.path("PowerCapacityWatts");
        return new Supply(
                id.isBlank() ? otherwise : "supply " + id,
                model + (state.isEmpty() ? "" : ", " + state),
                watts.isNumber() ? watts.asString() : "");
    }

    private static String scope(String context) {
        return switch (context.toLowerCase(Locale.ROOT)) {
            case "", "chassis", "powersupply" -> "node";
            case "cpu" -> "package";
            case "memory" -> "dram";
            case "gpu" -> "gpu";
            default -> "rail";
        };
    }

    /** The number there; empty if it is null or none. */
    public static Optional<String> number(Resource resource, String pointer) {
        JsonNode node = resource.node.at(pointer);
        return node.isNumber() ? Optional.of(node.asString()) : Optional.empty();
    }
}
