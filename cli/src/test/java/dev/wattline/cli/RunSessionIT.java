package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.cli.options.ExitCode;
import dev.wattline.files.LoadgenLog;
import dev.wattline.files.PowerWindow;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.mock.signal.SignalSpec;
import dev.wattline.model.TimeSource;
import dev.wattline.testing.Ports;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runner, director, mock PTDaemon, mock nvidia-smi and time server as processes of their own, as on a real bench. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the workloads are a POSIX shell's")
class RunSessionIT {
    private static final Duration START = TestDeadlines.seconds(60);
    private static final int SESSION_SECONDS = 120;

    /** What both mocks see, and what of it their cards draw. */
    private static final String SIGNAL = "square,low=400,high=500,period=0.73,duty=0.4";

    private static final String BEGIN_MILLIS =
            Long.toString(TimeSource.system().now().toEpochMilli());
    private static final int OTHER_WATTS = 100;
    private static final double EFFICIENCY = 0.9;

    @TempDir
    private static Path folder;

    private static final JsonMapper JSON = new JsonMapper();
    private static Programs programs;
    private static String ntp = "";
    private static String director = "";

    @BeforeAll
    static void startServers() throws IOException {
        programs = new Programs(folder);
        ntp = "127.0.0.1:" + programs.serve("sntp", "sntp", "--bind", "127.0.0.1", "--port", "0");
        programs.script(
                "mock_ptd", "mock-ptd", "--start-delay", "0", "--signal", SIGNAL, "--signal-start", BEGIN_MILLIS);
        programs.script(
                "mock_smi",
                "mock-smi",
                "--model",
                "a100",
                "--cards",
                "2",
                "--seed",
                "7",
                "--signal",
                SIGNAL,
                "--signal-start",
                BEGIN_MILLIS,
                "--other-watts",
                Integer.toString(OTHER_WATTS),
                "--efficiency",
                Double.toString(EFFICIENCY),
                "--truth",
                folder.resolve("truth.json").toString());
        Path configuration = Files.writeString(
                folder.resolve("director.conf"), """
                [server]
                ntpServer: %s
                listen: 127.0.0.1 0
                [ptd]
                ptd: %s
                [analyzer1]
                deviceType: 49
                interfaceFlag:
                devicePort: /dev/usbtmc0
                networkPort: %d
                [wattline]
                settle: 1
                ptdStart: 300
                """.formatted(ntp, folder.resolve("mock_ptd"), Ports.free()));
        director = "127.0.0.1:" + programs.serve("director", "director", "-c", configuration.toString());
    }

    @AfterAll
    static void endServers() throws InterruptedException {
        programs.endServers();
    }

