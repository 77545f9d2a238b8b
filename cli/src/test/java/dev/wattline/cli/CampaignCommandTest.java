package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example plans, and what is told before anything runs. */
@EnabledOnOs(OS.LINUX)
@ResourceLock(Resources.SYSTEM_OUT)
class CampaignCommandTest {
    private static final Path CONFIGS = Path.of("../configs").toAbsolutePath().normalize();
    private static final String AGENT = CONFIGS.resolve("agent.yaml").toString();

    @TempDir
    private Path folder;

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(CONFIGS.resolve("campaigns"))) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();
            return all.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExampleIsRight(Path plan) {
        Outcome outcome = CapturedStreams.run("campaign", "-c", AGENT, "check", plan.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).containsPattern("[0-9]+ cells, [0-9]+ sessions, ");
    }

    @ParameterizedTest
    @CsvSource({"night.yaml, 2 cells, 4 sessions", "official.yaml, 1 cells, 2 sessions"})
    void theRehearsalsPlanIsRight(String plan, String cells, String sessions) {
        Outcome outcome = CapturedStreams.run(
                "campaign",
                "check",
                CONFIGS.resolve("week/node-a").resolve(plan).toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains(cells + ", " + sessions);
    }

    @Test
    void cellsSessionsAndTimeAreToldBeforeAnythingRuns() {
        String plan = CONFIGS.resolve("campaigns/efficiency.yaml").toString();
        Outcome outcome = CapturedStreams.run("campaign", "-c", AGENT, "check", plan, "--json");

        JsonNode told = new JsonMapper().readTree(outcome.out());
        assertThat(told.path("cells").asInt()).isEqualTo(4 * 3 * 2 - 4 + 1);
        assertThat(told.path("sessions").asInt()).isEqualTo(20 * 3 + 5);
        assertThat(told.path("sessionsOfUnknownTime").asInt())
                .as("those of sgemm")
                .isEqualTo(5);
        // 11 min and 5 min of ranging, 10 s settle time of both, 10 s around them, 30 s rest, half of 10 min, and the
        // settings' settle times twice
        assertThat(told.path("seconds").asInt()).isEqualTo(60 * (11 * 60 + 300 + 20 + 10 + 30 + 300 + 10));
        assertThat(told.path("sessionsByTimesOf").path("expect").asInt()).isEqualTo(60);
        assertThat(CapturedStreams.run("campaign", "-c", AGENT, "status", plan).err())
                .contains("has not begun");
    }

    /** One phase, no director in the agent's configuration, and no time for ranging. */
    @Test
    void aPlanForAMachineWithoutAnalyzerIsChecked() {
        String plan = CONFIGS.resolve("campaigns/local/node.yaml").toString();
        Outcome outcome = CapturedStreams.run("campaign", "check", plan, "--local", "--json");

        JsonNode told = new JsonMapper().readTree(outcome.out());
        assertThat(told.path("kind").asString()).as(outcome.err()).isEqualTo("informal");
        assertThat(told.path("sessions").asInt()).isEqualTo(20);
        assertThat(told.path("seconds").asInt()).isEqualTo(20 * (60 + 10 + 30));
        assertThat(CapturedStreams.run("campaign", "check", plan).err())
                .contains("the key director is missing", "the key ntp is missing");
        String official = CONFIGS.resolve("campaigns/official.yaml").toString();
        assertThat(CapturedStreams.run("campaign", "-c", AGENT, "check", official, "--local")
                        .err())
                .contains("a plan of official sessions, which need a director");
    }

    @Test
    void aNewPlanForAMachineWithoutAnalyzerCanBeChecked() throws IOException {
        String agent = CONFIGS.resolve("campaigns/local/agent.yaml").toString();
        Path plan = plan(
                CapturedStreams.run("campaign", "-c", agent, "new", "--local").out());

        Outcome outcome = CapturedStreams.run("campaign", "-c", agent, "check", plan.toString(), "--local");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("1 cells, 3 sessions");
    }

    @Test
    void oneFormOfAReportIsAskedForAtATime() {
        String plan = CONFIGS.resolve("campaigns/efficiency.yaml").toString();
        Outcome outcome = CapturedStreams.run("campaign", "-c", AGENT, "report", plan, "--json", "--csv");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains("--csv, --json and --html contradict each other");
    }

    @Test
    void whatIsWrongWithAPlanIsAUsageErrorWithItsPlace() throws IOException {
        Path plan = plan(Files.readString(CONFIGS.resolve("campaigns/efficiency.yaml"))
                .replace("powercap: [350", "powrcap: [350")
                .replace("repeats: 3", "repeats: 0"));
        Outcome outcome = CapturedStreams.run("campaign", "-c", AGENT, "check", plan.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err())
                .contains("plan.yaml, line 5, column 10: repeats: expected a whole number from 1 to 1000, got '0'")
                .contains("did you mean 'powercap'?");
    }

    @Test
    void aNewPlanCanBeChecked() throws IOException {
        Path plan = plan(CapturedStreams.run("campaign", "-c", AGENT, "new").out());

        Outcome outcome = CapturedStreams.run("campaign", "-c", AGENT, "check", plan.toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("3 cells, 9 sessions");
    }

    @Test
    void withoutTheLoopNothingIsBegun() throws IOException {
        Path plan = plan(Files.readString(CONFIGS.resolve("campaigns/official.yaml")));
        Outcome outcome = CapturedStreams.run("campaign", "-c", AGENT, "run", plan.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err()).contains("there is no loop to start the runner");
        assertThat(CONFIGS.resolveSibling("results/lab")).doesNotExist();
    }

    private Path plan(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("plan.yaml"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
