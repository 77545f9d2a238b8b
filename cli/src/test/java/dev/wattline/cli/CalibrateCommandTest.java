package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.simulation.machine.MachineLoad;
import dev.wattline.simulation.machine.SimulatedMachine;
import dev.wattline.simulation.machine.SimulatedMachine.Shown;
import dev.wattline.sut.workload.Staircase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code calibrate}, {@code calibration check} and {@code analyze --calibration} on a simulated machine's files. */
@ResourceLock(Resources.SYSTEM_OUT)
class CalibrateCommandTest {
    private static final Instant FIRST = Instant.parse("2026-01-20T08:00:00Z");
    private static final double DRIFT_W = 24; // of some 1100 W: more than days differ, less than twice the interval
    private static final Pattern INFERRED = Pattern.compile("wall +([0-9.]+) kJ +\\(([0-9.]+) to ([0-9.]+), 95 %\\)");

    private final SplittableRandom random = new SplittableRandom(11);
    private final SimulatedMachine machine = SimulatedMachine.draw(random);
    private final Staircase staircase = Staircase.of(Staircase.Length.FULL, true, machine.cards().length, 3);

    private String supply = "";

    @TempDir
    private Path folder;

    /** A staircase on a day, beside a meter that shows what is made of the wall's power. */
    private Path session(String name, int day, String card, DoubleUnaryOperator meter) throws IOException {
        Path session = Files.createDirectories(folder.resolve(name));
        MeteredFolder files = new MeteredFolder(session, machine, FIRST.plusSeconds(86_400L * day))
                .withFans(5200, 23)
                .withSupply(supply);
        Shown shown =
                machine.run(MeteredFolder.load(staircase, machine.cards().length), machine.day(1, random), random);
        files.write(shown, card);
        files.staircase(staircase);
        int kept = staircase.seconds()
                - staircase.steps().stream()
                        .filter(Staircase.Step::holdOut)
                        .mapToInt(Staircase.Step::seconds)
                        .sum();
        double[] watts = shown.meterW().clone();
        for (int k = 0; k < watts.length; k++) {
            watts[k] = name.startsWith("late") && k < kept ? watts[k] : meter.applyAsDouble(watts[k]);
        }
        files.meter(watts);
        return session;
    }

    private Outcome calibrate(Path session, String... more) {
        String[] arguments = {
            "calibrate",
            session.toString(),
            "--meter",
            session.resolve("meter.csv").toString(),
            "--meter-uncertainty",
            "0.1",
            "--stairs",
            session.resolve("staircase.csv").toString()
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return CapturedStreams.run(all);
    }

    private String file() {
        return folder.resolve("lab.json").toString();
    }

    @Test
    void anotherDaysLoadIsInsideTheIntervalAndASecondSessionMakesItAPromise() throws IOException {
        Outcome made = calibrate(session("one", 0, "GPU-0", w -> w), "--out", file());
        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.out()).contains("redfish chassis: gain", "clock is 2.4 s ahead", "add one of another day");

        MachineLoad load = MachineLoad.otherKind(machine.cards().length, 0, 300, 0.03, random);
        Path used = Files.createDirectories(folder.resolve("used"));
        Shown shown = machine.run(load, machine.day(1, random), random);
        new MeteredFolder(used, machine, FIRST.plusSeconds(40 * 86_400L)).write(shown, "GPU-0");
        double truth = Arrays.stream(shown.wallW()).sum() / 1e3;
        Outcome first = CapturedStreams.run("analyze", used.toString(), "--calibration", file());
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("day-to-day change assumed", "1.3 months old", "informal");
        assertInside(first.out(), truth);

        Outcome added = calibrate(session("two", 1, "GPU-0", w -> w), "--add", file());
        assertThat(added.exitCode()).as(added.err()).isZero();
        assertThat(added.out()).contains("revision 2, sessions: 2");
        Outcome second = CapturedStreams.run("analyze", used.toString(), "--calibration", file());
        assertThat(second.out()).doesNotContain("day-to-day change assumed");
        assertInside(second.out(), truth);
    }

    private static void assertInside(String text, double truthKj) {
        Matcher found = INFERRED.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        assertThat(truthKj).isBetween(Double.parseDouble(found.group(2)), Double.parseDouble(found.group(3)));
        double width = Double.parseDouble(found.group(3)) - Double.parseDouble(found.group(2));
        assertThat(width / truthKj).isLessThan(0.12);
    }

    @Test
    void meterThatIsWrongWhileThePartKeptBackRunsIsNoticed() throws IOException {
        Outcome refused = calibrate(session("late", 0, "GPU-0", w -> 1.03 * w), "--out", file());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("does not hold", "kept back");
        assertThat(Path.of(file())).doesNotExist();
    }

