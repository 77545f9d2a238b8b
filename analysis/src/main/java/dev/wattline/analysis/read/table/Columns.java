package dev.wattline.analysis.read.table;

import dev.wattline.analysis.powerlog.NumberWithUnit;
import dev.wattline.analysis.powerlog.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the columns of a table are: one or two of time, those that tell devices apart, and those of power, each of one
 * device where the table is wide. Where columns of several scopes hold power, those of the GPUs count.
 *
 * @param size number of columns
 * @param when columns of time
 * @param who columns that tell devices apart
 * @param beside what is read beside power
 * @param powers the power columns of the scope
 * @param scope what they are of
 * @param scopeSaid whether a name says so; else a GPU is taken for granted
 * @param leftOut power columns of other scopes, and sums
 */
record Columns(
        int size,
        When when,
        Who who,
        Beside beside,
        List<Power> powers,
        Scope scope,
        boolean scopeSaid,
        List<String> leftOut) {

    /**
     * Columns of time; -1 stands for none.
     *
     * @param time column of the time
     * @param date column of the date where time and date are apart
     * @param utc whether the time's name says that it is UTC
     * @param scale ms in a unit of the time's column, for times that count from the log's begin
     */
    record When(int time, int date, boolean utc, double scale) {}

    /**
     * Columns that tell devices apart; -1 stands for none.
     *
     * @param key what tells them apart best
     * @param index the GPU's index
     * @param host the machine
     * @param name the card's name
     */
    record Who(int key, int index, int host, int name) {}

    /**
     * Columns beside power; -1 stands for none.
     *
     * @param utilisation the GPU's utilisation in percent
     * @param memory memory used in MiB
     * @param clock SM clock in MHz
     */
    record Beside(int utilisation, int memory, int clock) {}

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
    record Power(int at, String device, String field, double scale, boolean counter, Scope scope, boolean said) {
        /** Of jtop's log: a rail of a Jetson, in mW. */
        Power ofJtop(ColumnName name) {
            String rail =
                    name.text().replaceFirst("^power\\.", "").replace('.', '_').toUpperCase(Locale.ROOT);
            return new Power(at, "", rail, name.unit().isEmpty() ? 1e-3 : scale, counter, Scope.MODULE, true);
        }

        /** Of a table that is a whole machine's. */
        Power ofNode() {
            return new Power(at, "", counter ? field : "node.power", scale, counter, Scope.NODE, true);
        }
    }

    private static final List<String> JTOP = List.of("jetson.clocks", "nvp.model");
    private static final List<String> ELECTRICAL =
            List.of("volts", "voltage", "amps", "current", "pf", "frequency", "apparent");

    private static final List<String> TIMES = List.of(
            "timestamp",
            "time",
            "datetime",
            "date.time",
            "time.stamp",
            "ts",
            "epoch",
            "unix.time",
            "unixtime",
            "unix.timestamp",
            "utc",
            "utc.time",
            "local.time",
            "localtime",
            "sample.time",
            "wall.time",
            "recorded.at",
            "created.at",
            "t",
            "elapsed",
            "elapsed.time",
            "date",
            "utc.timestamp",
            "time.utc",
            "timestamp.utc",
            "datetime.utc",
            "relative.time",
            "seconds",
            "timestamps",
            "index.time",
            "when");
    private static final List<String> UUIDS = List.of("uuid", "gpu.uuid", "serial", "gpu.serial");
    private static final List<String> BUSES =
            List.of("pci.bus.id", "gpu.bus.id", "bus.id", "pci.bus", "bdf", "gpu.bdf", "pcie.bus");
    private static final List<String> INDICES = List.of(
            "index",
            "gpu.index",
            "gpu.id",
            "gpu",
            "gpuid",
            "gpu.idx",
            "device",
            "device.id",
            "device.index",
            "card",
            "card.id",
            "id",
            "deviceid",
            "minor.number",
            "gpu.number",
            "idx",
            "dev",
            "rank",
            "gpu.no");
    private static final List<String> HOSTS =
            List.of("host", "hostname", "node", "node.name", "nodename", "machine", "server", "node.id");
    private static final List<String> NAMES = List.of(
            "name",
            "gpu.name",
            "product.name",
            "card.series",
            "card.model",
            "model",
            "device.name",
            "gpu.model",
            "market.name",
            "gpu.type");
    private static final List<String> UTILISATIONS = List.of(
            "utilization.gpu",
            "gpu.utilization",
            "utilization",
            "gpu.util",
            "util",
            "util.gpu",
            "util.gpu.pct",
            "utilization.gpu.percent",
            "gpu.utilization.percent",
            "gpu.util.pct",
            "gpu.util.percent",
            "gfx.activity",
            "gpu.use",
            "gfx.utilization",
            "gr3d.freq");
    private static final List<String> MEMORIES = List.of(
            "memory.used", "mem.used", "mem.used.mib", "memory.used.mib", "fb.used", "vram.used", "used.memory");
    private static final List<String> CLOCKS =
            List.of("clocks.current.sm", "clocks.sm", "sm.clock", "clock.sm", "gfx.clk", "sclk");

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

    /** What these header cells are; empty if they name no power. */
    static Optional<Columns> of(List<String> cells) {
        List<ColumnName> names = cells.stream().map(ColumnName::of).toList();
        List<Power> all = new ArrayList<>();
        List<String> sums = new ArrayList<>();
        boolean jtop = names.stream().anyMatch(name -> JTOP.contains(name.text()));
        boolean ofMeter = isOfMeter(names);
        for (int i = 0; i < names.size(); i++) {
            Optional<Power> found = power(i, names.get(i));
            found = jtop ? found.map(one -> one.ofJtop(names.get(one.at()))) : found;
            found.map(one -> ofMeter && !one.said() ? one.ofNode() : one).ifPresent(all::add);
        }
        if (jtop) {
            all.sort(Comparator.comparing(one -> !one.field().endsWith("TOT"))); // what holds the others first
        }
        if (all.isEmpty()) {
            all.addAll(bareCards(names));
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Scope scope = scope(all);
        List<Power> chosen =
                new ArrayList<>(all.stream().filter(one -> one.scope() == scope).toList());
        boolean parts = chosen.stream().anyMatch(one -> !one.counter() && !isSum(names.get(one.at())));
        if (parts && scope != Scope.MODULE) {
            chosen.removeIf(one -> !one.counter()
                    && isSum(names.get(one.at()))
                    && sums.add(cells.get(one.at()).strip()));
        }
        List<String> leftOut = new ArrayList<>(sums);
        all.stream()
                .filter(one -> one.scope() != scope)
                .forEach(one -> leftOut.add(cells.get(one.at()).strip()));
        int date = find(names, List.of("date"));
        int clockOnly = find(names, List.of("time"));
        boolean apart = date >= 0 && clockOnly >= 0;
        int time = apart ? clockOnly : find(names, TIMES);
        if (time < 0) {
            time = firstWith(names, "timestamp");
        }
        int index = find(names, INDICES);
        int key = find(names, UUIDS);
        key = key >= 0 ? key : find(names, BUSES);
        key = key >= 0 ? key : index;
        int name = find(names, NAMES);
        When when = new When(
                time,
                apart ? date : -1,
                time >= 0 && names.get(time).hasAny(List.of("utc", "gmt")),
                time >= 0 ? timeScale(names.get(time).unit()) : Double.NaN);
        return Optional.of(new Columns(
                cells.size(),
                when,
                new Who(key, index, find(names, HOSTS), name),
                new Beside(find(names, UTILISATIONS), find(names, MEMORIES), find(names, CLOCKS)),
                List.copyOf(chosen),
                scope,
                chosen.stream().allMatch(Power::said) || key >= 0 || name >= 0,
                List.copyOf(leftOut)));
    }

    /** The same with this column as the time. */
    Columns withTime(int column) {
        When when = new When(column, -1, false, timeScale(""));
        Who others = new Who(who.key() == column ? -1 : who.key(), who.index(), who.host(), who.name());
        return new Columns(size, when, others, beside, powers, scope, scopeSaid, leftOut);
    }

    /** The power fields, a counter's last. */
    List<String> fields() {
        Set<String> fields = new LinkedHashSet<>();
        powers.stream().filter(one -> !one.counter()).forEach(one -> fields.add(one.field()));
        powers.stream().filter(Power::counter).forEach(one -> fields.add(one.field()));
        return List.copyOf(fields);
    }

    /** Whether a row holds several devices, a column each. */
    boolean isWide() {
        return powers.stream().anyMatch(one -> !one.device().isEmpty());
    }

    /** Whether a table is a meter's, with volts and amps, or one of machines and no GPU of theirs. */
    private static boolean isOfMeter(List<ColumnName> names) {
        boolean gpus = names.stream()
                        .anyMatch(name -> name.hasAny(GPU_WORDS) || !card(name).isEmpty())
                || find(names, INDICES) >= 0
                || find(names, UUIDS) >= 0
                || find(names, BUSES) >= 0
                || find(names, NAMES) >= 0;
        long electrical = names.stream().filter(name -> name.hasAny(ELECTRICAL)).count();
        return !gpus && (electrical >= 2 || find(names, HOSTS) >= 0);
    }

    private static double timeScale(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "us" -> 1e-3;
            case "ns" -> 1e-6;
            default -> 1e3;
        };
    }

    private static int find(List<ColumnName> names, List<String> candidates) {
        for (String candidate : candidates) {
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).text().equals(candidate)) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** The first column with this word in its name. */
    private static int firstWith(List<ColumnName> names, String word) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).words().contains(word)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSum(ColumnName name) {
        return name.hasAny(SUMS);
    }

    private static Optional<Power> power(int at, ColumnName name) {
        boolean energy = name.hasAny(List.of("energy", "totec")) && name.hasAny(COUNTER_WORDS);
        if (energy) {
            double scale = name.unit().isEmpty() ? 1 : NumberWithUnit.joules(name.unit());
            return Double.isNaN(scale)
                    ? Optional.empty()
                    : Optional.of(new Power(at, card(name), "energy.counter", scale, true, scopeOfCounter(name), true));
        }
        double scale = NumberWithUnit.watts(name.unit());
        boolean isPower = name.holdsAny(POWER_WORDS) || !Double.isNaN(scale);
        boolean otherUnit = !name.unit().isEmpty() && Double.isNaN(scale);
        if (!isPower || otherUnit || name.hasAny(NO_DRAW) || name.holdsAny(NO_DRAW_PARTS)) {
            return Optional.empty();
        }
        Scope scope = scopeOf(name);
        String device = scope == Scope.NODE || scope == Scope.PACKAGE ? device(name) : card(name);
        return Optional.of(
                new Power(at, device, field(name, scope), Double.isNaN(scale) ? 1 : scale, false, scope, isSaid(name)));
    }

    /** {@code GPU0,GPU1}: columns that name a card and nothing else, in a table that has no other columns but the time. */
    private static List<Power> bareCards(List<ColumnName> names) {
        List<Power> cards = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ColumnName name = names.get(i);
            if (CARD.matcher(name.text()).replaceFirst("").isEmpty()
                    && !card(name).isEmpty()) {
                cards.add(new Power(i, card(name), "power.draw", 1, false, Scope.GPU, true));
            }
        }
        boolean nothingElse = names.size() - cards.size() <= 2 && (find(names, TIMES) >= 0);
        return nothingElse ? cards : List.of();
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

    private static Scope scope(List<Power> all) {
        for (Scope scope : List.of(Scope.GPU, Scope.MODULE, Scope.NODE)) {
            if (all.stream().anyMatch(one -> one.scope() == scope)) {
                return scope;
            }
        }
        return Scope.PACKAGE;
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
