package dev.wattline.ledger.study;

import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.ledger.row.MeasureUnit;
import dev.wattline.ledger.row.MeasureUnit.Dimension;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How power and energy grow with the number of accelerators or with the batch: the exponents of power laws, for each group
 * of rows that differ in nothing else, and where the power comes to its plateau.
 */
public final class Scaling {
    private static final double PLATEAU = 0.95;
    private static final int FEWEST_COUNTS = 3;
    private static final int FEWEST_BATCHES = 4;

    /** What varies. */
    public enum Axis {
        /** Number of accelerators; a point is the mean of all rows with the number, such as splits of the work. */
        ACCELERATORS,
        /** Requests at a time; each row is a point. */
        BATCH
    }

    /**
     * A group of rows.
     *
     * @param key what they have in common, by name; what the rows do not tell is not in it
     * @param powerScope what the power is of; null where there is none
     * @param power exponent of power; null without two different x
     * @param energy exponent of the energy for a unit of work
     * @param energyUnit the unit of that energy; empty without one
     * @param points x and mean power, W, in order of x
     * @param plateauFrom least x from which on the power is at 95 % of its greatest or more; null if only the greatest x
     *     reaches it, so that no plateau was seen
     * @param plateauWatts mean of the powers from there on
     */
    public record Group(
            Map<String, String> key,
            @Nullable Scope powerScope,
            @Nullable PowerLaw power,
            @Nullable PowerLaw energy,
            String energyUnit,
            List<PowerLaw.Point> points,
            List<PowerLaw.Point> energyPoints,
            @Nullable Double plateauFrom,
            @Nullable Double plateauWatts) {}

    private record Observation(
            double x, @Nullable Double watts, @Nullable Double joules) {}

    private static final class Rows {
        final Map<String, String> key;
        final @Nullable Scope scope;
        final @Nullable MeasureUnit unit;
        final List<Observation> observations = new ArrayList<>();

        Rows(Map<String, String> key, @Nullable Scope scope, @Nullable MeasureUnit unit) {
            this.key = key;
            this.scope = scope;
            this.unit = unit;
        }
    }

    private final Axis axis;
    private final Map<Map<String, String>, Rows> groups = new LinkedHashMap<>();

    /** Begins without rows. */
    public Scaling(Axis axis) {
        this.axis = axis;
    }

    /** Adds a row; one without the number on the axis, or without power and energy, is passed over. */
    public void add(LedgerRow row) {
        Double x = axis == Axis.ACCELERATORS
                ? row.machine().accelerators()
                : row.settings().get(Setting.BATCH);
        Optional<Measure> power = Values.first(row, Dimension.POWER);
        Optional<Measure> energy = Values.perWork(row);
        if (x == null || !(x > 0) || (power.isEmpty() && energy.isEmpty())) {
            return;
        }
        Map<String, String> key = key(row);
        Scope scope = power.map(Measure::scope).orElse(null);
        MeasureUnit unit = energy.map(Measure::unit).orElse(null);
        Map<String, String> identity = new LinkedHashMap<>(key);
        identity.put("scope", String.valueOf(scope));
        identity.put("unit", String.valueOf(unit));
        groups.computeIfAbsent(identity, same -> new Rows(key, scope, unit))
                .observations
                .add(new Observation(
                        x,
                        power.map(Values::base).orElse(null),
                        energy.map(Values::base).orElse(null)));
    }

    private Map<String, String> key(LedgerRow row) {
        Map<String, String> key = new LinkedHashMap<>();
        put(key, "source", row.origin().kind().name().toLowerCase(java.util.Locale.ROOT));
        put(key, "round", row.submission().round());
        put(key, "benchmark", row.settings().benchmark());
        put(key, "model", row.task().model());
        put(key, "scenario", row.task().scenario());
        put(key, "phase", row.settings().phase());
        put(key, "accelerator", row.machine().accelerator());
        put(key, "precision", row.task().precision());
        if (axis == Axis.BATCH) {
            put(key, "accelerators", number(row.machine().accelerators()));
        }
        List<Setting> settings = axis == Axis.ACCELERATORS
                ? List.of(
                        Setting.BATCH,
                        Setting.HEIGHT,
                        Setting.WIDTH,
                        Setting.FRAMES,
                        Setting.FRAMES_PER_SECOND,
                        Setting.DENOISING_STEPS)
                : List.of(
                        Setting.TENSOR_PARALLEL,
                        Setting.PIPELINE_PARALLEL,
                        Setting.DATA_PARALLEL,
                        Setting.EXPERT_PARALLEL,
                        Setting.ULYSSES_DEGREE,
                        Setting.RING_DEGREE,
                        Setting.HEIGHT,
                        Setting.WIDTH,
                        Setting.FRAMES,
                        Setting.FRAMES_PER_SECOND,
                        Setting.DENOISING_STEPS);
        for (Setting setting : settings) {
            put(key, setting.key(), number(row.settings().get(setting)));
        }
        return key;
    }

