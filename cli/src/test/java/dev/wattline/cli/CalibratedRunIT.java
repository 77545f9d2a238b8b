package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.files.SessionFolder;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.files.TelemetryMeta.Source;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.mock.machine.MachineModel;
import dev.wattline.mock.machine.MachineModel.Part;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.model.Phase;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A mock machine is calibrated beside a meter and then measured without one, by processes of their own. The quarter of an
 * hour beside the meter is written rather than waited for, as readings of the very sources that a short measurement found.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are those of POSIX")
class CalibratedRunIT {
    private static final int SECONDS = 900;
    private static final int STAIR_S = 36;
    private static final double EFFICIENCY = 0.92;
    private static final double REST_W = 60;
    private static final double GPU_SHARE = 0.7;
    private static final String SOURCES = "nvml,rapl,ipmi";

    /** Stairs from 150 to 550 W in no order. */
    private static final SignalModel STAIRS = seconds -> 150 + 400 * (Math.floor(seconds / STAIR_S) * 7 % 11) / 10;

    @TempDir
    Path folder;

    private final List<Process> machines = new ArrayList<>();

    @AfterEach
    void endMachines() throws InterruptedException {
        for (Process machine : machines) {
            machine.destroy();
            machine.waitFor(20, TimeUnit.SECONDS);
            machine.destroyForcibly();
        }
    }

    private Programs.Outcome wattline(String name, String... arguments) throws IOException, InterruptedException {
        return new Programs(folder).run(name, arguments);
    }

