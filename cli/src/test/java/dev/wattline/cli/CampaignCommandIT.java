package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.cli.LauncherSandbox.Outcome;
import dev.wattline.report.ReportJob;
import dev.wattline.testing.Ports;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A campaign by the real launcher, with a mock analyzer, whose processes are killed. */
@EnabledOnOs(OS.LINUX)
class CampaignCommandIT {
    private static final Duration SESSION = TestDeadlines.seconds(120);
    private static final int CAMPAIGN_SECONDS = 300;

    @TempDir
    private Path scratch;

    private LauncherSandbox sandbox;
    private Programs programs;

    @BeforeEach
    void configure() throws IOException {
        sandbox = new LauncherSandbox(scratch, "checkout").withJar();
        sandbox.environment.put("WATTLINE_NO_CDS", "1");
        sandbox.environment.put("PATH", System.getenv("PATH"));
        sandbox.environment.put("WATTLINE_STATE", scratch.resolve("state").toString());
        programs = new Programs(scratch);
        String ntp = "127.0.0.1:" + programs.serve("sntp", "sntp", "--bind", "127.0.0.1", "--port", "0");
        programs.script("mock_ptd", "mock-ptd", "--start-delay", "0");
        Path configuration = Files.writeString(
                scratch.resolve("director.conf"), """
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
                settle: 0
                """.formatted(ntp, scratch.resolve("mock_ptd"), Ports.free()));
        String director = "127.0.0.1:" + programs.serve("director", "director", "-c", configuration.toString());
        for (String value : List.of("500", "600", "700")) {
            Files.writeString(scratch.resolve(value), value + "\n");
        }
        Files.writeString(scratch.resolve("cap"), "700\n");
        write("agent.yaml", """
                sut: rig
                director: DIRECTOR
                ntp: NTP
                results: results
                workloads:
                  sgemm:
                    command: ["LAUNCHER", "workload", "--seconds", "{seconds}", "--size", "64", "-o", "logs"]
                    loadgenLogs: logs
                    params: {seconds: {range: [1, 60], default: 2}}
                settings:
                  cap:
                    values: [500, 600, 700]
                    apply: ["cp", "AT/{value}", "AT/cap"]
                    read: ["cat", "AT/cap"]
                    expect: "(?<value>[0-9]+)"
                    restore: previous
                """.replace("DIRECTOR", director)
                .replace("NTP", ntp)
                .replace("LAUNCHER", sandbox.launcher().toString())
                .replace("AT", scratch.toString()));
        write("plan.yaml", """
                campaign: night
                order: listed
                matrix:
                  workload: [sgemm]
                  cap: [500, 600]
                compare: [{by: cap}]
                """);
    }

    @AfterEach
    void endServers() throws InterruptedException {
        programs.endServers();
    }

    private void write(String name, String text) throws IOException {
        Path file = Files.writeString(scratch.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private Process run() throws IOException {
        return sandbox.start(sandbox.launcher(), "campaign", "run", "plan.yaml");
    }

    private List<String> journal() throws IOException {
        Path file = scratch.resolve("results/lab/campaigns/night/journal.log");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private long lines(String kind) throws IOException {
        return journal().stream()
                .filter(line -> line.split("\t")[1].equals(kind))
                .count();
    }

    private long sessions() throws IOException {
        if (!Files.exists(scratch.resolve("results"))) {
            return 0;
        }
        try (Stream<Path> files = Files.list(scratch.resolve("results"))) {
            return files.filter(file -> file.getFileName().toString().contains("_night_"))
                    .count();
        }
    }

    private long reports() throws IOException {
        try (Stream<Path> files = Files.list(scratch.resolve("results"))) {
            return files.filter(file -> file.getFileName().toString().contains("_night_"))
                    .filter(session -> Files.exists(ReportJob.fileOf(session)))
                    .count();
        }
    }

    private String cap() throws IOException {
        return Files.readString(scratch.resolve("cap")).strip();
    }

    /** While the first cell is measured all processes are killed; then the loop alone, whose runner goes on. */
    @Test
    void aCampaignThatIsKilledGoesOn() throws Exception {
        Process first = run();
        await().atMost(SESSION).until(() -> sessions() == 1);
        assertThat(cap()).isEqualTo("500");
        Stream.concat(Stream.of(first.toHandle()), first.toHandle().descendants())
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
        TestDeadlines.exitOf(first, 60);
        assertThat(cap()).as("nobody was there to restore it").isEqualTo("500");

        Process second = run();
        await().atMost(SESSION).until(() -> sessions() == 2);
        second.destroyForcibly(); // the shell alone: the runner goes on
        TestDeadlines.exitOf(second, 60);

        Process third = run();
        TestDeadlines.exitOf(third, CAMPAIGN_SECONDS);
        Outcome outcome = sandbox.outcome(third);

        assertThat(outcome.exitCode()).as(() -> outcome.err()).isZero();
        assertThat(cap()).isEqualTo("700");
        assertThat(outcome.err()).contains("done: 2 sessions are valid, 0 were given up");
        assertThat(lines("Attempt")).as(() -> outcome.err()).isEqualTo(3);
        assertThat(journal().stream()
                        .filter(line -> line.contains("\tVerdict\t"))
                        .map(line -> line.split("\t")[2]))
                .containsExactly("INTERRUPTED", "VALID", "VALID");
        assertThat(sessions()).isEqualTo(3);
        assertThat(reports()).as("of the sessions that came to an end").isEqualTo(2);
        Outcome report = sandbox.run(sandbox.launcher(), "campaign", "report", "plan.yaml", "--json");
        JsonNode told = new JsonMapper().readTree(report.out());
        assertThat(told.path("runs").path(0).path("values").path("metric.value").asDouble())
                .isPositive();
        assertThat(told.path("comparisons").size()).isEqualTo(1);
        assertThat(Files.readAllLines(scratch.resolve("results/lab/campaigns/night/run-table.csv")))
                .hasSize(3);
        assertThat(sandbox.run(sandbox.launcher(), "campaign", "run", "plan.yaml")
                        .exitCode())
                .as("one that is done is done")
                .isZero();
    }
}
