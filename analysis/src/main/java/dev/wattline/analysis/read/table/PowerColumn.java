package dev.wattline.analysis.read.table;

import dev.wattline.analysis.powerlog.NumberWithUnit;
import dev.wattline.analysis.powerlog.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of power or of an energy counter.
 *
 * @param at its place
 * @param device the device it is of in a wide table; empty where a row is of one device
 * @param field the power field
 * @param scale W, or J, in a number without a unit
 * @param counter whether it is an energy counter
 * @param scope what it is of
 * @param said whether its name says so
 */
record PowerColumn(int at, String device, String field, double scale, boolean counter, Scope scope, boolean said) {
    private static final List<String> POWER_WORDS = List.of("power", "pwr", "watt");
    private static final List<String> NO_DRAW_PARTS = List.of("percent", "limit", "powerstate", "powercap");
    private static final List<String> NO_DRAW = List.of(
            "limit",
            "cap",
            "max",
            "min",
            "tdp",
            "enforced",
            "default",
            "requested",
            "management",
            "state",
            "mode",
            "factor",
            "pstate",
            "budget",
            "threshold",
            "target",
            "profile",
            "brake",
            "reason",
            "reasons",
            "throttle",
            "percent",
            "pct",
            "cost",
            "efficiency",
            "energy",
            "emissions",
            "std",
            "stdev",
            "sigma",
            "count",
            "maximum",
            "minimum",
            "peak",
            "samples",
            "limits",
            "capping",
            "headroom",
            "perf",
            "per");
    private static final List<String> COUNTER_WORDS =
            List.of("consumption", "counter", "accumulated", "accumulator", "cumulative");
    private static final List<String> GPU_WORDS = List.of("gpu", "gpus", "graphics", "gfx", "gcd", "draw", "socket");
    private static final List<String> NODE_WORDS = List.of(
            "node",
            "nodes",
            "ipmi",
            "bmc",
            "dcmi",
            "chassis",
            "psu",
            "system",
            "sys",
            "server",
            "host",
            "wall",
            "rack",
            "outlet",
            "pdu",
            "machine",
            "platform",
            "redfish",
            "plug",
            "meter",
            "consumed");
    private static final List<String> PACKAGE_WORDS =
            List.of("cpu", "package", "pkg", "rapl", "dram", "ram", "core", "cores", "psys", "uncore");
    private static final List<String> MODULE_WORDS = List.of("jetson", "module", "soc", "vdd", "vin", "tegra", "pom");
    private static final List<String> SUMS = List.of("total", "sum", "all", "cluster", "overall");
    private static final Pattern CARD =
            Pattern.compile("(?:^|\\.)(?:gpu|card|device|dev|gcd|accelerator|npu)\\.?(\\d{1,3})(?=\\.|$)");
    private static final Pattern NODE = Pattern.compile("^(?:n|node|host|server)\\.?\\d{1,5}(?:\\.|$).*");

    /** Of jtop's log: a rail of a Jetson, in mW. */
    PowerColumn ofJtop(ColumnName name) {
        String rail =
                name.text().replaceFirst("^power\\.", "").replace('.', '_').toUpperCase(Locale.ROOT);
        return new PowerColumn(at, "", rail, name.unit().isEmpty() ? 1e-3 : scale, counter, Scope.MODULE, true);
    }

    /** Of a table that is a whole machine's. */
    PowerColumn ofNode() {
        return new PowerColumn(at, "", counter ? field : "node.power", scale, counter, Scope.NODE, true);
    }

