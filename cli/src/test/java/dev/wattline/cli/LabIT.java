package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.cli.LauncherSandbox.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.director.Director;
import dev.wattline.director.DirectorClock;
import dev.wattline.director.DirectorEnvironment;
import dev.wattline.director.analyzer.InProcessPtd;
import dev.wattline.director.analyzer.RunningPtd;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.lab.server.LabService;
import dev.wattline.mock.ptd.MockPtd;
import dev.wattline.mock.ptd.MockPtdOptions;
import dev.wattline.mock.ptd.PtdArguments;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.SntpServer;
import dev.wattline.testing.Ports;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Agent, runner and console as processes, each killed in turn, with a file in the place of a setting. */
@EnabledOnOs(OS.LINUX)
class LabIT {
    private static final Duration PATIENCE = TestDeadlines.seconds(90);

    @TempDir
    private Path scratch;

    private final int port = Ports.free();
    private final int ptdPort = Ports.free();
    private LauncherSandbox sandbox;
    private SntpServer ntp;
    private Director director;
    private Path config;
    private final List<Process> agents = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        sandbox = new LauncherSandbox(scratch, "checkout").withJar();
        sandbox.environment.put("WATTLINE_NO_CDS", "1");
        sandbox.environment.put("PATH", System.getenv("PATH"));
        sandbox.environment.put("WATTLINE_DIRECTOR", "127.0.0.1:" + port);
        ntp = SntpServer.start(new HostPort("127.0.0.1", 0), TimeSource.system(), Duration.ZERO);
        for (String value : List.of("500", "700")) {
            Files.writeString(scratch.resolve(value), value + "\n");
        }
        Files.writeString(scratch.resolve("cap"), "700\n");
        Files.createDirectories(scratch.resolve("logs"));
        config = Files.writeString(scratch.resolve("agent.yaml"), """
                sut: rig
                director: 127.0.0.1:PORT
                ntp: NTP
                results: results
                workloads:
                  load:
                    command: ["sh", "AT/load.sh", "{seconds}"]
                    loadgenLogs: logs
                    params: {seconds: {range: [0, 600], default: 1}}
                settings:
                  cap:
                    values: [500, 700]
                    apply: ["cp", "AT/{value}", "AT/cap"]
                    read: ["cat", "AT/cap"]
                    expect: "(?<value>[0-9]+)"
                    restore: previous
                    settle: 0s
                """.replace("AT", scratch.toString())
                .replace("PORT", String.valueOf(port))
                .replace("NTP", ntp.address().toString()));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
        String stamp = "date -u '+%m-%d-%Y %H:%M:%S.%3N'";
        Files.writeString(
                scratch.resolve("load.sh"), """
                echo "load $WATTLINE_P_SECONDS"
                sleep 0.05; begin=$(STAMP); sleep "$1"; end=$(STAMP); sleep 0.05
                printf 'power_begin "%s"\\npower_end "%s"\\n' "$begin" "$end" >HERE/logs/mlperf_log_detail.txt
                echo summary >HERE/logs/mlperf_log_summary.txt
                """.replace("STAMP", stamp).replace("HERE", scratch.toString()));
        startDirector();
    }

    @AfterEach
    void end() {
        agents.forEach(loop -> {
            loop.descendants().forEach(ProcessHandle::destroyForcibly);
            loop.destroyForcibly();
        });
        director.close();
        ntp.close();
    }

    private void startDirector() throws Exception {
        DirectorConfig loaded = DirectorConfig.load(
                        Files.writeString(scratch.resolve("director.conf"), """
                                [server]
                                ntpServer: localhost
                                listen: 127.0.0.1 %d
                                [ptd]
                                ptd: /opt/ptd
                                [analyzer1]
                                deviceType: 49
                                interfaceFlag:
                                devicePort: /dev/usbtmc0
                                networkPort: %d
                                [wattline]
                                settle: 0.1
                                """.formatted(port, ptdPort)),
                        true,
                        Map.of())
                .config();
        DirectorClock clock = new DirectorClock() {
            @Override
            public void check() {}

            @Override
            public ControlReply set() {
                return ControlReply.error("not in a test");
            }
        };
        director = Director.start(
                new DirectorEnvironment(
                        loaded, TimeSource.system(), ZoneOffset.UTC, UUID::randomUUID, this::mock, "test", "none"),
                clock,
                LabService::open);
    }

    private RunningPtd mock(int analyzer, List<String> command, int networkPort, Path output) {
        MockPtd mock = MockPtd.start(MockPtdOptions.builder(PtdArguments.parse(command.subList(1, command.size())))
                .startDelay(Duration.ZERO)
                .zone(ZoneOffset.UTC)
                .stateFile(scratch.resolve("instrument"))
                .stdout(OutputStream.nullOutputStream())
                .build());
        return new InProcessPtd(mock.exit(), mock::close);
    }

    private Process agent() throws IOException {
        Process loop = sandbox.start(sandbox.launcher(), "agent", "-c", config, "connect");
        agents.add(loop);
        return loop;
    }

    /** An agent that its director knows: a job for a machine that never came is refused. */
    private Process knownAgent() throws Exception {
        Process loop = agent();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(console("suts").out()).contains("rig  ready"));
        return loop;
    }

    private Outcome console(String... arguments) throws Exception {
        Object[] command = new Object[arguments.length + 1];
        command[0] = sandbox.launcher();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return sandbox.run(command);
    }

    private void awaitState(String job, String state) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(console("logs", job).out()).startsWith(job + "  " + state));
    }

    private String cap() throws IOException {
        return Files.readString(scratch.resolve("cap")).strip();
    }

    private static ProcessHandle child(Process loop) {
        return loop.toHandle().children().findFirst().orElseThrow();
    }

    @Test
    void aJobIsMeasuredAndItsSettingsAreRestored() throws Exception {
        knownAgent();

        Outcome plain = console("start", "load", "--sut", "rig", "--kind", "plain", "-p", "seconds=0", "--wait");
        assertThat(plain.exitCode()).as(plain.err()).isZero();
        assertThat(console("logs", "j-1").out()).contains("load 0");

        Outcome measured = console("start", "load", "--sut", "rig", "--kind", "ranging", "--set", "cap=500", "--wait");
        assertThat(measured.exitCode()).as(measured.err()).isZero();
        assertThat(measured.out()).startsWith("j-2  complete");
        assertThat(cap()).isEqualTo("700");

        Outcome refused = console("start", "load", "--sut", "rig", "-p", "seconds=$(reboot)", "--kind", "plain");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(refused.err())
                .contains("a whole number from 0 to 600", "'wattline workloads --sut rig' lists what there is");
    }

    @Test
    void anAgentThatIsKilledWhilePreparingGetsItsJobAgain() throws Exception {
        Files.writeString(config, Files.readString(config).replace("settle: 0s", "settle: 10m"));
        Process loop = knownAgent();
        console("start", "load", "--sut", "rig", "--kind", "ranging", "--set", "cap=500");
        await().atMost(PATIENCE).until(() -> cap().equals("500"));

        child(loop).destroyForcibly();
        loop.waitFor();
        assertThat(console("logs", "j-1").out()).startsWith("j-1  preparing");
        Files.writeString(config, Files.readString(config).replace("settle: 10m", "settle: 0s"));
        agent();

        awaitState("j-1", "complete");
        assertThat(cap()).isEqualTo("700");
    }

    @Test
    void aSecondAgentEndsWhileAJobIsMeasuredAndSpoilsNothing() throws Exception {
        knownAgent();
        console("start", "load", "--sut", "rig", "--kind", "ranging", "--set", "cap=500", "-p", "seconds=20");
        awaitState("j-1", "measuring");

        Process second = agent();
        assertThat(TestDeadlines.exitOf(second, 30)).isEqualTo(ExitCode.FAILURE.code());

        awaitState("j-1", "complete");
        assertThat(cap()).isEqualTo("700");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(console("suts").out()).contains("rig  ready"));
    }

    @Test
    void aRunnerThatIsKilledEndsItsJobAndTheSettingsAreRestored() throws Exception {
        Process loop = knownAgent();
        console("start", "load", "--sut", "rig", "--kind", "ranging", "--set", "cap=500", "-p", "seconds=600");
        awaitState("j-1", "measuring");

        assertThat(console("start", "laod", "--sut", "rig").err()).contains("did you mean 'load'?");
        child(loop).destroyForcibly();

        awaitState("j-1", "interrupted");
        assertThat(console("logs", "j-1").out()).contains("Session id is '", "Running workload");
        assertThat(cap()).isEqualTo("700");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(console("suts").out()).contains("rig  ready"));
    }

    @Test
    void aJobThatIsStoppedWhileItIsMeasuredEndsSoon() throws Exception {
        knownAgent();
        console("start", "load", "--sut", "rig", "--kind", "ranging", "--set", "cap=500", "-p", "seconds=600");
        awaitState("j-1", "measuring");

        assertThat(console("stop").out()).isEqualTo("j-1  stopping\n");

        awaitState("j-1", "stopped");
        assertThat(console("logs", "j-1").out()).contains("Session id is '");
        assertThat(cap()).isEqualTo("700");
    }

    @Test
    void whoWaitsForAJobGoesOnWaitingWhenTheDirectorIsStartedAnew() throws Exception {
        knownAgent();
        console("queue", "pause");
        Process waiting =
                sandbox.start(sandbox.launcher(), "start", "load", "--sut", "rig", "--kind", "ranging", "--wait");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(console("queue").out()).contains("j-1  queued"));

        director.close();
        startDirector();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(console("suts").out()).contains("rig  ready"));
        console("queue", "resume");

        assertThat(TestDeadlines.exitOf(waiting, 90)).isZero();
    }

    @Test
    void aDirectorThatIsStartedAnewFindsQueueAndAgentAgain() throws Exception {
        knownAgent();
        console("queue", "pause");
        console("start", "load", "--sut", "rig", "--kind", "ranging");

        director.close();
        startDirector();

        await().atMost(TestDeadlines.seconds(5))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(console("suts").out()).contains("rig  ready"));
        assertThat(console("queue").out()).contains("paused: by").contains("j-1  queued");
        console("queue", "resume");
        awaitState("j-1", "complete");
    }
}
