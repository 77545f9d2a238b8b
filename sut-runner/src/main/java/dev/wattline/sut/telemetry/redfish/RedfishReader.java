package dev.wattline.sut.telemetry.redfish;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.redfish.RedfishLink.Reply;
import dev.wattline.sut.telemetry.redfish.json.RedfishPower;
import dev.wattline.sut.telemetry.redfish.json.RedfishPower.Field;
import dev.wattline.sut.telemetry.redfish.json.RedfishPower.Resource;
import dev.wattline.sut.telemetry.source.PowerReader;
import dev.wattline.sut.telemetry.source.SourceSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The management controller's power by Redfish. Of each chassis the first resource counts that has a number:
 * EnvironmentMetrics, then Power; links are followed as they are given. Of several chassis the user names one.
 */
public final class RedfishReader implements PowerReader {
    private static final String CHASSIS = "/redfish/v1/Chassis";
    private static final int COOLING_ROUNDS = 15; // fans and temperatures change slowly, and a request takes long
    private static final int MOST_FANS = 16;
    private static final int MOST_SUPPLIES = 16;

    private final RedfishLink link;
    private final Map<String, Map<Series, String>> resources = new LinkedHashMap<>();
    private final Map<String, Map<Series, String>> cooling = new LinkedHashMap<>();
    private final Map<Series, String> supplies = new LinkedHashMap<>(); // with their capacity
    private boolean loggedInAgain;
    private int rounds;

    private RedfishReader(RedfishLink link) {
        this.link = link;
    }