    @Test
    void checkTellsWhatHoldsFromWhatDriftedAndWhatIsBroken() throws IOException {
        calibrate(session("one", 0, "GPU-0", w -> w), "--out", file());

        Outcome holds = check(session("later", 1, "GPU-0", w -> w));
        assertThat(holds.out()).contains("holds: all");
        assertThat(holds.exitCode()).isZero();
        Outcome broken = check(session("broken", 2, "GPU-0", w -> 1.1 * w));
        assertThat(broken.out()).contains("broken: ");
        assertThat(broken.exitCode()).isEqualTo(1);
    }

    @Test
    void whatDriftedIsToldAndHoldsOnceItsSessionIsAdded() throws IOException {
        calibrate(session("one", 0, "GPU-0", w -> w), "--out", file());
        Path month = session("month", 30, "GPU-0", w -> w + DRIFT_W);

        Outcome drifted = check(month);
        assertThat(drifted.out()).contains("drifted: ", "all by about the same", "calibrate --add", "GPUs 100 %");
        assertThat(drifted.exitCode()).isEqualTo(1);

        assertThat(calibrate(month, "--add", file()).exitCode()).isZero();
        Outcome again = check(session("again", 31, "GPU-0", w -> w + DRIFT_W));
        assertThat(again.out()).contains("holds: all");
        assertThat(again.exitCode()).isZero();
    }

    @Test
    void wherePackagesMayNotBeReadTheProcessorsActivityStandsIn() throws IOException {
        calibrate(session("one", 0, "GPU-0", w -> w), "--out", file());
        MachineLoad load = MachineLoad.otherKind(machine.cards().length, 0, 300, 0.03, random);
        Path used = Files.createDirectories(folder.resolve("used"));
        Shown shown = machine.run(load, machine.day(1, random), random);
        new MeteredFolder(used, machine, FIRST.plusSeconds(86_400L)).write(shown, "GPU-0", false);

        Outcome outcome = CapturedStreams.run("analyze", used.toString(), "--calibration", file());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("gpu+os");
        assertInside(outcome.out(), Arrays.stream(shown.wallW()).sum() / 1e3);
    }

    @Test
    void besideAnAnalyzerTheInferredWallStandsBesideTheMeasuredOne() throws IOException {
        calibrate(session("one", 0, "GPU-0", w -> w), "--out", file());
        calibrate(session("two", 1, "GPU-0", w -> w), "--add", file());
        MachineLoad load = MachineLoad.otherKind(machine.cards().length, 0, 300, 0.03, random);
        Path used = Files.createDirectories(folder.resolve("used"));
        Shown shown = machine.run(load, machine.day(1, random), random);
        MeteredFolder files = new MeteredFolder(used, machine, FIRST.plusSeconds(3 * 86_400L));
        files.write(shown, "GPU-0");
        files.analyzer(shown.wallW());

        Outcome outcome = CapturedStreams.run("analyze", used.toString(), "--calibration", file());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Sources by scope", "By lab.json, over", "fans were not watched");
        Outcome report = CapturedStreams.run("report", used.toString(), "--calibration", file());
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(Files.readString(used.resolve("analysis/report.html"))).contains("gpu+rapl+redfish by lab.json");
        JsonNode sources =
                JsonMapper.builder().build().readTree(Files.readAllBytes(used.resolve("analysis/sources.json")));
        assertThat(sources.path("energyReport").path("measurementMethod").asString())
                .isEqualTo("analyzer");
        JsonNode wall = sources.path("wall");
        double measured = sources.path("energyReport").path("energyJ").asDouble();
        assertThat(measured)
                .isBetween(
                        wall.path("intervalJ").path(0).asDouble(),
                        wall.path("intervalJ").path(1).asDouble());
        assertThat(wall.path("twoDays").asBoolean()).isTrue();
    }

