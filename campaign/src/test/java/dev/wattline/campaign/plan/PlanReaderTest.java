package dev.wattline.campaign.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfigReader;
import dev.wattline.agent.config.ConfigProblemsException;
import dev.wattline.agent.job.NamedCompanion;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
class PlanReaderTest {
    private static final String GOOD = """
            campaign: h200-efficiency
            kind: profile
            repeats: 3
            order: random-blocks
            seed: 7
            matrix:
              workload: [bert]
              gpus: [1, 2, "8"]
              boost: [on, off]
            exclude: [{gpus: 8, boost: off}]
            include: [{workload: sgemm, n: 64, repeats: 5}]
            ranging: 300s
            before:
              - rest: 30s
              - cooldown: {sensor: gpu.temp, below: 45, atMost: 10m, onTimeout: skip}
            retry: {invalid: 4, delay: 2m, maxFailures: 3}
            compare: [{by: boost}]
            """;

    @TempDir
    Path folder;

    private AgentConfig config;

    private Path write(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    @BeforeEach
    void configure() throws IOException {
        config = AgentConfigReader.read(write("agent.yaml", """
                director: 127.0.0.1
                ntp: 127.0.0.1
                results: results
                workloads:
                  bert:
                    command: ["./run.sh", "{gpus}"]
                    loadgenLogs: logs
                    params: {gpus: {values: [1, 2, 4, 8], default: 8}, batch: {range: [1, 64], default: 4}}
                  sgemm:
                    command: ["./sgemm"]
                    loadgenLogs: sgemm-logs
                    params: {n: {range: [1, 4096], default: 256}}
                sensors:
                  gpu.temp: {command: ["echo", "40"]}
                settings:
                  boost:
                    values: [on, off]
                    apply: ["true", "{value}"]
                    read: ["true"]
                    expect: "(?<value>.*)"
                    restore: on
                """));
    }

    private CampaignPlan read(String text) throws IOException {
        return PlanReader.read(write("plan.yaml", text), config);
    }

    private List<String> problems(String text) throws IOException {
        Path file = write("plan.yaml", text);
        return Objects.requireNonNull(
                        catchThrowableOfType(ConfigProblemsException.class, () -> PlanReader.read(file, config)))
                .problems();
    }

    @Test
    void eachCombinationIsACell() throws IOException {
        CampaignPlan plan = read(GOOD);

        assertThat(plan.cells().keySet().stream().map(Cell::shown))
                .containsExactly(
                        "bert batch=4 gpus=1 boost=on",
                        "bert batch=4 gpus=1 boost=off",
                        "bert batch=4 gpus=2 boost=on",
                        "bert batch=4 gpus=2 boost=off",
                        "bert batch=4 gpus=8 boost=on",
                        "sgemm n=64");
        assertThat(plan.sessions()).isEqualTo(5 * 3 + 5);
        assertThat(plan.rangingSeconds()).hasValue(300);
        assertThat(plan.before())
                .containsExactly(
                        new Gate.Rest(Duration.ofSeconds(30)),
                        new Gate.Cooldown(
                                "gpu.temp",
                                Optional.of(45.0),
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(5),
                                Gate.OnTimeout.SKIP));
        assertThat(plan.retry().limit(Cause.INVALID)).isEqualTo(4);
        assertThat(plan.retry().limit(Cause.INFRASTRUCTURE)).isEqualTo(3);
        assertThat(plan.comparisons()).containsExactly(new BaselineComparison("boost", "on"));
        assertThat(plan.metrics()).containsExactly("metric.value");
    }

    @Test
    void aGateWarmsUpOrWaitsUntilAllBeginAlike() throws IOException {
        String gate = "- cooldown: {sensor: gpu.temp, below: 45, atMost: 10m, onTimeout: skip}";
        CampaignPlan plan = read(GOOD.replace(
                gate,
                "- warmup: {workload: same, for: 5m}\n  - warmup: {workload: sgemm, for: 10s}\n"
                        + "  - cooldown: {sensor: gpu.temp, like: first, atMost: 10m}"));

        assertThat(plan.before().subList(1, 4))
                .containsExactly(
                        new Gate.WarmUp(Optional.empty(), Duration.ofMinutes(5)),
                        new Gate.WarmUp(Optional.of("sgemm"), Duration.ofSeconds(10)),
                        new Gate.Cooldown(
                                "gpu.temp",
                                Optional.empty(),
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(5),
                                Gate.OnTimeout.MEASURE));
        assertThat(problems(GOOD.replace("kind: profile", "kind: official")
                        .replace(
                                gate,
                                "- warmup: {workload: sgem}\n"
                                        + "  - cooldown: {sensor: gpu.temp, like: second, below: 3, atMost: 1m}")))
                .anySatisfy(one -> assertThat(one).contains("did you mean 'sgemm'?"))
                .anySatisfy(one -> assertThat(one).contains("the key for is missing"))
                .anySatisfy(one -> assertThat(one).contains("kind: profile alone"))
                .anySatisfy(one -> assertThat(one).contains("like: expected first"))
                .anySatisfy(one -> assertThat(one).contains("expected one of below and like"));
    }

    @Test
    void aRebootNeedsTheAgentsCommand() throws IOException {
        String reboot = "reboot: {everyJobs: 8, everyMinutes: 25, atMost: 20}\n";
        assertThat(problems(GOOD + reboot)).singleElement().asString().contains("has no key reboot");
        assertThat(problems(GOOD + "reboot: {}\n"))
                .anySatisfy(one -> assertThat(one).contains("expected everyJobs or everyMinutes"))
                .anySatisfy(one -> assertThat(one).contains("the key atMost is missing"));
        Path agent = folder.resolve("agent.yaml");
        write("agent.yaml", Files.readString(agent) + "reboot: [\"sudo\", \"-n\", \"systemctl\", \"reboot\"]\n");
        config = AgentConfigReader.read(agent);

        assertThat(read(GOOD + reboot).reboot())
                .contains(new RebootPolicy(Optional.of(8), Optional.of(Duration.ofMinutes(25)), 20));
    }

    @Test
    void aWorkloadWithoutLoadgensLogsIsMeasuredWithoutDirectorOnly() throws IOException {
        String agent = Files.readString(folder.resolve("agent.yaml"));
        config = AgentConfigReader.read(write("agent.yaml", agent.replace("    loadgenLogs: sgemm-logs\n", "")));
        Path plan = write("plan.yaml", "campaign: c\nmatrix: {workload: [bert, sgemm]}\n");

        assertThat(problems(Files.readString(plan)))
                .singleElement()
                .asString()
                .contains("line 2, column 27: matrix.workload: workload sgemm has no loadgenLogs");
        assertThat(PlanReader.readLocal(plan, config).cells()).hasSize(2);
    }

    private static final String OFFICIAL = """
            campaign: closed-power
            kind: official
            matrix:
              workload: [bert, sgemm]
            submission:
              round: v5.1
              division: closed
              category: datacenter
              system: rig
              places: {bert: bert-99/Offline, sgemm: resnet50/Server}
            """;

    @Test
    void anOfficialPlanNamesThePlacesOfItsSessions() throws IOException {
        assertThat(read(OFFICIAL).submission())
                .contains(new Submission(
                        "v5.1",
                        "closed",
                        "datacenter",
                        "rig",
                        Map.of("bert", "bert-99/Offline", "sgemm", "resnet50/Server"),
                        Map.of()));
    }

    @Test
    void anOfficialPlanKeepsTheRules() throws IOException {
        assertThat(problems(OFFICIAL.replace("[bert, sgemm]", "[bert, sgemm]\n  boost: [on, off]")
                                .replace("division: closed", "division: shut")
                                .replace("resnet50/Server", "bert-99/Offline")
                                .replace("{bert:", "{brt:")
                        + "ranging: 60s\n"))
                .anySatisfy(one -> assertThat(one).contains("line 12, column 10: ranging: at least 120s"))
                .anySatisfy(one -> assertThat(one).contains("workload bert has 2 cells"))
                .anySatisfy(one -> assertThat(one).contains("expected closed or open, got 'shut'"))
                .anySatisfy(one -> assertThat(one).contains("two workloads have the place bert-99/Offline"))
                .anySatisfy(one -> assertThat(one).contains("did you mean 'bert'?"));
        assertThat(problems(OFFICIAL.replace("kind: official", "kind: profile")))
                .singleElement()
                .asString()
                .contains("goes with kind: official alone");
        assertThat(problems(OFFICIAL.replace("bert-99/Offline", "bert-99/offline")))
                .singleElement()
                .asString()
                .contains("expected BENCHMARK/SCENARIO", "got 'bert-99/offline'");
    }

    @Test
    void theOfficialTemplateNamesWhatTheAgentLacks() throws IOException {
        String text = PlanTemplate.official(config, "v5.1", "closed", "datacenter", List.of("bert-99"), false);

        assertThat(text).contains("no workload bert-99-offline", "bert-99-server: bert-99/Server");
        CampaignPlan plan = read(text.replace("[bert-99-offline, bert-99-server]", "[bert, sgemm]")
                .replace("    bert-99-offline:", "    bert:")
                .replace("    bert-99-server:", "    sgemm:"));
        assertThat(plan.kind()).isEqualTo(CampaignPlan.Kind.OFFICIAL);
        assertThat(plan.submission().orElseThrow().places()).containsEntry("sgemm", "bert-99/Server");
        assertThat(PlanTemplate.official(config, "v5.1", "closed", "edge", List.of("resnet50"), false))
                .contains("resnet50/SingleStream", "resnet50/MultiStream", "resnet50/Offline")
                .doesNotContain("Server");
    }

    @Test
    void whatIsInferredOnTheEdgeIsNotMeasured() throws IOException {
        String text = PlanTemplate.official(config, "v5.1", "closed", "edge", List.of("resnet50"), true)
                .replace("[resnet50-singlestream]", "[bert]")
                .replace("resnet50-singlestream:", "bert:");

        assertThat(read(text).cells()).hasSize(1);
        assertThat(read(text).submission().orElseThrow().inferred())
                .containsExactly(
                        Map.entry("resnet50/Offline", "resnet50/SingleStream"),
                        Map.entry("resnet50/MultiStream", "resnet50/SingleStream"));
        assertThat(problems(text.replace("category: edge", "category: datacenter")))
                .singleElement()
                .asString()
                .contains("with category: edge alone");
        assertThat(problems(text.replace(
                                "resnet50/Offline: resnet50/SingleStream", "bert-99/Offline: resnet50/SingleStream")
                        .replace(
                                "resnet50/MultiStream: resnet50/SingleStream",
                                "resnet50/MultiStream: resnet50/SinglStream")))
                .anySatisfy(one -> assertThat(one).contains("bert-99/Offline: cannot be inferred from"))
                .anySatisfy(one -> assertThat(one).contains("did you mean 'resnet50/SingleStream'?"))
                .hasSize(2);
    }

    private static final String BESIDE = """
            campaign: beside
            matrix:
              workload: [bert]
              gpus: [1, 2]
              with: [none, sgemm@other, sgemm@2 loop]
            exclude: [{gpus: 2, with: sgemm@2 loop}]
            include: [{workload: sgemm, n: 64}]
            compare: [{by: with, baseline: none}]
            """;

    @Test
    void whatRunsBesideIsAFactor() throws IOException {
        CampaignPlan plan = read(BESIDE);

        assertThat(plan.cells().keySet().stream().map(Cell::shown))
                .containsExactly(
                        "bert batch=4 gpus=1",
                        "bert batch=4 gpus=1 with sgemm@other",
                        "bert batch=4 gpus=1 with sgemm@2 loop",
                        "bert batch=4 gpus=2",
                        "bert batch=4 gpus=2 with sgemm@other",
                        "sgemm n=64");
        assertThat(plan.cells().keySet())
                .allSatisfy(cell -> assertThat(cell.factors()).containsKey("with"));
        assertThat(plan.comparisons()).containsExactly(new BaselineComparison("with", "none"));
        Cell beside = List.copyOf(plan.cells().keySet()).get(2);
        assertThat(beside.companion()).hasValue(new NamedCompanion("sgemm", "2", true));
        assertThat(beside.request(List.of()).complete(config).with()).isEqualTo(beside.companion());
    }

    @Test
    void aCellWithNothingBesideIsTheOneOfAPlanWithoutThatFactor() throws IOException {
        List<Cell> cells = List.copyOf(read(BESIDE).cells().keySet());
        Cell alone = List.copyOf(read(BESIDE.replaceAll("(?m)^.*(with|include).*\n", ""))
                        .cells()
                        .keySet())
                .get(0);

        assertThat(alone.factors()).doesNotContainKey("with");
        assertThat(cells.get(0).key()).isEqualTo(alone.key());
        assertThat(cells.stream().map(Cell::key)).doesNotHaveDuplicates();
        CampaignPlan included = read(BESIDE.replaceAll("(?m)^.*(with|include).*\n", "")
                + "include: [{workload: bert, gpus: 1, with: sgemm}, {workload: bert, gpus: 1, repeats: 3}]\n");
        assertThat(included.cells()).hasSize(3);
        assertThat(included.cells().get(cells.get(0))).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sgem@other | there is no workload 'sgem' to run beside another; did you mean 'sgemm'?",
                "sgemm@others | expected none, or a workload's name",
                "sgemm@ | expected none, or a workload's name",
                "sgemm@-1 | expected none, or a workload's name",
                "sgemm@other  loop | expected none, or a workload's name",
                "sgemm@other twice | expected none, or a workload's name"
            })
    void whatCannotRunBesideIsToldWithItsPlace(String with, String why) throws IOException {
        assertThat(problems(BESIDE.replace("sgemm@other,", with + ",")))
                .singleElement()
                .asString()
                .contains("line 5, column 16: matrix.with: ", why);
        assertThat(problems(BESIDE.replace("{workload: sgemm, n: 64}", "{workload: sgemm, with: " + with + "}")))
                .singleElement()
                .asString()
                .contains("line 7", "include.with: ", why);
    }

