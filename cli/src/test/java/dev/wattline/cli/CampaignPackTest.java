package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfigReader;
import dev.wattline.campaign.engine.CampaignLine;
import dev.wattline.campaign.engine.JournalEntry;
import dev.wattline.campaign.local.CampaignFolder;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.PlanReader;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Which session of an official campaign is submitted, and what becomes of the others. */
@EnabledOnOs(OS.LINUX)
@ResourceLock(Resources.SYSTEM_OUT)
class CampaignPackTest {
    /** A published session in the scenario Offline. */
    private static final String PUBLISHED = "corpus/v4.1/closed__NVIDIA__H200-SXM-141GBx8_TRT_MaxQ__resnet50__Offline";

    private static final String SINGLE_STREAM = "corpus/v4.1/closed__UntetherAI__h13_u3_slim__resnet50__singlestream";

    @TempDir
    private Path folder;

    @BeforeEach
    void begin() throws IOException {
        write("agent.yaml", """
                director: 127.0.0.1
                ntp: 127.0.0.1
                results: results
                workloads:
                  bert: {command: ["true"], loadgenLogs: logs}
                """);
        write("plan.yaml", """
                campaign: closed
                kind: official
                repeats: 2
                matrix: {workload: [bert]}
                submission:
                  round: v4.1
                  system: rig
                  places: {bert: resnet50/Offline}
                """);
        files().begin();
    }

    private CampaignFolder files() {
        AgentConfig config = AgentConfigReader.read(folder.resolve("agent.yaml"));
        return new CampaignFolder(config, PlanReader.read(folder.resolve("plan.yaml"), config));
    }

    private Path write(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private String cell() {
        return files().begin().order().get(0).cell();
    }

    private void attempt(int repeat, int number, Optional<Cause> cause, String session) {
        CellRepeat what = new CellRepeat(cell(), repeat);
        add(new CampaignLine.Attempt(what, number, "boot"));
        add(new CampaignLine.Verdict(cause, session, cause.isPresent() ? "too short" : ""));
    }

    private void add(CampaignLine line) {
        files().journal().append(new JournalEntry(Instant.EPOCH, line));
    }

    private Outcome campaign(String action, String... more) {
        Stream<String> words =
                Stream.of("campaign", action, folder.resolve("plan.yaml").toString());
        return CapturedStreams.run(Stream.concat(words, Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void anotherSessionIsChosenWithAReasonThatIsKept() {
        attempt(1, 1, Optional.empty(), "first");
        attempt(2, 1, Optional.of(Cause.INVALID), "second");
        attempt(2, 2, Optional.empty(), "third");

        assertThat(campaign("choose", "--cell", cell(), "--attempt", "2").exitCode())
                .as("no reason")
                .isEqualTo(2);
        assertThat(campaign("choose", "--cell", cell(), "--repeat", "2", "--attempt", "1", "--why", "x")
                        .exitCode())
                .as("not valid")
                .isEqualTo(2);
        assertThat(campaign("choose", "--cell", cell(), "--repeat", "2", "--attempt", "2", "--why", "the fan")
                        .exitCode())
                .isZero();

        List<JournalEntry> journal = files().journal().entries();
        assertThat(journal.get(journal.size() - 1).line()).isInstanceOfSatisfying(CampaignLine.Chosen.class, chosen -> {
            assertThat(chosen.why()).isEqualTo("the fan");
            assertThat(chosen.number()).isEqualTo(2);
        });
    }

    @Test
    void nothingIsPackedWhereACellHasNoValidSession() {
        attempt(1, 1, Optional.of(Cause.INVALID), "first");
        Path to = folder.resolve("tree");

        Outcome outcome = campaign("pack", "--to", to.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("resnet50/Offline (bert)");
        assertThat(to).doesNotExist();
    }

    @Test
    void theFirstValidSessionIsPackedWholeAndAllAttemptsAreListed() throws IOException {
        Path published = SharedData.orSkip(PUBLISHED);
        copy(published, folder.resolve("results/good"));
        attempt(1, 1, Optional.of(Cause.INVALID), "short");
        attempt(1, 2, Optional.empty(), "good");
        attempt(2, 1, Optional.empty(), "better");
        Path to = folder.resolve("tree");

        Outcome outcome = campaign("pack", "--to", to.toString());

        assertThat(outcome.exitCode()).as(outcome.err() + outcome.out()).isZero();
        Path performance = to.resolve("results/rig/resnet50/Offline/performance");
        for (String file : List.of("power/server.json", "ranging/spl.txt", "run_1/spl.txt")) {
            assertThat(performance.resolve(file)).hasSameBinaryContentAs(published.resolve(file));
        }
        assertThat(Files.readAllLines(to.resolve("campaign-closed-attempts.tsv")))
                .hasSize(4)
                .filteredOn(line -> line.contains("chosen\tthe first valid one"))
                .singleElement()
                .asString()
                .contains("\tgood\t");
        assertThat(campaign("pack", "--to", to.toString()).exitCode())
                .as("nothing is overwritten")
                .isEqualTo(1);
    }

    @Test
    void anInferredPlaceGetsTheSessionThatItIsInferredFrom() throws IOException {
        Path published = SharedData.orSkip(SINGLE_STREAM);
        copy(published, folder.resolve("results/good"));
        write(
                "plan.yaml",
                Files.readString(folder.resolve("plan.yaml"))
                        .replace(
                                "  places: {bert: resnet50/Offline}",
                                String.join(
                                        "\n",
                                        "  category: edge",
                                        "  places: {bert: resnet50/SingleStream}",
                                        "  inferred:",
                                        "    resnet50/Offline: resnet50/SingleStream",
                                        "    resnet50/MultiStream: resnet50/SingleStream")));
        attempt(1, 1, Optional.empty(), "good");
        Path to = folder.resolve("tree");

        Outcome outcome = campaign("pack", "--to", to.toString());

        assertThat(outcome.err()).as(outcome.out()).isEmpty();
        assertThat(outcome.exitCode()).as(outcome.out()).isZero();
        for (String scenario : List.of("SingleStream", "Offline", "MultiStream")) {
            assertThat(to.resolve("results/rig/resnet50/" + scenario + "/performance/run_1/spl.txt"))
                    .hasSameBinaryContentAs(published.resolve("run_1/spl.txt"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, target);
                }
            }
        }
    }
}
