package dev.wattline.cli;

import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.json.InformalJson;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.files.TelemetryMeta.Source;
import dev.wattline.files.TelemetryMeta.StampClock;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.simulation.machine.MachineLoad;
import dev.wattline.simulation.machine.SimulatedMachine;
import dev.wattline.simulation.machine.SimulatedMachine.Shown;
import dev.wattline.sut.workload.Staircase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Writes a folder as {@code measure -o} does, of a simulated machine beside a meter. */
final class MeteredFolder {
    static final double CLOCK_AHEAD_S = 2.4; // of the machine against the meter

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("MM-dd-yyyy HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long TICKS_A_SECOND = 100_000; // finer than a kernel's, so that rounding plays no part
    private static final long RANGE_UJ = 262_143_328_850L;

    private final Path folder;
    private final SimulatedMachine machine;
    private final Instant begin;
    private final List<Source> sources = new ArrayList<>();
    private int secondFanRpm = -1;
    private String supply = "";
    private int inletC = 23;

    MeteredFolder(Path folder, SimulatedMachine machine, Instant begin) {
        this.folder = folder;
        this.machine = machine;
        this.begin = begin;
    }

    static MachineLoad load(Staircase staircase, int cards) {
        MachineLoad load = MachineLoad.blank(cards, staircase.seconds(), 1, 0);
        int at = 0;
        for (Staircase.Step step : staircase.steps()) {
            if (step.card() == Staircase.ALL) {
                load.set(at, at + step.seconds(), step.gpu(), step.cpu());
            } else {
                Arrays.fill(load.gpu()[step.card()], at, at + step.seconds(), step.gpu());
            }
            at += step.seconds();
        }
        load.usualMemory();
        return load;
    }

    Path staircase(Staircase staircase) throws IOException {
        List<String> lines = new ArrayList<>(List.of("begin_ms,end_ms,name,gpu,cpu,hold_out"));
        long at = begin.toEpochMilli();
        for (Staircase.Step step : staircase.steps()) {
            double gpu = step.card() == Staircase.ALL ? step.gpu() : step.gpu() / machine.cards().length;
            long end = at + 1000L * step.seconds();
            lines.add(at + "," + end + "," + step.name() + "," + gpu + "," + step.cpu() + "," + step.holdOut());
            at = end;
        }
        return Files.write(folder.resolve("staircase.csv"), lines);
    }

    /** @param watts in each second, by the meter, whose clock is behind */
    Path meter(double[] watts) throws IOException {
        List<String> lines = new ArrayList<>(List.of("unix_ms,watts"));
        long first = begin.toEpochMilli() - Math.round(1e3 * CLOCK_AHEAD_S);
        for (int k = 0; k < watts.length; k++) {
            lines.add(first + 1000L * k + "," + watts[k]);
            lines.add(first + 1000L * k + 999 + "," + watts[k]);
        }
        return Files.write(folder.resolve("meter.csv"), lines);
    }

    /** Makes it a session with an analyzer, whose clock is the machine's. */
    void analyzer(double[] watts) throws IOException {
        Files.delete(folder.resolve("informal.json"));
        List<String> rows = new ArrayList<>();
        for (int k = 0; k < watts.length; k++) {
            rows.add(String.format(
                    Locale.ROOT,
                    "Time,%s,Watts,%.3f,Volts,230.0,Amps,1.0,PF,0.99",
                    STAMP.format(begin.plusSeconds(k + 1)),
                    watts[k]));
        }
        Files.createDirectories(folder.resolve("run_1"));
        Files.write(folder.resolve("run_1/spl.txt"), rows);
    }

    void write(Shown shown, String firstCard) throws IOException {
        write(shown, firstCard, true);
    }

    /** @param packages whether the packages' counters may be read; the processors' activity always may */
    void write(Shown shown, String firstCard, boolean packages) throws IOException {
        Path telemetry = Files.createDirectories(folder.resolve("telemetry/testing"));
        for (int i = 0; i < shown.cardsW().length; i++) {
            counter(telemetry, "nvml", card(i, firstCard), "gpu", shown.cardsW()[i], "mJ", 1e3, 0, i == 0);
        }
        if (packages) {
            counter(telemetry, "rapl", "package-0", "package", shown.packageW(), "uJ", 1e6, RANGE_UJ, true);
        }
        activity(telemetry, shown.busy());
        if (packages && shown.memoryW().length > 0) {
            counter(telemetry, "rapl", "package-0/dram", "dram", shown.memoryW(), "uJ", 1e6, RANGE_UJ, false);
        }
        node(telemetry, shown);
        if (secondFanRpm >= 0) {
            cooling(telemetry, shown.wallW().length);
        }
        TelemetryMetaJson.write(telemetry.resolve(TelemetryMeta.FILE), meta(shown.wallW().length));
        SystemFactsJson.write(folder.resolve("system/sut.json"), facts(firstCard));
        Instant end = begin.plusSeconds(shown.wallW().length);
        EnergyStatement statement =
                EnergyStatement.of(telemetry, meta(shown.wallW().length), begin.toEpochMilli(), end.toEpochMilli());
        InformalJson.write(
                folder.resolve(InformalJson.FILE),
                new InformalJson.Informal(
                        new InformalJson.Ran(List.of("load"), 0, begin, end, List.of(), OptionalDouble.empty()),
                        statement));
    }

    private static String card(int i, String first) {
        return i == 0 ? first : "GPU-" + i;
    }

    private TelemetryMeta meta(int seconds) {
        return new TelemetryMeta(
                "testing",
                "UTC",
                null,
                null,
                "",
                List.of(),
                List.of(),
                0,
                begin,
                begin.plusSeconds(seconds),
                List.of(),
                Map.of(),
                List.of(),
                sources);
    }

    private SystemFacts facts(String firstCard) {
        List<SystemFacts.Gpu> gpus = new ArrayList<>();
        for (int i = 0; i < machine.cards().length; i++) {
            gpus.add(new SystemFacts.Gpu(
                    i, card(i, firstCard), "card", "", null, 700.0, 700.0, 700.0, null, null, "", "", "Disabled"));
        }
        return new SystemFacts(
                begin,
                new SystemFacts.Host("sut", "vendor", "product", "1"),
                new SystemFacts.Software("Linux", "6.8", "amd64", List.of()),
                new SystemFacts.Processor("cpu", machine.sockets(), 8, 16, "", "", "", "", "", List.of()),
                1L << 38,
                null,
                "580",
                gpus,
                "",
                List.of());
    }

    private void counter(
            Path telemetry,
            String source,
            String entity,
            String scope,
            double[] watts,
            String unit,
            double perJoule,
            long range,
            boolean fresh)
            throws IOException {
        Series series = new Series(entity, "", scope, "energy", unit, Kind.COUNTER, 1, range, 1.0, null);
        Path file = telemetry.resolve(source + ".csv");
        List<String> rows = new ArrayList<>(fresh ? List.of(head()) : Files.readAllLines(file));
        double joules = range > 0 ? range / 1e6 - 40_000 : 5_000; // that it wraps around
        for (int k = 0; k <= watts.length; k++) {
            long value = Math.round(joules * perJoule);
            rows.add(row(k, source, entity, scope, "energy", Long.toString(range > 0 ? value % range : value), unit));
            joules += k < watts.length ? watts[k] : 0;
        }
        Files.write(file, rows);
        add(source, series);
    }

    private void activity(Path telemetry, double[] busy) throws IOException {
        List<String> rows = new ArrayList<>(List.of(head()));
        double ticks = 0;
        for (int k = 0; k <= busy.length; k++) {
            rows.add(row(k, "os", "cpu", "activity", "busy", Long.toString(Math.round(ticks)), "ticks"));
            rows.add(row(k, "os", "cpu", "activity", "all", Long.toString(TICKS_A_SECOND * k), "ticks"));
            ticks += k < busy.length ? TICKS_A_SECOND * busy[k] : 0;
        }
        Files.write(telemetry.resolve("os.csv"), rows);
        for (String quantity : List.of("busy", "all")) {
            add("os", new Series("cpu", "", "activity", quantity, "ticks", Kind.COUNTER, 1, 0, null, null));
        }
    }

    private void node(Path telemetry, Shown shown) throws IOException {
        List<String> rows = new ArrayList<>(List.of(head()));
        for (int i = 0; i < shown.bmcAtS().length; i++) {
            rows.add(row(
                    shown.bmcAtS()[i],
                    "redfish",
                    "chassis",
                    "node",
                    "power",
                    Long.toString(Math.round(shown.bmcW()[i])),
                    "W"));
        }
        Files.write(telemetry.resolve("redfish.csv"), rows);
        add("redfish", new Series("chassis", "", "node", "power", "W", Kind.SAMPLE, 1, 0, null, null));
        if (!supply.isEmpty()) {
            add(
                    "redfish",
                    new Series("chassis/supply 0", supply, "supply", "capacity", "W", Kind.SAMPLE, 1, 0, null, null));
        }
    }

    /** From now on the controller tells of a power supply. */
    MeteredFolder withSupply(String model) {
        supply = model;
        return this;
    }

    /** From now on two fans are read, of which the second runs at this speed, and the incoming air. */
    MeteredFolder withFans(int rpm, int celsius) {
        secondFanRpm = rpm;
        inletC = celsius;
        return this;
    }

    private void cooling(Path telemetry, int seconds) throws IOException {
        List<String> rows = new ArrayList<>(List.of(head()));
        for (int k = 0; k <= seconds; k += 10) {
            rows.add(row(k, "cooling", "nct6775/fan1", "cooling", "fan", "5400", "rpm"));
            rows.add(row(k, "cooling", "nct6775/fan2", "cooling", "fan", Integer.toString(secondFanRpm), "rpm"));
            rows.add(row(k, "cooling", "board/inlet", "cooling", "temperature", inletC + "000", "mC"));
        }
        Files.write(telemetry.resolve("cooling.csv"), rows);
        for (String fan : List.of("nct6775/fan1", "nct6775/fan2")) {
            add("cooling", new Series(fan, "", "cooling", "fan", "rpm", Kind.SAMPLE, 1, 0, null, null));
        }
        add("cooling", new Series("board/inlet", "", "cooling", "temperature", "mC", Kind.SAMPLE, 1, 0, null, null));
    }

    private static String head() {
        return "utc_ms,mono_ns,source,entity,scope,quantity,value,unit,status";
    }

    private String row(
            double second, String source, String entity, String scope, String quantity, String value, String unit) {
        long ms = begin.toEpochMilli() + Math.round(1e3 * second);
        long nanos = 7_000_000_000L + Math.round(1e9 * second);
        return String.format(
                Locale.ROOT, "%d,%d,%s,%s,%s,%s,%s,%s,ok", ms, nanos, source, entity, scope, quantity, value, unit);
    }

    private void add(String name, Series series) {
        List<Series> all = new ArrayList<>(List.of(series));
        sources.stream().filter(one -> one.name().equals(name)).forEach(one -> all.addAll(0, one.series()));
        sources.removeIf(one -> one.name().equals(name));
        sources.add(
                new Source(name, name + ".csv", StampClock.RUNNER_UTC, "", 1000, List.of(), all, Map.of(), List.of()));
    }
}