    @Test
    void aCompanionsParametersHaveDefaults() throws IOException {
        config = AgentConfigReader.read(write(
                "agent.yaml",
                Files.readString(folder.resolve("agent.yaml"))
                        .replace(
                                "  sgemm:",
                                "  strict:\n    command: [./s]\n    params: {n: {range: [1, 9]}}\n  sgemm:")));
        assertThat(problems(BESIDE.replace("sgemm@other,", "strict@same,")))
                .singleElement()
                .asString()
                .contains("line 5, column 16", "workload strict", "its parameter n has no default");
    }

    @Test
    void twoThatWriteTheSameLogsAreNotMeasuredBesideEachOther() throws IOException {
        assertThat(problems(BESIDE.replace("sgemm@other,", "bert@other,")))
                .singleElement()
                .asString()
                .contains("line 3", "workload bert cannot run beside bert", "/logs");
    }

    @Test
    void noSubmissionIsOfTwoWorkloads() throws IOException {
        assertThat(problems("campaign: c\nkind: official\nmatrix: {workload: [bert], with: [sgemm]}\n"))
                .singleElement()
                .asString()
                .contains("line 3", "with: goes with kind: profile alone");
        assertThat(read("campaign: c\nkind: official\nmatrix: {workload: [bert], with: [none]}\n")
                        .cells())
                .hasSize(1);
    }

