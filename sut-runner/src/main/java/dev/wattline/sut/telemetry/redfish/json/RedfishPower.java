package dev.wattline.sut.telemetry.redfish.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Redfish resources say of power (DMTF DSP0268: Chassis, EnvironmentMetrics, Power, PowerSubsystem, PowerSupply
 * metrics). A number that is null is no reading.
 */
public final class RedfishPower {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private RedfishPower() {}

    /**
     * A number in a resource.
     *
     * @param pointer where it is in the resource (RFC 6901)
     * @param name what the resource calls it
     * @param scope what its watts are of
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

    /** The power of an EnvironmentMetrics resource. */
    public static List<Field> environment(Resource resource, String link) {
        String scope = link.contains("/Processors/") ? "gpu" : link.contains("HGX_ProcessorModule") ? "module" : "node";
        return resource.node.at("/PowerWatts/Reading").isNumber()
                ? List.of(new Field("/PowerWatts/Reading", "PowerWatts", scope))
                : List.of();
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