    private static void put(Map<String, String> key, String name, String value) {
        if (!value.isEmpty()) {
            key.put(name, value);
        }
    }

    private static String number(@Nullable Double number) {
        if (number == null) {
            return "";
        }
        return number == Math.rint(number) ? Long.toString(Math.round(number)) : number.toString();
    }

    /** The groups with enough points, in the order of their first rows: three counts, or four batches. */
    public List<Group> groups() {
        List<Group> found = new ArrayList<>();
        for (Rows rows : groups.values()) {
            List<PowerLaw.Point> power = points(rows.observations, true);
            List<PowerLaw.Point> energy = points(rows.observations, false);
            if (enough(power) || enough(energy)) {
                found.add(group(rows, enough(power) ? power : List.of(), enough(energy) ? energy : List.of()));
            }
        }
        return found;
    }

    private boolean enough(List<PowerLaw.Point> points) {
        int fewest = axis == Axis.ACCELERATORS ? FEWEST_COUNTS : FEWEST_BATCHES;
        return points.size() >= fewest
                && points.stream().mapToDouble(PowerLaw.Point::x).distinct().count() >= 2;
    }

    private List<PowerLaw.Point> points(List<Observation> observations, boolean power) {
        Map<Double, List<Double>> byX = new TreeMap<>();
        for (Observation observation : observations) {
            Double y = power ? observation.watts : observation.joules;
            if (y != null) {
                byX.computeIfAbsent(observation.x, x -> new ArrayList<>()).add(y);
            }
        }
        List<PowerLaw.Point> points = new ArrayList<>();
        byX.forEach((x, ys) -> {
            if (axis == Axis.ACCELERATORS) {
                points.add(new PowerLaw.Point(x, Series.of(ys).mean()));
            } else {
                ys.forEach(y -> points.add(new PowerLaw.Point(x, y)));
            }
        });
        return points;
    }

    private static Group group(Rows rows, List<PowerLaw.Point> power, List<PowerLaw.Point> energy) {
        Double from = power.isEmpty() ? null : plateauFrom(power);
        return new Group(
                rows.key,
                power.isEmpty() ? null : rows.scope,
                PowerLaw.fit(power).orElse(null),
                PowerLaw.fit(energy).orElse(null),
                rows.unit == null || energy.isEmpty() ? "" : baseSymbol(rows.unit),
                power,
                energy,
                from,
                from == null
                        ? null
                        : power.stream()
                                .filter(point -> point.x() >= from)
                                .mapToDouble(PowerLaw.Point::y)
                                .average()
                                .orElseThrow());
    }

    /** The unit that a dimension's base has. */
    private static String baseSymbol(MeasureUnit unit) {
        for (MeasureUnit each : MeasureUnit.values()) {
            if (each.dimension() == unit.dimension() && each.toBase(1) == 1) {
                return each.symbol();
            }
        }
        return "J/inference";
    }

    private static @Nullable Double plateauFrom(List<PowerLaw.Point> points) {
        double greatest = points.stream().mapToDouble(PowerLaw.Point::y).max().orElseThrow();
        double lastX = points.stream().mapToDouble(PowerLaw.Point::x).max().orElseThrow();
        Double from = null;
        List<PowerLaw.Point> descending = points.stream()
                .sorted(Comparator.comparingDouble(PowerLaw.Point::x).reversed())
                .toList();
        for (PowerLaw.Point point : descending) {
            if (point.y() < PLATEAU * greatest) {
                break;
            }
            from = point.x();
        }
        return from == null || from == lastX ? null : from;
    }
}