    @Test
    void aDeadFanIsRefusedAndWarmerAirIsToldAndWidens() throws IOException {
        calibrate(session("one", 0, "GPU-0", w -> w), "--out", file());
        MachineLoad load = MachineLoad.otherKind(machine.cards().length, 0, 300, 0.03, random);
        Shown shown = machine.run(load, machine.day(1, random), random);
        Instant later = FIRST.plusSeconds(3 * 86_400L);
        Path same = Files.createDirectories(folder.resolve("same"));
        new MeteredFolder(same, machine, later).withFans(3100, 24).write(shown, "GPU-0");
        Path warm = Files.createDirectories(folder.resolve("warm"));
        new MeteredFolder(warm, machine, later).withFans(3100, 33).write(shown, "GPU-0");
        Path dead = Files.createDirectories(folder.resolve("dead"));
        new MeteredFolder(dead, machine, later).withFans(0, 23).write(shown, "GPU-0");
        Path unwatched = Files.createDirectories(folder.resolve("unwatched"));
        new MeteredFolder(unwatched, machine, later).write(shown, "GPU-0");

        Outcome usual = CapturedStreams.run("analyze", same.toString(), "--calibration", file());
        assertThat(usual.out()).doesNotContain("fan", "°C");
        Outcome warmer = CapturedStreams.run("analyze", warm.toString(), "--calibration", file());
        assertThat(warmer.out()).contains("board/inlet was at 33 °C, and at 23 to 23 °C when calibrated");
        assertThat(width(warmer.out())).isGreaterThan(1.05 * width(usual.out()));
        Outcome refused = CapturedStreams.run("analyze", dead.toString(), "--calibration", file());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("nct6775/fan2 stands still");
        Outcome blind = CapturedStreams.run("analyze", unwatched.toString(), "--calibration", file());
        assertThat(blind.out()).contains("fans were not watched", "no temperature was read");
    }

    @Test
    void ofAMeasurementThatWasKeptAnalyzeTellsTheSourcesAndReportInfersTheWall() throws IOException {
        calibrate(session("one", 0, "GPU-0", w -> w), "--out", file());
        MachineLoad load = MachineLoad.otherKind(machine.cards().length, 0, 300, 0.03, random);
        Path used = Files.createDirectories(folder.resolve("used"));
        Shown shown = machine.run(load, machine.day(1, random), random);
        new MeteredFolder(used, machine, FIRST.plusSeconds(86_400L)).write(shown, "GPU-0");

        Outcome plain = CapturedStreams.run("analyze", used.toString());
        assertThat(plain.exitCode()).as(plain.err()).isZero();
        assertThat(plain.out()).contains("Sources by scope", "gpu ", "nvml counter", "node ", "informal");
        JsonNode sources =
                JsonMapper.builder().build().readTree(Files.readAllBytes(used.resolve("analysis/sources.json")));
        assertThat(sources.path("calibrated").asBoolean()).isFalse();
        assertThat(sources.path("energyReport").path("scope").asString()).isEqualTo("node");
        Outcome json = CapturedStreams.run("analyze", used.toString(), "--calibration", file(), "--json");
        JsonNode inferred = JsonMapper.builder().build().readTree(json.out());
        assertThat(inferred.path("energyReport").path("unseen")).isEmpty();
        JsonNode wall = inferred.path("wall");
        assertThat(Arrays.stream(shown.wallW()).sum())
                .isBetween(
                        wall.path("intervalJ").path(0).asDouble(),
                        wall.path("intervalJ").path(1).asDouble());
        Outcome report = CapturedStreams.run("report", used.toString(), "--calibration", file());
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(Files.readString(used.resolve("analysis/report.html")))
                .contains("at the wall, inferred", "by lab.json", "fans were not watched")
                .doesNotContain("Not in it");
        assertThat(CapturedStreams.run("analyze", used.toString(), "--card-name", "H100")
                        .exitCode())
                .isEqualTo(2);
    }

    private static double width(String text) {
        Matcher found = INFERRED.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return Double.parseDouble(found.group(3)) - Double.parseDouble(found.group(2));
    }

    private Outcome check(Path session) {
        return CapturedStreams.run(
                "calibration",
                "check",
                file(),
                session.toString(),
                "--meter",
                session.resolve("meter.csv").toString(),
                "--stairs",
                session.resolve("staircase.csv").toString());
    }

    @Test
    void anotherCardIsRefusedByName() throws IOException {
        calibrate(session("one", 0, "GPU-0", w -> w), "--out", file());
        Path other = session("other", 1, "GPU-other", w -> w);

        Outcome added = calibrate(other, "--add", file());
        Outcome used = CapturedStreams.run("analyze", other.toString(), "--calibration", file());

        assertThat(added.exitCode()).isEqualTo(1);
        assertThat(added.err()).contains("card GPU-other: nothing when calibrated, card now");
        assertThat(used.exitCode()).isEqualTo(1);
        assertThat(used.err()).contains("lab.json is of another machine", "card GPU-0: card when calibrated");
    }

