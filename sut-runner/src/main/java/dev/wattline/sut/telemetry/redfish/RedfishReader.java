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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The management controller's power by Redfish. Of each chassis the first resource counts that has a number:
 * EnvironmentMetrics, then Power, then what all of its supplies take in; links are followed as they are given. Of several
 * chassis the user names one.
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
    private final Map<Series, List<String>> inputs = new LinkedHashMap<>(); // resources whose input power adds up
    private final List<String> notes = new ArrayList<>();
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
                .filter(path -> wanted.isEmpty() || nameOf(path).equals(wanted.get()))
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
        if (resources.isEmpty() && inputs.isEmpty()) {
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

    /** The last part of a path; some end theirs with a slash. */
    private static String nameOf(String path) {
        String bare = path.replaceFirst("/+$", "");
        return bare.substring(bare.lastIndexOf('/') + 1);
    }

    /** Whether the chassis has a number that is of the whole node. */
    private boolean find(String path) {
        Resource chassis = Resource.parse(link.get(path).body());
        Optional<String> environment = RedfishPower.link(chassis, "EnvironmentMetrics");
        Optional<String> power = RedfishPower.link(chassis, "Power");
        List<Field> fields = environment
                .map(at -> RedfishPower.environment(
                        chassis, Resource.parse(link.get(at).body()), at))
                .orElse(List.of());
        String resource = environment.orElse("");
        if (fields.isEmpty() && power.isPresent()) {
            resource = power.get();
            fields = RedfishPower.power(Resource.parse(link.get(resource).body()));
        }
        String name = nameOf(path);
        boolean byInputs = fields.isEmpty() && findInputs(chassis, name);
        if (fields.isEmpty() && !byInputs) {
            return false;
        }
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
        if (!series.isEmpty()) {
            resources.put(resource, series);
        }
        beside("fans and temperatures", name, () -> findCooling(chassis, name));
        beside("power supplies", name, () -> findSupplies(chassis, name));
        return byInputs || fields.stream().anyMatch(field -> field.scope().equals("node"));
    }

    /** What goes wrong with resources beside the power costs them alone. */
    private void beside(String what, String chassis, Runnable search) {
        try {
            search.run();
        } catch (SutException e) {
            notes.add("the " + what + " of " + chassis + " are not read: " + e.getMessage());
        }
    }

    /** Whether each supply of the chassis tells what it takes in. */
    private boolean findInputs(Resource chassis, String name) {
        List<String> metrics = new ArrayList<>();
        for (String at : suppliesOfSubsystem(chassis)) {
            Resource supply = Resource.parse(link.get(at).body());
            if (!RedfishPower.isThere(supply)) {
                continue;
            }
            Optional<String> told = RedfishPower.link(supply, "Metrics")
                    .filter(there -> RedfishPower.inputPower(
                                    Resource.parse(link.get(there).body()))
                            .isPresent());
            if (told.isEmpty()) {
                return false; // the others' sum would be less than the node draws
            }
            metrics.add(told.get());
        }
        if (!metrics.isEmpty()) {
            Series sum = new Series(name, "input of its supplies", "node", "power", "W", Kind.SAMPLE, 1, 0, null, null);
            inputs.put(sum, metrics);
        }
        return !metrics.isEmpty();
    }

    private List<String> suppliesOfSubsystem(Resource chassis) {
        return RedfishPower.link(chassis, "PowerSubsystem")
                .flatMap(at -> RedfishPower.link(Resource.parse(link.get(at).body()), "PowerSupplies"))
                .map(at -> RedfishPower.members(Resource.parse(link.get(at).body())))
                .orElse(List.of())
                .stream()
                .limit(MOST_SUPPLIES)
                .toList();
    }

    /** The power supplies, which a calibration must know: by the older Power, else by PowerSubsystem. */
    private void findSupplies(Resource chassis, String name) {
        RedfishPower.link(chassis, "Power").ifPresent(at -> addSupplies(at, name));
        if (supplies.isEmpty()) {
            suppliesOfSubsystem(chassis).forEach(supply -> addSupplies(supply, name));
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
        all.addAll(inputs.keySet());
        cooling.values().forEach(some -> all.addAll(some.keySet()));
        all.addAll(supplies.keySet());
        return all;
    }

    @Override
    public List<String> origin() {
        return Stream.concat(
                        resources.keySet().stream(), inputs.values().stream().flatMap(List::stream))
                .map(path -> "https://" + link.host() + path)
                .toList();
    }

    @Override
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void read(Readings readings) {
        read(resources, readings);
        inputs.forEach((series, metrics) -> readSum(series, metrics, readings));
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

    /** One supply that tells nothing leaves no sum. */
    private void readSum(Series series, List<String> metrics, Readings readings) {
        BigDecimal sum = BigDecimal.ZERO;
        String missing = "";
        for (String path : metrics) {
            Reply reply = get(path);
            Resource resource = Resource.parse(reply.status() == 200 ? reply.body() : "null");
            Optional<String> watts =
                    RedfishPower.inputPower(resource).flatMap(pointer -> RedfishPower.number(resource, pointer));
            if (watts.isPresent()) {
                sum = sum.add(new BigDecimal(watts.get()));
            } else {
                missing = reply.status() == 200 ? "null" : "http-" + reply.status();
            }
        }
        if (missing.isEmpty() && sum.signum() <= 0) {
            missing = "zero"; // the host runs, so this is no reading
        }
        if (missing.isEmpty()) {
            readings.value(series, sum.toPlainString());
        } else {
            readings.missing(series, missing);
        }
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