    @Test
    void aSettingOrParameterCalledWithIsNoFactor() throws IOException {
        config = AgentConfigReader.read(write(
                "agent.yaml", Files.readString(folder.resolve("agent.yaml")).replace("  boost:", "  with:")));
        assertThat(problems(BESIDE))
                .anySatisfy(one -> assertThat(one).contains("line 5", "has a setting or a parameter of that name"));
    }

    @Test
    void aDeadlineIsAnInstant() throws IOException {
        assertThat(read(GOOD + "limits: {deadline: 2026-12-06T07:00:00+01:00}\n")
                        .limits()
                        .deadline())
                .contains(Instant.parse("2026-12-06T06:00:00Z"));
        assertThat(read(GOOD + "limits: {perPhase: 3h}\n").limits().perPhase()).contains(Duration.ofHours(3));
        assertThat(problems(GOOD + "limits: {deadline: tomorrow}\n"))
                .singleElement()
                .asString()
                .contains("limits.deadline: expected an instant", "tomorrow");
    }

    @Test
    void aCellIsKnownByItsFactorsWhateverTheirOrder() {
        Cell one = new Cell("bert", new TreeMap<>(Map.of("gpus", "8")), Map.of("boost", "on"));

        assertThat(one.key())
                .isEqualTo(new Cell("bert", new TreeMap<>(Map.of("gpus", "8")), Map.of("boost", "on")).key())
                .isNotEqualTo(new Cell("bert", new TreeMap<>(Map.of("gpus", "8")), Map.of("boost", "off")).key())
                .isNotEqualTo(new Cell("bert", new TreeMap<>(Map.of("gpu", "s8")), Map.of("boost", "on")).key())
                .matches("[0-9a-f]{12}");
    }