    @Test
    void refusedCalibrationLeavesTheRestOfTheAnalysisAndStandsInFileAndReport() throws IOException {
        calibrate(session("one", 0, "GPU-0", w -> w), "--out", file());
        Path kept = session("other", 1, "GPU-other", w -> w);
        Path analyzed = Files.createDirectories(folder.resolve("analyzed"));
        MachineLoad load = MachineLoad.otherKind(machine.cards().length, 0, 300, 0.03, random);
        Shown shown = machine.run(load, machine.day(1, random), random);
        MeteredFolder files = new MeteredFolder(analyzed, machine, FIRST.plusSeconds(3 * 86_400L));
        files.write(shown, "GPU-other");
        files.analyzer(shown.wallW());

        for (Path session : List.of(kept, analyzed)) {
            Outcome text = CapturedStreams.run("analyze", session.toString(), "--calibration", file());
            assertThat(text.exitCode()).isEqualTo(1);
            assertThat(text.out()).contains("Sources by scope", "Written: ");
            JsonNode sources =
                    JsonMapper.builder().build().readTree(Files.readAllBytes(session.resolve("analysis/sources.json")));
            assertThat(sources.path("findings").valueStream()
                            .map(finding -> finding.path("id").asString()))
                    .contains("calibration-other-machine");
            assertThat(sources.path("wall").isObject()).isFalse();

            Outcome report = CapturedStreams.run("report", session.toString(), "--calibration", file());
            assertThat(report.exitCode()).isEqualTo(1);
            assertThat(report.err()).contains("lab.json is of another machine");
            assertThat(Files.readString(session.resolve("analysis/report.html")))
                    .contains("No wall power by the calibration: ", "lab.json is of another machine");
        }
    }

    @Test
    void aCounterThatStandsStillIsRefusedWithItsFinding() throws IOException {
        Path session = session("stuck", 0, "GPU-0", w -> w);
        Path counters = session.resolve("telemetry/testing/nvml.csv");
        String[] still = {""};
        Files.write(
                counters,
                Files.readAllLines(counters).stream()
                        .map(row -> {
                            String[] cells = row.split(",", -1);
                            if (!cells[3].equals("GPU-0")) {
                                return row;
                            }
                            boolean moves = still[0].isEmpty() || Long.parseLong(cells[0]) % 86_400_000 < 29_700_000;
                            still[0] = moves ? cells[6] : still[0];
                            cells[6] = still[0];
                            return String.join(",", cells);
                        })
                        .toList());
        Path json = folder.resolve("made.json");

        Outcome refused = calibrate(session, "--out", file(), "--json", json.toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("energy counter of GPU-0 by nvml is of no use: it stood still for");
        assertThat(Path.of(file())).doesNotExist();
        JsonNode root = JsonMapper.builder().build().readTree(Files.readAllBytes(json));
        assertThat(root.path("made").asBoolean(true)).isFalse();
        assertThat(root.path("refused").path("id").asString("")).isEqualTo("calibration-counter-stuck");
        assertThat(root.path("refused").path("values").path("card").asString(""))
                .isEqualTo("GPU-0");
    }

    @Test
    void otherSuppliesAreRefusedAndThoseOnlyOneSideKnowsAreTold() throws IOException {
        MachineLoad load = MachineLoad.otherKind(machine.cards().length, 0, 300, 0.03, random);
        Shown shown = machine.run(load, machine.day(1, random), random);
        calibrate(session("one", 0, "GPU-0", w -> w), "--out", file());
        Path known = Files.createDirectories(folder.resolve("known"));
        new MeteredFolder(known, machine, FIRST.plusSeconds(86_400))
                .withSupply("A, 1600 W")
                .write(shown, "GPU-0");
        Outcome told = CapturedStreams.run("analyze", known.toString(), "--calibration", file());
        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.out()).contains("power supplies: not known when calibrated");

        Path day = Files.createDirectories(folder.resolve("day"));
        supply = "B, 2000 W";
        calibrate(session(day.getFileName().toString(), 0, "GPU-0", w -> w), "--out", file());
        Outcome refused = CapturedStreams.run("analyze", known.toString(), "--calibration", file());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("supply chassis/supply 0: B, 2000 W when calibrated, A, 1600 W now");
    }

    @Test
    void sameSessionIsNotTakenTwice() throws IOException {
        Path session = session("one", 0, "GPU-0", w -> w);
        calibrate(session, "--out", file());

        Path json = folder.resolve("made.json");
        Outcome again = calibrate(session, "--add", file(), "--json", json.toString());

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(json).content().contains("calibration-session-twice");
        assertThat(again.err()).contains("in the calibration already");
    }

    @Test
    void whatIsMissingIsUsage() throws IOException {
        Path session = session("one", 0, "GPU-0", w -> w);

        assertThat(calibrate(session).exitCode()).isEqualTo(2);
        assertThat(CapturedStreams.run("analyze", session.toString(), "--same-kind")
                        .exitCode())
                .isEqualTo(2);
        Outcome broken = CapturedStreams.run(
                "calibrate",
                session.toString(),
                "--meter",
                session.resolve("staircase.csv").toString(),
                "--out",
                file());
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.err()).contains("staircase.csv", "unix_ms");
    }
}
