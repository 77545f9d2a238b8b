package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.cli.LauncherSandbox.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Launcher, agent and runner as processes, with a file in the place of a setting; the director cannot be reached. */
@EnabledOnOs(OS.LINUX)
class AgentCommandIT {
    @TempDir
    private Path scratch;

    private LauncherSandbox sandbox;
    private Path config;

    @BeforeEach
    void configure() throws IOException {
        sandbox = new LauncherSandbox(scratch, "checkout").withJar();
        sandbox.environment.put("WATTLINE_NO_CDS", "1");
        sandbox.environment.put("PATH", System.getenv("PATH"));
        Files.writeString(scratch.resolve("500"), "500\n");
        Files.writeString(scratch.resolve("700"), "700\n");
        Files.writeString(scratch.resolve("cap"), "700\n");
        config = Files.writeString(scratch.resolve("agent.yaml"), """
                director: 127.0.0.1:1
                ntp: 127.0.0.1
                results: results
                workloads:
                  sgemm:
                    command: ["true"]
                    loadgenLogs: logs
                    params: {n: {range: [1, 9], default: 5}}
                settings:
                  cap:
                    values: [500, 700]
                    apply: ["cp", "AT/{value}", "AT/cap"]
                    read: ["cat", "AT/cap"]
                    expect: "(?<value>[0-9]+)"
                    restore: previous
                    settle: SETTLE
                """.replace("AT", scratch.toString()));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private void settle(String time) throws IOException {
        Files.writeString(config, Files.readString(config).replace("SETTLE", time));
    }

    private Process start(String... more) throws IOException {
        Object[] command = new Object[6 + more.length];
        System.arraycopy(new Object[] {sandbox.launcher(), "agent", "-c", config, "start", "sgemm"}, 0, command, 0, 6);
        System.arraycopy(more, 0, command, 6, more.length);
        return sandbox.start(command);
    }

    private String cap() throws IOException {
        return Files.readString(scratch.resolve("cap")).strip();
    }

    @Test
    void aRunThatFailsLeavesTheMachineAsItWas() throws Exception {
        settle("0s");

        Outcome outcome = sandbox.outcome(start("--set", "cap=500", "-p", "n=7"));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err())
                .contains("wattline agent: setting cap: 500")
                .contains("wattline run: ")
                .contains("wattline agent: setting cap is 700 again");
        assertThat(cap()).isEqualTo("700");
    }

    @Test
    void anAgentThatIsKilledIsRecoveredByTheNext() throws Exception {
        settle("10m");
        Process loop = start("--set", "cap=500");
        await().atMost(TestDeadlines.seconds(60)).until(() -> cap().equals("500"));
        ProcessHandle agent = loop.toHandle().children().findFirst().orElseThrow();

        agent.destroyForcibly();

        assertThat(sandbox.outcome(loop).exitCode()).isEqualTo(137);
        assertThat(cap()).isEqualTo("500");
        Files.writeString(config, Files.readString(config).replace("10m", "0s"));
        Outcome restored = sandbox.run(sandbox.launcher(), "agent", "-c", config, "restore");
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(cap()).isEqualTo("700");
    }

    @Test
    void aRunByHandIsRefusedWhileAJobIsUnderWay() throws Exception {
        settle("10m");
        Process loop = start("--set", "cap=500");
        await().atMost(TestDeadlines.seconds(60)).until(() -> cap().equals("500"));
        Object[] byHand = {
            sandbox.launcher(), "run", "-a", "127.0.0.1:1", "-n", "127.0.0.1", "-w", "true", "-L", "logs", "-o", "out"
        };
        Object[] beside = Arrays.copyOf(byHand, byHand.length + 1);
        beside[byHand.length] = "--beside-agent";

        Outcome refused = sandbox.run(byHand);
        Outcome allowed = sandbox.run(beside);

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(refused.err()).contains("agent is under way", "--beside-agent");
        assertThat(allowed.err()).as("it comes as far as the director").contains("127.0.0.1:1");
        loop.toHandle().children().forEach(ProcessHandle::destroy);
        loop.onExit().get();
        assertThat(cap()).isEqualTo("700");
    }

    @Test
    void noJobIsBegunWhileARunByHandIsMeasured() throws Exception {
        settle("0s");
        Files.createDirectories(scratch.resolve("state"));
        sandbox.environment.put("WATTLINE_STATE", scratch.resolve("state").toString());
        Files.writeString(scratch.resolve("watts"), "100\n");
        Path sources = Files.writeString(scratch.resolve("sources.ini"), """
                [file:meter]
                path = %s
                unit = W
                scope = node
                """.formatted(scratch.resolve("watts")));
        Path begun = scratch.resolve("begun");
        Path over = scratch.resolve("over");
        Process byHand = sandbox.start(
                sandbox.launcher(),
                "run",
                "--no-director",
                "--telemetry=file:meter",
                "--telemetry-settings=" + sources,
                "-o",
                scratch.resolve("out"),
                "-w",
                "touch " + begun + "; until [ -e " + over + " ]; do sleep 0.1; done");
        await().atMost(TestDeadlines.seconds(60)).until(() -> Files.exists(begun));

        Outcome refused = sandbox.outcome(start("--set", "cap=500"));
        Files.createFile(over);
        Outcome measured = sandbox.outcome(byHand);
        Outcome later = sandbox.outcome(start("--set", "cap=500"));

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(refused.err()).contains("started by hand").doesNotContain("setting cap");
        assertThat(measured.exitCode()).as(measured.err()).isZero();
        assertThat(later.err()).contains("setting cap: 500", "setting cap is 700 again");
    }
}