    /** The column of this name at its place; empty if it is none of power. */
    static Optional<PowerColumn> of(int at, ColumnName name) {
        boolean energy = name.hasAny(List.of("energy", "totec")) && name.hasAny(COUNTER_WORDS);
        if (energy) {
            double scale = name.unit().isEmpty() ? 1 : NumberWithUnit.joules(name.unit());
            return Double.isNaN(scale)
                    ? Optional.empty()
                    : Optional.of(
                            new PowerColumn(at, card(name), "energy.counter", scale, true, scopeOfCounter(name), true));
        }
        double scale = NumberWithUnit.watts(name.unit());
        boolean isPower = name.holdsAny(POWER_WORDS) || !Double.isNaN(scale);
        boolean otherUnit = !name.unit().isEmpty() && Double.isNaN(scale);
        if (!isPower || otherUnit || name.hasAny(NO_DRAW) || name.holdsAny(NO_DRAW_PARTS)) {
            return Optional.empty();
        }
        Scope scope = scopeOf(name);
        String device = scope == Scope.NODE || scope == Scope.PACKAGE ? device(name) : card(name);
        return Optional.of(new PowerColumn(
                at, device, field(name, scope), Double.isNaN(scale) ? 1 : scale, false, scope, isSaid(name)));
    }

    /**
     * {@code GPU0,GPU1}: columns that name a card and nothing else, in a table that has no other columns but the time.
     *
     * @param timed whether one of them is of time
     */
    static List<PowerColumn> bareCards(List<ColumnName> names, boolean timed) {
        List<PowerColumn> cards = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ColumnName name = names.get(i);
            if (CARD.matcher(name.text()).replaceFirst("").isEmpty()
                    && !card(name).isEmpty()) {
                cards.add(new PowerColumn(i, card(name), "power.draw", 1, false, Scope.GPU, true));
            }
        }
        boolean nothingElse = names.size() - cards.size() <= 2 && timed;
        return nothingElse ? cards : List.of();
    }

    /** Whether it is a sum over others. */
    static boolean isSum(ColumnName name) {
        return name.hasAny(SUMS);
    }

    /** Whether it is named after a GPU. */
    static boolean isOfGpu(ColumnName name) {
        return name.hasAny(GPU_WORDS) || !card(name).isEmpty();
    }

    private static String card(ColumnName name) {
        Matcher card = CARD.matcher(name.text());
        return card.find() ? card.group(1) : "";
    }

    /** What a column of a node's or a package's power calls it: its name without the words for power. */
    private static String device(ColumnName name) {
        List<String> words = name.words().stream()
                .filter(word -> POWER_WORDS.stream().noneMatch(word::contains))
                .toList();
        return words.isEmpty() ? "node" : String.join(".", words);
    }

    /** The total of a counter is its count so far, and not a sum over devices. */
    private static Scope scopeOfCounter(ColumnName name) {
        return name.hasAny(GPU_WORDS) || !isSum(name) || name.hasAny(NODE_WORDS) ? scopeOf(name) : Scope.GPU;
    }

    private static Scope scopeOf(ColumnName name) {
        if (name.hasAny(GPU_WORDS) || !card(name).isEmpty()) {
            return Scope.GPU;
        }
        if (name.hasAny(NODE_WORDS) || NODE.matcher(name.text()).matches() || isSum(name)) {
            return Scope.NODE;
        }
        if (name.hasAny(PACKAGE_WORDS)) {
            return Scope.PACKAGE;
        }
        return name.hasAny(MODULE_WORDS) ? Scope.MODULE : Scope.GPU;
    }

    private static boolean isSaid(ColumnName name) {
        return scopeOf(name) != Scope.GPU
                || name.hasAny(GPU_WORDS)
                || !card(name).isEmpty();
    }

    private static String field(ColumnName name, Scope scope) {
        if (scope == Scope.NODE || scope == Scope.PACKAGE) {
            return scope == Scope.NODE ? "node.power" : "package.power";
        }
        String text = CARD.matcher(name.text()).replaceFirst("");
        text = text.replaceFirst("^\\.", "").replaceFirst("^(gpu|gpus|module|jetson|system)(\\.|$)", "");
        return switch (text) {
            case "",
                    "power",
                    "power.draw",
                    "draw",
                    "power.usage",
                    "usage",
                    "pwr",
                    "watts",
                    "watt",
                    "powerdraw",
                    "powerusage",
                    "power.consumption" -> scope == Scope.GPU ? "power.draw" : "module.power";
            case "power.draw.average", "power.draw.avg", "average.power.draw", "power.average" -> "power.draw.average";
            case "power.draw.instant", "power.draw.instantaneous", "instant.power.draw", "power.instant" ->
                "power.draw.instant";
            default -> text;
        };
    }
}
