package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.cli.LauncherSandbox.Outcome;
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

/** Workloads beside one another, by the real launcher: with a mock analyzer, and without. */
@EnabledOnOs(OS.LINUX)
class CompanionIT {
    private static final Duration SESSION = TestDeadlines.seconds(120);
    private static final int CAMPAIGN_SECONDS = 400;
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    private Path scratch;

    private LauncherSandbox sandbox;
    private Programs programs;

    /** A meter that says 100 W, for what is measured without director. */
    @BeforeEach
    void configure() throws IOException {
        sandbox = new LauncherSandbox(scratch, "checkout").withJar();
        sandbox.environment.put("WATTLINE_NO_CDS", "1");
        sandbox.environment.put("PATH", System.getenv("PATH"));
        sandbox.environment.put("WATTLINE_STATE", scratch.resolve("state").toString());
        programs = new Programs(scratch);
        write("meter", "100\n");
        write("sources.ini", at("""
                [file:meter]
                path = AT/meter
                unit = W
                scope = node
                """));
    }

    @AfterEach
    void endServers() throws InterruptedException {
        programs.endServers();
    }

    private String at(String text) {
        return text.replace("AT/", scratch + "/");
    }

    private void write(String name, String text) throws IOException {
        Path file = Files.writeString(scratch.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private String director() throws IOException {
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
        return "director: 127.0.0.1:" + programs.serve("director", "director", "-c", configuration.toString())
                + "\nntp: " + ntp + "\n";
    }

    private Outcome campaign(String action, String... more) throws IOException, InterruptedException {
        return sandbox.run(
                Stream.concat(Stream.of(sandbox.launcher(), "campaign", action, "plan.yaml"), Stream.of(more))
                        .toArray());
    }

    private static List<String> verdicts(Path campaign) throws IOException {
        return Files.readAllLines(campaign.resolve("journal.log")).stream()
                .filter(line -> line.contains("\tVerdict\t"))
                .map(line -> line.split("\t")[2])
                .toList();
    }

    private Path session(String state) throws IOException {
        try (Stream<Path> all = Files.list(scratch.resolve("results"))) {
            return all.filter(path -> Files.exists(path.resolve("lab/manifest.json")))
                    .filter(path -> state.equals(with(path).path("name").asString("")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static JsonNode with(Path session) {
        return MAPPER.readTree(session.resolve("lab/manifest.json").toFile()).path("with");
    }

    @Test
    void aCellsCompanionRunsInBothPhasesAndMustOutlastTheWorkload() throws Exception {
        write(
                "agent.yaml",
                "sut: rig\nresults: results\n" + director()
                        + at("""
                workloads:
                  main:
                    command: ["sh", "-c", "touch AT/main.$WATTLINE_PHASE; exec LAUNCHER workload --seconds {seconds} --size 64 -o logs"]
                    loadgenLogs: logs
                    params: {seconds: {range: [1, 60], default: 3}}
                  load:
                    command: ["sh", "-c", "echo $WATTLINE_ROLE $WATTLINE_PHASE $WATTLINE_COMPANION_GPUS $WATTLINE_MAIN_WORKLOAD $WATTLINE_MAIN_P_SECONDS {n} | tee -a AT/load; exec sleep 600"]
                    params: {n: {range: [1, 9], default: 7}}
                    cleanup: ["touch", "AT/cleaned"]
                  again:
                    command: ["sleep", "1.1"]
                  brief:
                    command: ["sh", "-c", "rm -f AT/main.testing; [ $WATTLINE_PHASE = testing ] || exec sleep 600; until [ -e AT/main.testing ]; do sleep 0.1; done; exit 5"]
                """).replace("LAUNCHER", sandbox.launcher().toString()));
        write("plan.yaml", """
                campaign: beside
                order: listed
                matrix:
                  workload: [main]
                  with: [none, load@other, again loop, brief]
                retry: {invalid: 0}
                compare: [{by: with, baseline: none}]
                """);
        assertThat(campaign("check").exitCode()).isZero();

        Outcome outcome = awaited("run");

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
        assertThat(verdicts(scratch.resolve("results/lab/campaigns/beside")))
                .as(outcome.err())
                .containsExactly("VALID", "VALID", "VALID", "INVALID");
        assertThat(Files.readAllLines(scratch.resolve("load")))
                .containsExactly("companion ranging other main 3 7", "companion testing other main 3 7");
        assertThat(scratch.resolve("cleaned")).exists();
        Path beside = session("load@other");
        assertThat(beside.resolve("lab/companion-testing.log")).hasContent("companion testing other main 3 7");
        assertThat(with(beside).path("phases").size()).isEqualTo(2);
        JsonNode loop = with(session("again loop")).path("phases").path(1);
        assertThat(loop.path("phase").asString()).isEqualTo("testing");
        assertThat(loop.path("starts").asInt()).isGreaterThanOrEqualTo(2);
        JsonNode ended = with(session("brief")).path("phases").path(1).path("ended");
        assertThat(ended.path("status").asInt()).isEqualTo(5);
        theReportNamesWhatRanBeside();
    }

    private Outcome awaited(String action, String... more) throws Exception {
        Process process = sandbox.start(
                Stream.concat(Stream.of(sandbox.launcher(), "campaign", action, "plan.yaml"), Stream.of(more))
                        .toArray());
        TestDeadlines.exitOf(process, CAMPAIGN_SECONDS);
        return sandbox.outcome(process);
    }

    private void theReportNamesWhatRanBeside() throws Exception {
        JsonNode told = MAPPER.readTree(campaign("report", "--json").out());
        assertThat(told.path("comparisons")
                        .valueStream()
                        .map(one -> one.path("value").asString()))
                .containsExactlyInAnyOrder("load@other", "again loop");
        assertThat(campaign("status").out()).contains("companion-ended: brief ended with status 5");
        assertThat(sandbox.run(
                                sandbox.launcher(),
                                "results",
                                "-d",
                                scratch.resolve("results"),
                                "--where",
                                "with=brief",
                                "--columns",
                                "with,valid,suspect",
                                "--csv")
                        .out())
                .contains("brief,false,", "companion-ended");
    }

    /** The runner alone is killed: its guard ends both workloads, and the campaign measures the cell again. */
    @Test
    void withoutDirectorTooAndAKilledRunnerLeavesNothing() throws Exception {
        write("agent.yaml", at("""
                sut: node
                results: results
                sources: {telemetry: "file:meter", settings: sources.ini}
                workloads:
                  main:
                    command: ["sh", "-c", "echo $$ >AT/main; exec sleep {seconds}"]
                    params: {seconds: {range: [1, 600], default: 5}}
                  load:
                    command: ["sh", "-c", "echo $$ >AT/load; setsid sleep 600 & exec sleep 601"]
                    warm: 1s
                  brief:
                    command: ["sleep", "3"]
                """));
        write("plan.yaml", """
                campaign: beside
                order: listed
                matrix:
                  workload: [main]
                  with: [load@same, brief]
                retry: {invalid: 0, delay: 0s}
                """);
        Process run = sandbox.start(sandbox.launcher(), "campaign", "run", "plan.yaml", "--local");
        await().atMost(SESSION)
                .until(() ->
                        Files.exists(scratch.resolve("main")) && !pid("main").isEmpty());
        ProcessHandle main = ProcessHandle.of(Long.parseLong(pid("main"))).orElseThrow();
        ProcessHandle load = ProcessHandle.of(Long.parseLong(pid("load"))).orElseThrow();
        List<ProcessHandle> left = load.children().toList();
        assertThat(left).hasSize(1);

        run.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .forEach(ProcessHandle::destroyForcibly);

        await().atMost(TestDeadlines.seconds(10))
                .until(() -> Stream.concat(Stream.of(main, load), left.stream()).noneMatch(ProcessHandle::isAlive));
        TestDeadlines.exitOf(run, CAMPAIGN_SECONDS);
        Outcome outcome = sandbox.outcome(run);

        assertThat(verdicts(scratch.resolve("results/informal/lab/campaigns/beside")))
                .as(outcome.err())
                .containsExactly("INTERRUPTED", "VALID", "INVALID");
        assertThat(ProcessHandle.of(Long.parseLong(pid("load"))).filter(ProcessHandle::isAlive))
                .as("that of the second attempt")
                .isEmpty();
        assertThat(Files.readAllLines(scratch.resolve("results/informal/.wattline/index.jsonl")))
                .anySatisfy(line -> assertThat(line).contains("\"with\":\"load@same\"", "\"suspect\":[]"))
                .anySatisfy(line -> assertThat(line).contains("\"with\":\"brief\"", "companion-ended"));
    }

    private String pid(String name) throws IOException {
        return Files.readString(scratch.resolve(name)).strip();
    }

    @Test
    void aRunByHandHasOneToo() throws Exception {
        Outcome outcome = sandbox.run(
                sandbox.launcher(),
                "run",
                "--no-director",
                "-w",
                at("touch AT/m; exec sleep 2"),
                "-o",
                scratch.resolve("out"),
                "--telemetry",
                "file:meter",
                "--telemetry-settings",
                "sources.ini",
                "--companion",
                at("until [ -e AT/m ]; do sleep 0.1; done; echo bye; exit 3"));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        Path session;
        try (Stream<Path> all = Files.list(scratch.resolve("out"))) {
            session = all.findFirst().orElseThrow();
        }
        assertThat(Files.readString(session.resolve("informal.json")))
                .contains("companion-ended: companion ended with");
        assertThat(session.resolve("lab/companion-testing.log")).hasContent("bye");
        Outcome without =
                sandbox.run(sandbox.launcher(), "run", "--no-director", "-w", "true", "-o", "out", "--companion-loop");
        assertThat(without.exitCode()).isEqualTo(2);
    }
}
