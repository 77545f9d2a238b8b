package dev.wattline.analysis.read.table;

import dev.wattline.analysis.powerlog.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        List<PowerColumn> powers,
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

    /** What these header cells are; empty if they name no power. */
    static Optional<Columns> of(List<String> cells) {
        List<ColumnName> names = cells.stream().map(ColumnName::of).toList();
        List<PowerColumn> all = new ArrayList<>();
        List<String> sums = new ArrayList<>();
        boolean jtop = names.stream().anyMatch(name -> JTOP.contains(name.text()));
        boolean ofMeter = isOfMeter(names);
        for (int i = 0; i < names.size(); i++) {
            Optional<PowerColumn> found = PowerColumn.of(i, names.get(i));
            found = jtop ? found.map(one -> one.ofJtop(names.get(one.at()))) : found;
            found.map(one -> ofMeter && !one.said() ? one.ofNode() : one).ifPresent(all::add);
        }
        if (jtop) {
            all.sort(Comparator.comparing(one -> !one.field().endsWith("TOT"))); // what holds the others first
        }
        if (all.isEmpty()) {
            all.addAll(PowerColumn.bareCards(names, find(names, TIMES) >= 0));
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Scope scope = scope(all);
        List<PowerColumn> chosen =
                new ArrayList<>(all.stream().filter(one -> one.scope() == scope).toList());
        boolean parts = chosen.stream().anyMatch(one -> !one.counter() && !PowerColumn.isSum(names.get(one.at())));
        if (parts && scope != Scope.MODULE) {
            chosen.removeIf(one -> !one.counter()
                    && PowerColumn.isSum(names.get(one.at()))
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
                chosen.stream().allMatch(PowerColumn::said) || key >= 0 || name >= 0,
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
        powers.stream().filter(PowerColumn::counter).forEach(one -> fields.add(one.field()));
        return List.copyOf(fields);
    }

    /** Whether a row holds several devices, a column each. */
    boolean isWide() {
        return powers.stream().anyMatch(one -> !one.device().isEmpty());
    }

    /** Whether a table is a meter's, with volts and amps, or one of machines and no GPU of theirs. */
    private static boolean isOfMeter(List<ColumnName> names) {
        boolean gpus = names.stream().anyMatch(PowerColumn::isOfGpu)
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

    private static Scope scope(List<PowerColumn> all) {
        for (Scope scope : List.of(Scope.GPU, Scope.MODULE, Scope.NODE)) {
            if (all.stream().anyMatch(one -> one.scope() == scope)) {
                return scope;
            }
        }
        return Scope.PACKAGE;
    }
}