    /**
     * Logs in and finds the numbers.
     *
     * @throws SutException if that fails, or there is none
     */
    public static RedfishReader open(SourceSettings settings) {
        SourceSettings.Section section =
                settings.section("redfish", "host", "credentials", "pin", "authority", "chassis");
        RedfishReader reader = new RedfishReader(RedfishLink.of(section));
        try {
            reader.link.login();
            reader.find(section.text("chassis"));
            return reader;
        } catch (SutException e) {
            try {
                reader.close();
            } catch (SutException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private void find(Optional<String> wanted) {
        List<String> chassis =
                RedfishPower.members(Resource.parse(link.get(CHASSIS).body()));
        List<String> named = chassis.stream()
                .filter(path -> wanted.isEmpty() || path.endsWith("/" + wanted.get()))
                .toList();
        if (named.isEmpty()) {
            throw new SutException(
                    "the management controller at " + link.host() + " has no chassis"
                            + wanted.map(name -> " '" + name + "'; it has " + chassis)
                                    .orElse(""),
                    null);
        }
        int nodes = 0;
        for (String path : named) {
            nodes += find(path) ? 1 : 0;
        }
        if (resources.isEmpty()) {
            throw new SutException(
                    "the management controller at " + link.host() + " tells no power of " + named,
                    "A newer firmware of the controller may.");
        }
        if (nodes > 1) {
            throw new SutException(
                    "the management controller at " + link.host() + " has the power of several chassis: " + named,
                    "Name the one of this machine by 'chassis' in [redfish].");
        }
    }

    /** Whether the chassis has a number that is of the whole node. */
    private boolean find(String path) {
        Resource chassis = Resource.parse(link.get(path).body());
        Optional<String> environment = RedfishPower.link(chassis, "EnvironmentMetrics");
        Optional<String> power = RedfishPower.link(chassis, "Power");
        List<Field> fields = environment
                .map(at -> RedfishPower.environment(Resource.parse(link.get(at).body()), at))
                .orElse(List.of());
        String resource = environment.orElse("");
        if (fields.isEmpty() && power.isPresent()) {
            resource = power.get();
            fields = RedfishPower.power(Resource.parse(link.get(resource).body()));
        }
        if (fields.isEmpty()) {
            return false;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        Map<Series, String> series = new LinkedHashMap<>();
        for (Field field : fields) {
            series.put(
                    new Series(
                            fields.size() == 1 ? name : name + "/" + field.name(),
                            field.name(),
                            field.scope(),
                            "power",
                            "W",
                            Kind.SAMPLE,
                            1,
                            0,
                            null,
                            null),
                    field.pointer());
        }
        resources.put(resource, series);
        findCooling(chassis, name);
        findSupplies(chassis, name);
        return fields.stream().anyMatch(field -> field.scope().equals("node"));
    }

    /** The power supplies, which a calibration must know: by the older Power, else by PowerSubsystem. */
    private void findSupplies(Resource chassis, String name) {
        RedfishPower.link(chassis, "Power").ifPresent(at -> addSupplies(at, name));
        Optional<String> subsystem = RedfishPower.link(chassis, "PowerSubsystem");
        if (supplies.isEmpty() && subsystem.isPresent()) {
            RedfishPower.link(Resource.parse(link.get(subsystem.get()).body()), "PowerSupplies")
                    .map(at -> RedfishPower.members(Resource.parse(link.get(at).body())))
                    .orElse(List.of())
                    .stream()
                    .limit(MOST_SUPPLIES)
                    .forEach(supply -> addSupplies(supply, name));
        }
    }

    private void addSupplies(String path, String chassis) {
        for (RedfishPower.Supply supply :
                RedfishPower.supplies(Resource.parse(link.get(path).body()))) {
            supplies.put(
                    new Series(
                            chassis + "/" + supply.name(),
                            supply.model() + (supply.watts().isEmpty() ? "" : ", " + supply.watts() + " W"),
                            "supply",
                            "capacity",
                            "W",
                            Kind.SAMPLE,
                            1,
                            0,
                            null,
                            null),
                    supply.watts());
        }
    }

    /** Fans and incoming air: by the older Thermal, else by ThermalSubsystem, whose fans are resources of their own. */
    private void findCooling(Resource chassis, String name) {
        RedfishPower.link(chassis, "Thermal").ifPresent(at -> addCooling(at, name));
        Optional<String> subsystem = RedfishPower.link(chassis, "ThermalSubsystem");
        if (cooling.isEmpty() && subsystem.isPresent()) {
            Resource newer = Resource.parse(link.get(subsystem.get()).body());
            RedfishPower.link(newer, "ThermalMetrics").ifPresent(at -> addCooling(at, name));
            RedfishPower.link(newer, "Fans")
                    .map(at -> RedfishPower.members(Resource.parse(link.get(at).body())))
                    .orElse(List.of())
                    .stream()
                    .limit(MOST_FANS)
                    .forEach(fan -> addCooling(fan, name));
        }
    }

    private void addCooling(String path, String chassis) {
        Map<Series, String> found = new LinkedHashMap<>();
        for (Field field : RedfishPower.cooling(Resource.parse(link.get(path).body()))) {
            String quantity = field.scope().equals("C") ? "temperature" : "fan";
            found.put(
                    new Series(
                            chassis + "/" + field.name(),
                            field.name(),
                            "cooling",
                            quantity,
                            field.scope(),
                            Kind.SAMPLE,
                            1,
                            0,
                            null,
                            null),
                    field.pointer());
        }
        if (!found.isEmpty()) {
            cooling.put(path, found);
        }
    }

    @Override
    public List<Series> series() {
        List<Series> all = new ArrayList<>();
        resources.values().forEach(some -> all.addAll(some.keySet()));
        cooling.values().forEach(some -> all.addAll(some.keySet()));
        all.addAll(supplies.keySet());
        return all;
    }

    @Override
    public List<String> origin() {
        return resources.keySet().stream()
                .map(path -> "https://" + link.host() + path)
                .toList();
    }

    @Override
    public void read(Readings readings) {
        read(resources, readings);
        if (rounds == 0) {
            supplies.forEach((supply, watts) -> {
                if (watts.isEmpty()) {
                    readings.missing(supply, "null");
                } else {
                    readings.value(supply, watts);
                }
            });
        }
        if (rounds++ % COOLING_ROUNDS == 0) {
            read(cooling, readings);
        }
    }

    private void read(Map<String, Map<Series, String>> all, Readings readings) {
        all.forEach((path, fields) -> {
            Reply reply = get(path);
            Resource resource = Resource.parse(reply.status() == 200 ? reply.body() : "null");
            fields.forEach((series, pointer) -> {
                Optional<String> value = RedfishPower.number(resource, pointer);
                if (reply.status() != 200) {
                    readings.missing(series, "http-" + reply.status());
                } else if (value.isEmpty()) {
                    readings.missing(series, "null");
                } else if (series.quantity().equals("power") && value.get().matches("0+(\\.0+)?")) {
                    readings.missing(series, "zero"); // the host runs, so this is no reading
                } else {
                    readings.value(series, value.get());
                }
            });
        });
    }

    /** A session that has expired is opened anew, once. */
    private Reply get(String path) {
        Reply reply = link.get(path);
        if (reply.status() == 401 && !loggedInAgain) {
            loggedInAgain = true;
            link.login();
            return link.get(path);
        }
        if (reply.status() == 401) {
            throw new SutException("the management controller at " + link.host() + " ended its session twice", null);
        }
        return reply;
    }

    @Override
    public void close() {
        link.logout();
    }
}
