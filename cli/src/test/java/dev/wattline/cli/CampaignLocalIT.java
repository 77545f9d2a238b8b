package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.cli.LauncherSandbox.Outcome;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A campaign on a machine with neither analyzer nor director, by the real launcher, whose processes are killed. */
@EnabledOnOs(OS.LINUX)
class CampaignLocalIT {
    private static final Duration SESSION = TestDeadlines.seconds(120);
    private static final int CAMPAIGN_SECONDS = 300;

    @TempDir
    private Path scratch;

    private LauncherSandbox sandbox;

    /** A meter that says 100 W and 20 W more at the higher cap. */
    @BeforeEach
    void configure() throws IOException {
        sandbox = new LauncherSandbox(scratch, "checkout").withJar();
        sandbox.environment.put("WATTLINE_NO_CDS", "1");
        sandbox.environment.put("PATH", System.getenv("PATH"));
        sandbox.environment.put("WATTLINE_STATE", scratch.resolve("state").toString());
        for (String value : List.of("100", "120", "50")) {
            Files.writeString(scratch.resolve(value), value + "\n");
        }
        Files.writeString(scratch.resolve("cap"), "50\n");
        write("sources.ini", """
                [file:meter]
                path = @/cap
                unit = W
                scope = node
                """.replace("@", scratch.toString()));
        write("agent.yaml", """
                sut: node
                results: results
                sources:
                  telemetry: file:meter
                  settings: sources.ini
                workloads:
                  load:
                    command: ["sh", "-c", "echo $$ >@/pid; echo $WATTLINE_SESSION >>@/ran; sleep {seconds}; exit {status}"]
                    params:
                      seconds: {range: [1, 600], default: 4}
                      status: {values: [0, 3], default: 0}
                settings:
                  cap:
                    values: [50, 100, 120]
                    apply: ["cp", "@/{value}", "@/cap"]
                    read: ["cat", "@/cap"]
                    expect: "(?<value>[0-9]+)"
                    restore: previous
                """.replace("@", scratch.toString()));
        write("plan.yaml", """
                campaign: node
                order: listed
                matrix:
                  workload: [load]
                  cap: [100, 120]
                include: [{workload: load, status: 3}]
                retry: {workload: 0, delay: 0s}
                compare: [{by: cap}]
                """);
    }