    @Test
    void inRandomBlocksEachCellComesOnceABlock() throws IOException {
        CampaignPlan plan = read(GOOD);
        List<CellRepeat> order = RunOrder.of(plan, 7);

        assertThat(order).hasSize(20).isEqualTo(RunOrder.of(plan, 7)).isNotEqualTo(RunOrder.of(plan, 8));
        assertThat(new HashSet<>(order)).hasSize(20);
        assertThat(order.stream().map(CellRepeat::repeat)).isSorted();
    }

    @Test
    void allThatIsWrongIsToldAtOnceWithItsPlaceAndTheNearestName() throws IOException {
        assertThat(problems(GOOD.replace("campaign: h200", "campaign: H200")
                        .replace("repeats: 3", "repeats: many")
                        .replace("order: random-blocks", "order: random-block")
                        .replace("workload: [bert]", "workload: [bret]")
                        .replace("boost: [on, off]", "boots: [on, of]")
                        .replace("sensor: gpu.temp", "sensor: gpu.tmp")
                        .replace("retry:", "rety:")
                        .replace("n: 64", "n: 5000")
                        .replace("compare: [{by: boost}]", "compare: [{by: gpu}]")))
                .anySatisfy(one -> assertThat(one).contains("line 1, column 11: campaign: expected small letters"))
                .anySatisfy(one -> assertThat(one).contains("line 3, column 10: repeats: expected a whole number"))
                .anySatisfy(one -> assertThat(one).contains("line 4", "did you mean 'random-blocks'?"))
                .anySatisfy(one -> assertThat(one)
                        .contains("line 7, column 14", "there is no workload 'bret'; did you mean 'bert'?"))
                .anySatisfy(one -> assertThat(one).contains("line 9", "did you mean 'boost'?"))
                .anySatisfy(one -> assertThat(one).contains("boost is no row of the matrix"))
                .anySatisfy(one ->
                        assertThat(one).contains("parameter n: expected a whole number from 1 to 4096, got '5000'"))
                .anySatisfy(one -> assertThat(one).contains("no sensor 'gpu.tmp'", "did you mean 'gpu.temp'?"))
                .anySatisfy(one -> assertThat(one).contains("unknown key rety; did you mean 'retry'?"))
                .anySatisfy(one -> assertThat(one).contains("compare: gpu is no row of the matrix"));
    }