    @Test
    void aWholeSessionWithTelemetryHoldsWhatBothSidesSaw() throws Exception {
        Path logs = folder.resolve("loadgen");
        String workload = Programs.shellCommand("workload", "--seconds", "8", "--size", "64", "-o", logs.toString());
        Process run = run(
                "whole",
                workload,
                logs,
                "--telemetry",
                "nvidia-smi",
                "--nvidia-smi",
                folder.resolve("mock_smi").toString(),
                "--sut",
                "rig-1",
                "--workload-name",
                "sgemm",
                "--param",
                "size=64");

        TestDeadlines.exitOf(run, SESSION_SECONDS);
        assertThat(run.exitValue()).as(() -> programs.output("whole")).isZero();
        Programs.Outcome found = programs.run(
                "results",
                "results",
                "-d",
                folder.resolve("out").toString(),
                "--where",
                "sut=rig-1 workload=sgemm size=64 gpus=2",
                "--columns",
                "session,outcome,loadgen,verdict",
                "--csv");
        assertThat(found.output()).contains(session("whole").getFileName() + ",complete,VALID,made data");

        Path session = session("whole");
        assertThat(names(session.resolve("power")))
                .containsExactly("client.json", "client.log", "ptd_logs.txt", "server.json", "server.log");
        assertThat(names(session.resolve("ranging")))
                .containsExactly("mlperf_log_detail.txt", "mlperf_log_summary.txt", "spl.txt");
        assertThat(names(session.resolve("run_1")))
                .containsExactly("mlperf_log_detail.txt", "mlperf_log_summary.txt", "ptd_out.txt", "spl.txt");
        SessionSummary client = SummaryJson.read(session.resolve("power/client.json"));
        SessionSummary server = SummaryJson.read(session.resolve("power/server.json"));
        assertThat(dialogue(client)).isEqualTo(dialogue(server));
        assertThat(client.serverUuid()).isEqualTo(server.serverUuid());
        SystemFacts facts =
                SystemFactsJson.read(session.resolve("system/sut.json")).orElseThrow();
        assertThat(facts.gpus())
                .hasSize(2)
                .allSatisfy(gpu -> assertThat(gpu.maxLimitW()).isEqualTo(400.0));
        for (String phase : List.of("ranging", "testing")) {
            TelemetryMeta meta = TelemetryMetaJson.read(session.resolve("telemetry/" + phase + "/meta.json"));
            assertThat(meta.problems()).isEmpty();
            assertThat(meta.cards()).hasSize(2);
            assertThat(meta.cost().get("samples")).isGreaterThan(10);
        }
        assertThat(programs.output("whole"))
                .contains(
                        "power     ",
                        "metric    ",
                        "verdict   made data: ",
                        "audit: the power data were made by a mock")
                .contains("report    " + session.resolve("analysis/report.html"));
        assertThat(session.resolve("analysis/report.html")).isNotEmptyFile();
        analysisFindsTheErrorThatTheMockHas(session);
    }