    private void write(String name, String text) throws IOException {
        Path file = Files.writeString(scratch.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private Outcome campaign(String action, String... more) throws IOException, InterruptedException {
        return sandbox.run(Stream.concat(
                        Stream.of(sandbox.launcher(), "campaign", action, "plan.yaml", "--local"), Stream.of(more))
                .toArray());
    }

    private long ran() throws IOException {
        Path file = scratch.resolve("ran");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    private String cap() throws IOException {
        return Files.readString(scratch.resolve("cap")).strip();
    }

    @Test
    void isMeasuredByTheMachinesOwnSourcesAndGoesOnAfterAKill() throws Exception {
        Outcome check = campaign("check");
        assertThat(check.exitCode()).as(check.err()).isZero();
        assertThat(check.out()).contains("informal", "3 cells, 3 sessions, of unknown time");

        Process first = sandbox.start(sandbox.launcher(), "campaign", "run", "plan.yaml", "--local");
        await().atMost(SESSION).until(() -> ran() == 1);
        long workload = Long.parseLong(Files.readString(scratch.resolve("pid")).strip());
        assertThat(cap()).isEqualTo("100");
        Stream.concat(Stream.of(first.toHandle()), first.toHandle().descendants())
                .filter(process -> process.pid() != workload)
                .filter(process -> process.info().commandLine().orElse("").contains("wattline"))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
        TestDeadlines.exitOf(first, 60);
        await().atMost(SESSION) // the next session must not be measured beside it
                .until(() -> ProcessHandle.of(workload).isEmpty());

        Process second = sandbox.start(sandbox.launcher(), "campaign", "run", "plan.yaml", "--local");
        TestDeadlines.exitOf(second, CAMPAIGN_SECONDS);
        Outcome outcome = sandbox.outcome(second);

        assertThat(outcome.err()).contains("done: 2 sessions are valid, 1 were given up");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(cap()).isEqualTo("50");
        Path informal = scratch.resolve("results/informal");
        assertThat(Files.readAllLines(informal.resolve("lab/campaigns/node/journal.log")).stream()
                        .filter(line -> line.contains("\tVerdict\t"))
                        .map(line -> line.split("\t")[2]))
                .containsExactly("INTERRUPTED", "VALID", "VALID", "WORKLOAD");

        Outcome report = campaign("report", "--json");
        JsonNode told = new JsonMapper().readTree(report.out());
        assertThat(told.path("kind").asString()).isEqualTo("informal");
        JsonNode run = told.path("runs").path(0);
        assertThat(run.path("values").path("informal.node.file:meter.energyJ").asDouble())
                .isBetween(300.0, 600.0);
        assertThat(run.path("halfWidths95")
                        .path("informal.node.file:meter.energyJ")
                        .asDouble())
                .isPositive();
        assertThat(told.path("comparisons").path(0).path("change").asDouble()).isBetween(0.05, 0.4);
        assertThat(campaign("report").out()).startsWith("informal: ");
        assertThat(campaign("check").out()).contains("1 session of the cell");
        resultsAreKeptApart(informal);
    }

    /** The machine cools down and is warmed before each session, and started anew between them. */
    @Test
    void gatesAndPlannedRebootsAreAsWithADirector() throws Exception {
        Path boot = Files.writeString(scratch.resolve("boot"), "first\n");
        sandbox.environment.put("WATTLINE_JAVA_OPTS", "-Dwattline.test.boot=" + boot);
        Files.writeString(scratch.resolve("temperature"), "60\n");
        String cooler = "t=$(cat @/temperature); echo $((t - 10)) >@/temperature; echo $t";
        write(
                "agent.yaml",
                Files.readString(scratch.resolve("agent.yaml"))
                        + """
                sensors:
                  temperature: {command: ["sh", "-c", "COOLER"]}
                actions:
                  reboot: {command: ["sh", "-c", "echo second >@/boot"], returns: 15m}
                """.replace("COOLER", cooler).replace("@", scratch.toString()));
        write("plan.yaml", """
                campaign: rebooted
                order: listed
                matrix:
                  workload: [load]
                  seconds: [1]
                  cap: [100, 120]
                before:
                  - cooldown: {sensor: temperature, below: 45, every: 1s, atMost: 10m}
                  - warmup: {workload: same, for: 1s}
                reboot: {everyJobs: 1, atMost: 1}
                """);
        Process first = sandbox.start(sandbox.launcher(), "campaign", "run", "plan.yaml", "--local");
        await().atMost(SESSION.multipliedBy(2))
                .until(() -> Files.readString(boot).strip().equals("second"));
        assertThat(cap()).as("restored before").isEqualTo("50");
        first.destroy(); // as by a machine that goes down
        TestDeadlines.exitOf(first, 60);

        Outcome outcome = sandbox.run(sandbox.launcher(), "campaign", "run", "plan.yaml", "--local");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        Path campaign = scratch.resolve("results/informal/lab/campaigns/rebooted");
        List<String> journal = Files.readAllLines(campaign.resolve("journal.log")).stream()
                .map(line -> line.split("\t")[1])
                .toList();
        assertThat(journal)
                .containsSubsequence(
                        "Gated", "HandedOver", "Verdict", "Rebooting", "Gated", "HandedOver", "Verdict", "Done");
        assertThat(journal).filteredOn("Rebooting"::equals).hasSize(1);
        assertThat(campaign.resolve("warm-up.log")).exists();
        assertThat(Integer.parseInt(
                        Files.readString(scratch.resolve("temperature")).strip()))
                .as("it was read until it was low enough")
                .isLessThanOrEqualTo(30);
        JsonNode told = new JsonMapper().readTree(campaign("report", "--json").out());
        assertThat(told.path("runs")).hasSize(2);
    }

    /** Nothing of it is in the index of sessions with an analyzer; its own is made again from the folders alone. */
    private void resultsAreKeptApart(Path informal) throws Exception {
        assertThat(scratch.resolve("results/.wattline/index.jsonl")).doesNotExist();
        Outcome official = sandbox.run(sandbox.launcher(), "campaign", "status", "plan.yaml");
        assertThat(official.exitCode()).isEqualTo(2); // agent.yaml names no director
        List<String> lines = Files.readAllLines(informal.resolve(".wattline/index.jsonl"));
        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains("\"kind\":\"informal\"")
                        .doesNotContain("\"valid\":", "\"metric\":", "\"energyJ\":null"));
        Outcome rebuilt = sandbox.run(sandbox.launcher(), "index", "rebuild", informal);
        assertThat(rebuilt.exitCode()).as(rebuilt.err()).isZero();
        assertThat(Files.readAllLines(informal.resolve(".wattline/index.jsonl")))
                .containsAll(lines);
    }
}
