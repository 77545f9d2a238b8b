package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfigReader;
import dev.wattline.campaign.CampaignException;
import dev.wattline.campaign.engine.CampaignLine;
import dev.wattline.campaign.engine.CampaignState;
import dev.wattline.campaign.engine.JournalEntry;
import dev.wattline.campaign.local.CampaignFolder;
import dev.wattline.campaign.local.Definitions;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.PlanReader;
import dev.wattline.cli.CapturedStreams.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What is asked of a campaign that has begun, from another shell. */
@EnabledOnOs(OS.LINUX)
@ResourceLock(Resources.SYSTEM_OUT)
class CampaignControlTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void begin() throws IOException {
        agent("true");
        plan(2, "1, 2");
        files().begin();
    }

    private void agent(String program) throws IOException {
        write("agent.yaml", """
                director: 127.0.0.1
                ntp: 127.0.0.1
                results: results
                workloads:
                  bert: {command: ["PROGRAM"], loadgenLogs: logs, params: {n: {range: [1, 9], default: 1}}}
                """.replace("PROGRAM", program));
    }

    private void plan(int repeats, String numbers) throws IOException {
        write("plan.yaml", """
                campaign: night
                repeats: REPEATS
                seed: 7
                matrix: {workload: [bert], n: [NUMBERS]}
                """.replace("REPEATS", String.valueOf(repeats)).replace("NUMBERS", numbers));
    }

    private void write(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private AgentConfig config() {
        return AgentConfigReader.read(folder.resolve("agent.yaml"));
    }

    private CampaignPlan plan() {
        return PlanReader.read(folder.resolve("plan.yaml"), config());
    }

    private CampaignFolder files() {
        return new CampaignFolder(config(), plan());
    }

    private CampaignState state() {
        CampaignFolder files = files();
        return CampaignState.of(
                files.begun().orElseThrow().order(),
                plan().retry(),
                files.journal().entries());
    }

    private Outcome campaign(String action, String... more) {
        Stream<String> words =
                Stream.of("campaign", action, folder.resolve("plan.yaml").toString());
        return CapturedStreams.run(Stream.concat(words, Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void itIsPausedUntilItIsResumed() {
        assertThat(campaign("pause").exitCode()).isZero();
        assertThat(state().paused()).isPresent();
        assertThat(campaign("pause").exitCode()).as("twice is no more").isZero();
        assertThat(files().journal().entries()).hasSize(1);
        assertThat(campaign("status").out()).contains("paused: operator", "left: 4 sessions of unknown time");

        assertThat(campaign("resume").exitCode()).isZero();

        assertThat(state().paused()).isEmpty();
    }

    @Test
    void oneThatWasAbortedIsOver() {
        assertThat(campaign("abort").exitCode()).isZero();

        assertThat(state().history().aborted()).isTrue();
        assertThat(campaign("resume").exitCode()).isEqualTo(1);
        assertThat(campaign("status").out()).contains("aborted");
    }

    @Test
    void anotherDefinitionIsAcceptedWithAWordAlone() throws IOException {
        CampaignPlan plan = plan();
        Definitions.of(plan.cells().keySet().iterator().next(), config())
                .forEach((name, hash) -> files().journal()
                        .append(new JournalEntry(Instant.EPOCH, new CampaignLine.Defined(name, hash, false))));
        campaign("pause");
        agent("false");

        assertThat(campaign("resume").exitCode()).isEqualTo(1);
        assertThat(campaign("resume", "--accept-change").exitCode()).isZero();

        assertThat(state().paused()).isEmpty();
        assertThat(state().history().accepted()).containsExactly("workload bert");
        assertThat(campaign("resume").exitCode()).as("no change any more").isZero();
    }

    @Test
    void cellsAndRepeatsAreAddedBehindTheOthersAndNothingMoves() throws IOException {
        List<CellRepeat> before = files().begun().orElseThrow().order();
        plan(3, "1, 2, 3");
        assertThatThrownBy(() -> files().begun())
                .isInstanceOf(CampaignException.class)
                .hasMessageContaining("5 sessions of the plan are new");

        List<CellRepeat> after = files().amend().order();

        assertThat(after)
                .hasSize(9)
                .startsWith(before.toArray(CellRepeat[]::new))
                .doesNotHaveDuplicates();
        assertThat(files().begun().orElseThrow().order()).isEqualTo(after);
        assertThat(files().amend().order()).as("nothing new").isEqualTo(after);
        assertThat(files().journal().entries())
                .singleElement()
                .extracting(JournalEntry::line)
                .isEqualTo(new CampaignLine.Amended(5));
    }

    @Test
    void aCellCannotBeTakenAway() throws IOException {
        plan(2, "1");

        assertThatThrownBy(() -> files().amend())
                .isInstanceOf(CampaignException.class)
                .hasMessageContaining("2 of those begun");
    }

    @Test
    void anOptionOfAnotherActionIsAUsageError() {
        for (String option : List.of("--amend", "--accept-change", "--after-session", "--csv")) {
            assertThat(campaign("status", option).exitCode()).as(option).isEqualTo(2);
        }
    }
}
