package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.wattline.files.LoadgenLog;
import dev.wattline.files.PowerWindow;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/** {@code wattline measure} on a mock machine, as processes of their own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are those of POSIX")
class MeasureCommandIT {
    private static final String TOKENS = ":::MLLOG {\"key\": \"result_tokens_per_second\", \"value\": 50.0,"
            + " \"time_ms\": 1, \"namespace\": \"mlperf::logging\"}";

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

    private void machine(String signal) throws IOException {
        machines.add(new Programs(folder).start("machine", List.of("mock-machine", "--root", "m", "--signal", signal)));
        await().atMost(TestDeadlines.seconds(30))
                .until(() -> Files.exists(folder.resolve("m/truth.csv"))
                        && Files.readAllLines(folder.resolve("m/truth.csv")).size() > 3);
    }

    private JsonNode result(String file) throws IOException {
        return JsonMapper.builder().build().readTree(Files.readAllBytes(folder.resolve(file)));
    }

    /** The true energy between two times in J, by part. */
    private double truth(String part, long fromMs, long toMs) throws IOException {
        List<String> rows = Files.readAllLines(folder.resolve("m/truth.csv"));
        int column = List.of(rows.get(0).split(",")).indexOf(part + "_j");
        TreeMap<Long, Double> joules = new TreeMap<>();
        rows.stream()
                .skip(1)
                .map(row -> row.split(","))
                .forEach(row -> joules.put(Long.parseLong(row[0]), Double.parseDouble(row[column])));
        return at(joules, toMs) - at(joules, fromMs);
    }

    private static double at(NavigableMap<Long, Double> joules, long ms) {
        Map.Entry<Long, Double> low = joules.floorEntry(ms);
        Map.Entry<Long, Double> high = joules.ceilingEntry(ms);
        assertThat(low).isNotNull();
        assertThat(high).isNotNull();
        double share =
                high.getKey().equals(low.getKey()) ? 0 : (ms - low.getKey()) / (double) (high.getKey() - low.getKey());
        return low.getValue() + share * (high.getValue() - low.getValue());
    }

    @Test
    void eachScopesTrueEnergyIsInsideItsIntervalAndTheStatusIsTheCommands() throws Exception {
        machine("square,low=250,high=400,period=6,duty=0.5");

        Programs.Outcome outcome = wattline(
                "measure",
                "measure",
                "--telemetry",
                "rapl,amd,ipmi,hwmon,tegrastats,amd-smi,nvml",
                "--telemetry-settings",
                "m/sources.ini",
                "--telemetry-required",
                "--json",
                "r.json",
                "-o",
                "out",
                "--",
                "sh",
                "-c",
                "echo said; sleep 25; exit 7");

        assertThat(outcome.status()).isEqualTo(7);
        assertThat(outcome.output()).contains("said", "exit 7", "informal");
        JsonNode result = result("r.json");
        long from = java.time.Instant.parse(result.path("begin").asString()).toEpochMilli();
        long to = java.time.Instant.parse(result.path("end").asString()).toEpochMilli();
        await().atMost(TestDeadlines.seconds(10)).until(() -> {
            List<String> rows = Files.readAllLines(folder.resolve("m/truth.csv"));
            return Long.parseLong(rows.get(rows.size() - 1).split(",")[0]) > to;
        });
        List<String> seen = new ArrayList<>();
        for (JsonNode energy : result.path("energies")) {
            if (energy.path("scope").asString().equals("rail")) {
                continue; // the stand-in's second rail is at rest
            }
            String scope = energy.path("scope").asString();
            seen.add(scope + " " + energy.path("source").asString());
            // The imagined Jetson is all of the node.
            double truth = truth(scope.equals("module") ? "node" : scope, from, to);
            assertThat(truth)
                    .as(energy.toString())
                    .isBetween(
                            energy.path("intervalJ").path(0).asDouble(),
                            energy.path("intervalJ").path(1).asDouble());
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "node ipmi",
                        "node hwmon",
                        "gpu amd",
                        "gpu amd-smi",
                        "gpu nvml",
                        "package rapl",
                        "dram rapl",
                        "module tegrastats");
        assertThat(result.path("crossChecks").path(0).path("outcome").asString())
                .isNotEqualTo("contradict");
    }

    @Test
    void whatMeasureWroteIsNoSessionToCheckOrPack() throws Exception {
        machine("constant,watts=300");
        assertThat(wattline(
                                "measure",
                                "measure",
                                "--telemetry",
                                "rapl",
                                "--telemetry-settings",
                                "m/sources.ini",
                                "-o",
                                "out",
                                "--",
                                "true")
                        .status())
                .isZero();
        String session;
        try (Stream<Path> made = Files.list(folder.resolve("out"))) {
            session = made.findFirst().orElseThrow().toString();
        }

        Programs.Outcome check = wattline("check", "check", session);
        Programs.Outcome pack =
                wattline("pack", "pack", session, "--to", folder.resolve("sub").toString());

        assertThat(check.status()).isEqualTo(1);
        assertThat(check.output()).contains("no submission can be made of it");
        assertThat(pack.status()).isEqualTo(1);
        assertThat(pack.output()).contains("no submission can be made of it");
    }

    @Test
    void withOnlyAManagementControllerItGivesTheNodesJoules() throws Exception {
        machine("constant,watts=500");

        Programs.Outcome outcome = wattline(
                "measure",
                "measure",
                "--telemetry",
                "ipmi",
                "--telemetry-settings",
                "m/sources.ini",
                "--json",
                "r.json",
                "--",
                "sleep",
                "5");

        assertThat(outcome.status()).isZero();
        JsonNode node = result("r.json").path("energies").path(0);
        assertThat(node.path("scope").asString()).isEqualTo("node");
        double seconds = result("r.json").path("seconds").asDouble();
        assertThat(node.path("energyJ").asDouble() / seconds).isBetween(455.0, 465.0);
    }

    @Test
    void whereNothingCanBeReadTheCommandIsNotStartedAndEachSourceSaysWhatItLacks() throws Exception {
        Files.writeString(folder.resolve("none.ini"), """
                [rapl]
                root = none
                [hwmon]
                root = none
                [amd]
                root = none
                [jetson]
                root = none
                [ipmi]
                program = no-ipmitool
                """);

        Programs.Outcome outcome = wattline(
                "measure",
                "measure",
                "--telemetry-settings",
                "none.ini",
                "--nvidia-smi",
                "no-smi",
                "--",
                "touch",
                "ran");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).contains("no-smi", "energy_uj", "amdgpu", "ina3221", "no-ipmitool", "--anyway");
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(wattline(
                                "anyway",
                                "measure",
                                "--anyway",
                                "--telemetry-settings",
                                "none.ini",
                                "--nvidia-smi",
                                "no-smi",
                                "--",
                                "sh",
                                "-c",
                                "touch ran; exit 4")
                        .status())
                .isEqualTo(4);
        assertThat(folder.resolve("ran")).exists();
        assertThat(new Programs(folder).output("anyway")).contains("no figure: no source told power or energy");
    }

    @Test
    void aSuperchipsModuleIsAFigureOfItsOwn() throws Exception {
        Path smi = new Programs(folder)
                .script(
                        "nvidia-smi",
                        "mock-smi",
                        "--module-watts",
                        "150",
                        "--gain",
                        "1",
                        "--offset",
                        "0",
                        "--signal",
                        "constant,watts=360");

        Programs.Outcome outcome = wattline(
                "module",
                "measure",
                "--telemetry",
                "nvidia-smi",
                "--nvidia-smi",
                smi.toString(),
                "--json",
                "r.json",
                "--",
                "sleep",
                "12");

        assertThat(outcome.status()).as(outcome.output()).isZero();
        JsonNode module = result("r.json")
                .path("energies")
                .valueStream()
                .filter(energy -> energy.path("scope").asString().equals("module"))
                .findFirst()
                .orElseThrow();
        double card = (360 - 60) * 0.94; // what the signal leaves the card, by the stand-in's defaults
        assertThat((card + 150) * result("r.json").path("seconds").asDouble())
                .isBetween(
                        module.path("intervalJ").path(0).asDouble(),
                        module.path("intervalJ").path(1).asDouble());
    }

    @Test
    void aCardsCounterIsHeldAgainstWhatNvidiaSmiSamplesOfTheSame() throws Exception {
        Programs programs = new Programs(folder);
        List<String> cards = List.of(
                "mock-smi",
                "--cards",
                "3",
                "--gain",
                "1",
                "--offset",
                "0",
                "--signal",
                "square,low=110,high=1160,period=80,duty=0.5",
                "--signal-start",
                Long.toString(System.currentTimeMillis()));
        List<String> counters = new ArrayList<>(cards);
        counters.addAll(List.of("--counter", "gpu,card=1,gain=1.1", "--counter", "gpu,card=2,stuck=30"));
        Path smi = programs.script("nvidia-smi", cards.toArray(String[]::new));
        Path dcgmi = programs.script("dcgmi", counters.toArray(String[]::new));
        Files.writeString(folder.resolve("sources.ini"), "[nvml]\nprogram = " + dcgmi + "\n");

        Process measure = programs.start(
                "counters",
                List.of(
                        "measure",
                        "--telemetry",
                        "nvml,nvidia-smi",
                        "--telemetry-settings",
                        "sources.ini",
                        "--nvidia-smi",
                        smi.toString(),
                        "--telemetry-required",
                        "--json",
                        "r.json",
                        "--",
                        "sleep",
                        "150"));
        TestDeadlines.exitOf(measure, 200);

        assertThat(measure.exitValue()).as(programs.output("counters")).isZero();
        assertThat(result("r.json").path("counters").valueStream())
                .extracting(counter -> counter.path("verdict").asString())
                .as(result("r.json").path("counters").toPrettyString())
                .containsExactly("agrees", "scaled", "stuck");
        assertThat(result("r.json").path("counters").path(1).path("gain").asDouble())
                .isCloseTo(1.1, within(0.02));
    }

    @Test
    void energyOfEachMarkedPhaseIsToldAndTheRunIsTheirs() throws Exception {
        machine("square,low=150,high=450,period=24,duty=0.5");
        Files.writeString(folder.resolve("work.sh"), """
                mark() { date -u +%Y-%m-%dT%H:%M:%S.%3NZ; }
                sleep 2
                for part in 1 2; do
                  a=$(mark); sleep 5; b=$(mark); sleep 6; c=$(mark)
                  echo "prefill,$a,$b" >> phases.csv
                  echo "decode,$b,$c" >> phases.csv
                done
                sleep 2
                """);

        Programs.Outcome outcome = wattline(
                "run",
                "run",
                "--no-director",
                "-w",
                "sh work.sh",
                "-o",
                "out",
                "--phases",
                "phases.csv",
                "--telemetry",
                "rapl",
                "--telemetry-settings",
                "m/sources.ini",
                "--json",
                "r.json");

        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("from the first phase's begin", "prefill, ", "in 2 parts", "decode, ");
        List<String[]> marked = Files.readAllLines(folder.resolve("phases.csv")).stream()
                .map(line -> line.split(","))
                .toList();
        JsonNode result = result("r.json");
        assertThat(result.path("window").path("begin").asString()).isEqualTo(marked.get(0)[1]);
        for (JsonNode phase : result.path("phases")) {
            double truth = 0;
            for (String[] one : marked) {
                if (one[0].equals(phase.path("name").asString())) {
                    truth += truth("package", ms(one[1]), ms(one[2]));
                }
            }
            JsonNode energy = phase.path("energies").path(0);
            assertThat(energy.path("scope").asString()).isEqualTo("package");
            assertThat(truth)
                    .as(phase.toString())
                    .isBetween(
                            energy.path("intervalJ").path(0).asDouble(),
                            energy.path("intervalJ").path(1).asDouble());
        }
        assertThat(result.path("phases")).hasSize(2);
    }

    private static long ms(String instant) {
        return java.time.Instant.parse(instant).toEpochMilli();
    }

    @Test
    void whereTheNamedSourcesTellNoPowerThatIsSaid() throws Exception {
        Programs.Outcome outcome = wattline("os", "measure", "--telemetry", "os", "--", "touch", "ran");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("the sources that are named tell no power")
                .doesNotContain("\n  \n");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void anUnknownSourceAndAnUnknownCommandAreToldApart() throws Exception {
        assertThat(wattline("source", "measure", "--telemetry", "nosuch", "--", "true")
                        .status())
                .isEqualTo(2);
        machine("constant,watts=300");
        Programs.Outcome outcome = wattline(
                "command",
                "measure",
                "--telemetry",
                "rapl",
                "--telemetry-settings",
                "m/sources.ini",
                "--",
                "no-such-command");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).contains("no-such-command");
    }

    @Test
    void aTermSignalEndsTheCommandAndTheResultIsWritten() throws Exception {
        machine("constant,watts=300");
        Process process = new Programs(folder)
                .start(
                        "measure",
                        List.of(
                                "measure",
                                "--telemetry",
                                "rapl",
                                "--telemetry-settings",
                                "m/sources.ini",
                                "--json",
                                "r.json",
                                "--",
                                "sh",
                                "-c",
                                "echo $$ > pid; exec sleep 600"));
        await().atMost(TestDeadlines.seconds(30))
                .until(() -> Files.exists(folder.resolve("pid"))
                        && !Files.readString(folder.resolve("pid")).isBlank());
        long command = Long.parseLong(Files.readString(folder.resolve("pid")).strip());

        process.destroy();

        assertThat(TestDeadlines.exitOf(process, 20)).isEqualTo(143);
        assertThat(ProcessHandle.of(command).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
        assertThat(result("r.json").path("exitStatus").asInt()).isEqualTo(143);
    }

    @Test
    void runWithoutDirectorMeasuresLoadgensWindowAndSaysThatItIsInformal() throws Exception {
        machine("constant,watts=300");
        Programs.Outcome outcome = wattline(
                "run",
                "run",
                "--no-director",
                "-w",
                "sleep 1; " + Programs.shellCommand("workload", "--seconds", "4", "--threads", "1", "-o", "logs")
                        + "; echo '" + TOKENS + "' >> $(find logs -name mlperf_log_detail.txt)",
                "-L",
                "logs",
                "-o",
                "out",
                "-l",
                "lab",
                "--telemetry",
                "rapl,amd",
                "--telemetry-settings",
                "m/sources.ini",
                "--json",
                "r.json");

        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("over LoadGen's window", "informal: no submission");
        JsonNode result = result("r.json");
        double seconds = result.path("seconds").asDouble();
        assertThat(seconds).isGreaterThan(3.9);
        assertThat(result.path("tokensPerSecond").asDouble()).isEqualTo(50);
        for (JsonNode energy : result.path("energies")) {
            double joules = energy.path("energyJ").asDouble();
            assertThat(energy.path("jPerToken").asDouble()).isEqualTo(joules / (50 * seconds), within(1e-9 * joules));
        }
        assertThat(outcome.output()).contains(" J/token ");
        try (Stream<Path> sessions = Files.list(folder.resolve("out"))) {
            Path session = sessions.findFirst().orElseThrow();
            assertThat(session.getFileName().toString()).endsWith("_lab");
            PowerWindow window = LoadgenLog.powerWindow(session.resolve("run_1/mlperf_log_detail.txt"))
                    .orElseThrow();
            assertThat(Duration.between(window.begin(), window.end()).toNanos() / 1e9)
                    .isCloseTo(seconds, within(2e-3));
            assertThat(session.resolve("system/sut.json")).exists();
            Programs.Outcome check = wattline("check", "check", session.toString());
            assertThat(check.status()).isEqualTo(1);
            assertThat(check.output()).contains("no submission can be made of it");
            assertThat(wattline("report", "report", session.toString()).status())
                    .isZero();
            assertThat(Files.readString(session.resolve("analysis/report.html")))
                    .contains("Energy report, informal", "Energy of a token", "From the GPUs to the wall");
            assertThat(wattline("option", "report", session.toString(), "--smi", "x.csv")
                            .status())
                    .isEqualTo(2);
            assertThat(wattline(
                                    "pack",
                                    "pack",
                                    session.toString(),
                                    "--to",
                                    folder.resolve("sub").toString())
                            .status())
                    .isNotZero();
        }
    }
}