    @Test
    void trueEnergyAtTheWallIsInsideTheIntervalOfARunWithoutDirector() throws Exception {
        machines.add(new Programs(folder)
                .start(
                        "machine",
                        List.of(
                                "mock-machine",
                                "--root",
                                "m",
                                "--signal",
                                "square,low=220,high=430,period=6,duty=0.5")));
        await().atMost(TestDeadlines.seconds(30)).until(() -> truth().size() > 3);
        Programs.Outcome found = wattline(
                "found",
                "measure",
                "--telemetry",
                SOURCES,
                "--telemetry-settings",
                "m/sources.ini",
                "--telemetry-required",
                "--nvidia-smi",
                "no-smi",
                "-o",
                "cal",
                "--",
                "sleep",
                "3");
        assertThat(found.status()).as(found.output()).isZero();
        Path session = only(folder.resolve("cal"));
        besideAMeter(session);
        Programs.Outcome calibrated = wattline(
                "calibrate",
                "calibrate",
                session.toString(),
                "--meter",
                "meter.csv",
                "--meter-uncertainty",
                "0.1",
                "--out",
                "lab.json");
        assertThat(calibrated.status()).as(calibrated.output()).isZero();

        Programs.Outcome run = wattline(
                "run",
                "run",
                "--no-director",
                "-w",
                "sleep 25",
                "-o",
                "out",
                "--telemetry",
                SOURCES,
                "--telemetry-settings",
                "m/sources.ini",
                "--telemetry-required",
                "--nvidia-smi",
                "no-smi",
                "--calibration",
                "lab.json",
                "--json",
                "r.json");

        assertThat(run.status()).as(run.output()).isZero();
        JsonNode result = JsonMapper.builder().build().readTree(Files.readAllBytes(folder.resolve("r.json")));
        long from = Instant.parse(result.path("begin").asString()).toEpochMilli();
        long to = Instant.parse(result.path("end").asString()).toEpochMilli();
        await().atMost(TestDeadlines.seconds(10)).until(() -> truth().lastKey() > to);
        double truth = joules(to) - joules(from);
        JsonNode wall = result.path("wall");
        double low = wall.path("intervalJ").path(0).asDouble();
        double high = wall.path("intervalJ").path(1).asDouble();
        assertThat(truth).as(wall.toString()).isBetween(low, high);
        assertThat((high - low) / 2 / truth).isLessThan(0.15);
        assertThat(wall.path("sources").valueStream().map(JsonNode::asString))
                .as(calibrated.output())
                .startsWith("gpu", "rapl");
        assertThat(wall.path("twoDays").asBoolean()).isFalse();
        assertThat(result.path("energyReport").path("measurementMethod").asString())
                .isEqualTo("calibrated-model");
        assertThat(run.output()).contains("informal: no submission");
        Path out = only(folder.resolve("out"));
        assertThat(wattline("report", "report", out.toString()).status()).isZero();
        assertThat(Files.readString(out.resolve("analysis/report.html"))).contains("at the wall, inferred");
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> made = Files.list(folder)) {
            return made.findFirst().orElseThrow();
        }
    }

    /** The true energy at the wall so far, by the time in ms. */
    private NavigableMap<Long, Double> truth() throws IOException {
        TreeMap<Long, Double> joules = new TreeMap<>();
        Path file = folder.resolve("m/truth.csv");
        if (!Files.exists(file)) {
            return joules;
        }
        String text = Files.readString(file); // its last line may not be whole
        List<String> rows =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        for (String row : rows.subList(Math.min(1, rows.size()), rows.size())) {
            String[] cells = row.split(",");
            joules.put(Long.parseLong(cells[0]), Double.parseDouble(cells[2]));
        }
        return joules;
    }

    private double joules(long ms) throws IOException {
        NavigableMap<Long, Double> joules = truth();
        Map.Entry<Long, Double> low = joules.floorEntry(ms);
        Map.Entry<Long, Double> high = joules.ceilingEntry(ms);
        assertThat(low).isNotNull();
        assertThat(high).isNotNull();
        double length = Math.max(1, high.getKey() - low.getKey());
        return low.getValue() + (ms - low.getKey()) / length * (high.getValue() - low.getValue());
    }

    /** Replaces the session's readings by those of stairs, and writes what a meter shows meanwhile. */
    private void besideAMeter(Path session) throws IOException {
        MachineModel machine = new MachineModel(STAIRS, EFFICIENCY, REST_W, GPU_SHARE);
        Path telemetry = new SessionFolder(session).telemetry(Phase.TESTING);
        TelemetryMeta meta = TelemetryMetaJson.read(telemetry.resolve(TelemetryMeta.FILE));
        long begin = Instant.now().minusSeconds(2 * SECONDS).toEpochMilli();
        for (Source source : meta.sources()) {
            List<String> rows =
                    new ArrayList<>(List.of("utc_ms,mono_ns,source,entity,scope,quantity,value,unit,status"));
            for (int second = 0; second <= SECONDS; second++) {
                for (Series series : source.series()) {
                    rows.add(String.format(
                            Locale.ROOT,
                            "%d,%d,%s,%s,%s,%s,%s,%s,ok",
                            begin + 1000L * second,
                            1_000_000_000L * (second + 1),
                            source.name(),
                            series.entity(),
                            series.scope(),
                            series.quantity(),
                            value(machine, series, second),
                            series.unit()));
                }
            }
            Files.write(telemetry.resolve(source.log()), rows);
        }
        List<String> meter = new ArrayList<>(List.of("unix_ms,watts"));
        for (int second = 0; second < SECONDS; second++) {
            double watts = machine.meanWatts(Part.WALL, second, second + 1);
            meter.add(begin + 1000L * second + "," + watts);
            meter.add(begin + 1000L * second + 999 + "," + watts);
        }
        Files.write(folder.resolve("meter.csv"), meter);
    }

    private static String value(MachineModel machine, Series series, int second) {
        if (series.scope().equals("cooling")) {
            return "5000"; // rpm
        }
        Part part = Part.valueOf(series.scope().toUpperCase(Locale.ROOT));
        if (series.kind() != Kind.COUNTER) {
            return Long.toString(Math.round(machine.meanWatts(part, second - 2, second)));
        }
        double joules = 0;
        for (int k = 0; k < second; k++) { // by pieces within which the power stands still
            joules += machine.joules(part, k, k + 1);
        }
        double unit = series.unit().equals("uJ") ? 1e6 : 1e3;
        return Long.toString(Math.round(unit * (1000 + joules)));
    }
}