    @Test
    void aParameterThatAWorkloadDoesNotHaveIsTold() throws IOException {
        assertThat(problems(GOOD.replace("workload: [bert]", "workload: [bert, sgemm]")))
                .singleElement()
                .asString()
                .contains("line 7, column 20", "workload sgemm has no parameter 'gpus'");
    }

    @Test
    void anExclusionThatExcludesNothingIsTold() throws IOException {
        assertThat(problems(GOOD.replace("exclude: [{gpus: 8,", "exclude: [{gpus: 4,")))
                .singleElement()
                .asString()
                .contains("excludes no cell");
    }

    @Test
    void valuesAreTheTextsThatTheyAre() throws IOException {
        assertThat(problems(GOOD.replace("gpus: [1, 2, \"8\"]", "gpus: [1, 2, 8.0]")
                        .replace("exclude: [{gpus: 8, boost: off}]\n", "")))
                .singleElement()
                .asString()
                .contains("parameter gpus: expected one of 1, 2, 4, 8, got '8.0'");
        assertThat(problems(GOOD.replace("boost: [on, off]", "boost: [on, false]")
                        .replace("exclude: [{gpus: 8, boost: off}]\n", "")))
                .singleElement()
                .asString()
                .contains("line 9, column 15", "expected one of on, off, got 'false'");
    }

    @Test
    void theTemplateIsAPlan() throws IOException {
        String text = PlanTemplate.of(config, folder.resolve("agent.yaml"), false);
        CampaignPlan plan = read(text);

        assertThat(plan.cells().keySet().stream().map(Cell::workload)).containsExactly("bert", "sgemm");
        assertThat(plan.sessions()).isEqualTo(6);
        assertThat(text).contains("# with: [none, NAME@other]");
    }
}