    @Test
    void rangingAloneTellsThePeaksAndIsNoSubmission() throws Exception {
        Path logs = folder.resolve("loadgen-peaks");
        String workload = "test \"$WATTLINE_PHASE $WATTLINE_RANGING_SECONDS\" = 'ranging 3' && "
                + Programs.shellCommand("workload", "--seconds", "3", "--size", "64", "-o", logs.toString());
        Process run = run("peaks", workload, logs, "--ranging-only", "--ranging-seconds", "3");

        TestDeadlines.exitOf(run, SESSION_SECONDS);
        assertThat(run.exitValue()).as(() -> programs.output("peaks")).isZero();

        Path session = session("peaks");
        assertThat(session.resolve("run_1")).doesNotExist();
        assertThat(names(session.resolve("ranging")))
                .containsExactly("mlperf_log_detail.txt", "mlperf_log_summary.txt", "spl.txt");
        assertThat(programs.output("peaks"))
                .contains("ranging of " + session.getFileName(), "WT310E", "channel 1", "head room")
                .containsPattern("5 \\(\\d\\.\\d\\d wanted\\)"); // some 2.1 A at 230 V, of the steps 2 and 5 A
        Programs.Outcome checked = programs.run("check-peaks", "check", session.toString());
        assertThat(checked.status()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(checked.output()).contains("--ranging-only: it has no testing phase");
        Programs.Outcome packed = programs.run(
                "pack-peaks",
                "pack",
                session.toString(),
                "--to",
                folder.resolve("packed").toString());
        assertThat(packed.status()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(packed.output()).contains("cannot pack", "--ranging-only");
    }

    private static void analysisFindsTheErrorThatTheMockHas(Path session) throws Exception {
        PowerWindow window = LoadgenLog.powerWindow(session.resolve("run_1/mlperf_log_detail.txt"))
                .orElseThrow();
        double begin = seconds(window.begin());
        double end = seconds(window.end());
        double trueJoules = (SignalSpec.parse(SIGNAL).meanWatts(begin, end) - OTHER_WATTS) * EFFICIENCY * (end - begin);

        Programs.Outcome uncalibrated = programs.run("analyze", "analyze", session.toString(), "--json");
        Programs.Outcome calibrated = programs.run(
                "analyze",
                "analyze",
                session.toString(),
                "--json",
                "--card",
                calibration().toString());

        for (Programs.Outcome outcome : List.of(uncalibrated, calibrated)) {
            assertThat(outcome.status()).as(outcome.output()).isZero();
            JsonNode found = JSON.readTree(outcome.output());
            assertThat(found.path("windowSource").asString()).isEqualTo("loadgen");
            assertThat(found.path("inputs").path("driver").asString()).endsWith("-mock");
            assertThat(found.path("gpus").size()).isEqualTo(2);
            JsonNode error = found.path("error");
            assertThat(trueJoules).isBetween(low(error, "estimateCi95J"), high(error, "estimateCi95J"));
            double truePct = 100 * (error.path("reportedJ").asDouble() / trueJoules - 1);
            assertThat(truePct).isBetween(low(error, "ci95Pct"), high(error, "ci95Pct"));
        }
        // How wide it is depends on how often this machine let the mock be read; what the calibration gains does not.
        assertThat(width(calibrated)).isLessThan(width(uncalibrated));
    }

    private static double width(Programs.Outcome outcome) {
        JsonNode error = JSON.readTree(outcome.output()).path("error");
        return high(error, "ci95Pct") - low(error, "ci95Pct");
    }

    private static double seconds(Instant at) {
        return (at.toEpochMilli() - Long.parseLong(BEGIN_MILLIS)) / 1e3;
    }

    private static double low(JsonNode error, String interval) {
        return error.path(interval).path(0).asDouble();
    }

    private static double high(JsonNode error, String interval) {
        return error.path(interval).path(1).asDouble();
    }

    /** What a meter would have found of the cards, which is what the mock wrote of them. */
    private static Path calibration() throws IOException {
        List<String> cards = new ArrayList<>();
        for (JsonNode card :
                JSON.readTree(Files.readString(folder.resolve("truth.json"))).path("cards")) {
            cards.add(String.format(
                    Locale.ROOT,
                    "{\"uuid\": \"%s\", \"gain\": %s, \"gainSigma\": 0.005, \"offsetW\": %s, \"offsetSigmaW\": 1}",
                    card.path("uuid").asString(),
                    card.path("gain").asDouble(),
                    card.path("offsetWatts").asDouble()));
        }
        return Files.writeString(
                folder.resolve("cards.json"),
                "{\"schema\": \"wattline-calibration/1\", \"cards\": [" + String.join(", ", cards) + "]}");
    }

    @Test
    void aWorkloadThatFailsIsNamedWithItsStatusAndLastLinesAndTheSessionIsKept() throws Exception {
        Path logs = folder.resolve("failing");
        Process run = run("failing", "echo 'no model file' >&2; exit 42", logs);

        TestDeadlines.exitOf(run, SESSION_SECONDS);
        assertThat(run.exitValue()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(lastWords("failing"))
                .contains("wattline run: the workload failed in the ranging phase with exit status 42")
                .contains("no model file")
                .doesNotContain("\tat ");
        assertThat(names(session("failing").resolve("power"))).contains("client.json", "client.log", "server.json");
    }

    @Test
    void aWorkloadWithoutLogsIsToldWhereTheyWereLookedFor() throws Exception {
        Path logs = folder.resolve("silent");
        Process run = run("silent", "true", logs);

        TestDeadlines.exitOf(run, SESSION_SECONDS);
        assertThat(run.exitValue()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(lastWords("silent"))
                .contains("wattline run: INDIR (-L) " + logs + " is no folder after the workload has run")
                .contains("The workload must write LoadGen's logs into the folder given with -L")
                .doesNotContain("\tat ");
    }

    @Test
    void aTerminatedRunEndsItsWorkloadAndKeepsWhatWasMeasured() throws Exception {
        Path pid = folder.resolve("terminated.pid");
        Process run = run("terminated", "echo $$ > " + pid + "; sleep 600; sleep 600", folder.resolve("none"));
        long workload = awaitWorkload(run, "terminated", pid);

        run.destroy();

        TestDeadlines.exitOf(run, 60);
        assertThat(run.exitValue()).isEqualTo(ExitCode.TERMINATED.code());
        assertThat(ProcessHandle.of(workload)).isEmpty();
        assertThat(names(session("terminated").resolve("power")))
                .as(() -> programs.output("terminated"))
                .contains("client.json", "client.log", "server.json");
        assertThat(programs.output("terminated")).contains("the run was interrupted in the ranging phase");
    }

    @Test
    void afterAKilledRunTheWorkloadIsGoneAndTheNextSessionSucceeds() throws Exception {
        Path pid = folder.resolve("killed.pid");
        Process run =
                run("killed", "trap '' TERM; echo $$ > " + pid + "; sleep 600; sleep 600", folder.resolve("none"));
        long workload = awaitWorkload(run, "killed", pid);

        run.destroyForcibly();

        await().atMost(TestDeadlines.seconds(2)).until(() -> isGone(workload));
        Path killed = session("killed");
        Path closed = folder.resolve("logs").resolve(killed.getFileName()).resolve("power/server.json");
        await().atMost(START).until(() -> Files.exists(closed));
        String[] fetch = {
            "fetch",
            "--session",
            killed.getFileName().toString(),
            "-a",
            director,
            "-o",
            folder.resolve("out").toString()
        };
        Programs.Outcome fetched = programs.run("fetch", fetch);
        assertThat(fetched.output()).contains("fetched");
        assertThat(names(killed.resolve("power"))).contains("client.log", "server.json", "server.log");

        Path logs = folder.resolve("loadgen-next");
        Process next = run(
                "next",
                Programs.shellCommand("workload", "--seconds", "2", "--size", "64", "-o", logs.toString()),
                logs);
        TestDeadlines.exitOf(next, SESSION_SECONDS);
        assertThat(next.exitValue()).as(() -> programs.output("next")).isZero();
    }

    private static List<String> dialogue(SessionSummary summary) {
        return summary.messages().stream()
                .map(message -> message.command() + " -> " + message.reply())
                .toList();
    }

    private static long awaitWorkload(Process run, String label, Path pid) throws IOException {
        await().atMost(START).until(() -> {
            assertThat(run.isAlive()).as(() -> programs.output(label)).isTrue();
            return Files.exists(pid) && Files.size(pid) > 0;
        });
        return Long.parseLong(Files.readString(pid).strip());
    }

    /** Gone, or an entry in the process table that nobody has asked for its exit status. */
    private static boolean isGone(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        return ProcessHandle.of(pid).isEmpty()
                || (Files.exists(stat) && Files.readString(stat).contains(") Z "));
    }

    private static Process run(String label, String workload, Path logs, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "-a",
                director,
                "-n",
                ntp,
                "-w",
                workload,
                "-L",
                logs.toString(),
                "-o",
                Files.createDirectories(folder.resolve("out")).toString(),
                "-l",
                label,
                "--wait"));
        arguments.addAll(List.of(more));
        return programs.start(label, arguments);
    }

    /** What the command said of itself at its end: cause and remedy. */
    private static String lastWords(String name) {
        String output = programs.output(name);
        int cause = output.indexOf("wattline run:");
        assertThat(cause).as(output).isNotNegative();
        return output.substring(cause);
    }

    /** The folder of the session with this label. */
    private static Path session(String label) throws IOException {
        try (Stream<Path> sessions = Files.list(folder.resolve("out"))) {
            return sessions.filter(path -> path.toString().endsWith("_" + label))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no session " + label + ": " + programs.output(label)));
        }
    }

    private static List<String> names(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
