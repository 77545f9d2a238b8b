package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands of the ledger that import, clean and study energy data. */
@ResourceLock(Resources.SYSTEM_OUT)
class LedgerDataCommandsTest {
    @TempDir
    Path folder;

    @Test
    void exponentsOfMlEnergyAreTheKnownOnes() {
        String ledger = folder.resolve("energy.ledger").toString();
        Outcome imported = CapturedStreams.run(
                "ledger",
                "import",
                "mlenergy",
                SharedData.orSkip("ledger/mlenergy").toString(),
                "--into",
                ledger);
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        JsonNode expected = JsonMapper.shared()
                .readTree(SharedData.orSkip("ledger/expected/mlenergy-scaling.json")
                        .toFile());

        Map<List<String>, JsonNode> counts = groups(
                ledger,
                "accelerators",
                List.of("benchmark", "model", "accelerator", "batch", "precision", "height", "denoisingSteps"));
        assertThat(expected.get("count_scaling")).hasSize(71);
        for (JsonNode group : expected.get("count_scaling")) {
            JsonNode found = taken(counts, key(group));
            close(found, "powerExponent", group.get("exponent"));
            close(found, "powerR2", group.get("r2"));
            assertThat(found.get("points")).hasSize(group.get("points").size());
        }
        assertThat(counts).isEmpty();

        Map<List<String>, JsonNode> batches = groups(
                ledger,
                "batch",
                List.of(
                        "benchmark",
                        "model",
                        "accelerator",
                        "accelerators",
                        "tensorParallel",
                        "dataParallel",
                        "expertParallel"));
        assertThat(expected.get("batch_scaling")).hasSize(61);
        for (JsonNode group : expected.get("batch_scaling")) {
            JsonNode found = taken(batches, key(group));
            close(found, "powerExponent", group.get("power_exponent"));
            close(found, "energyExponent", group.get("energy_per_token_exponent"));
            assertThat(found.get("energyUnit").asString()).isEqualTo("J/token");
            assertThat(found.get("powerN").asInt()).isEqualTo(group.get("n").asInt());
        }
    }

    private static <K> JsonNode taken(Map<K, JsonNode> from, K key) {
        JsonNode found = from.remove(key);
        if (found == null) {
            throw new AssertionError(key + " is not among " + from.keySet());
        }
        return found;
    }

    private static void close(JsonNode found, String name, JsonNode expected) {
        assertThat(found.get(name).asDouble()).as(name).isEqualTo(expected.asDouble(), within(1e-9));
    }

    private static List<String> key(JsonNode group) {
        List<String> key = new ArrayList<>();
        group.get("key").forEach(part -> key.add(part.asString()));
        return key;
    }

    private static Map<List<String>, JsonNode> groups(String ledger, String axis, List<String> names) {
        Outcome outcome = CapturedStreams.run("ledger", "scale", ledger, "--x", axis, "--json");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        Map<List<String>, JsonNode> groups = new HashMap<>();
        for (JsonNode group : JsonMapper.shared().readTree(outcome.out()).get("groups")) {
            List<String> key = names.stream()
                    .map(name -> group.get("key").path(name).asString(""))
                    .toList();
            groups.put(key, group);
        }
        return groups;
    }

    /** The shares of the cards' design power are those of the expected file. */
    @Test
    void theSuppositionOnDesignPowerIsAnsweredByGpuPowers() {
        String ledger = folder.resolve("energy.ledger").toString();
        CapturedStreams.run(
                "ledger",
                "import",
                "mlenergy",
                SharedData.orSkip("ledger/mlenergy").toString(),
                "--into",
                ledger);
        String tree = SharedData.orSkip("ledger/rounds/v4.1").toString();

        Path page = folder.resolve("answers.html");

        Outcome outcome = CapturedStreams.run(
                "ledger", "compare", ledger, "--hypotheses", "--tree", tree, "--json", "--html", page.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(page)
                .content()
                .contains("id=\"hypothesis-1\"", "id=\"hypothesis-3\"", "63.8 % of 177")
                .doesNotContain(">NaN");
        JsonNode hypotheses = JsonMapper.shared().readTree(outcome.out()).get("hypotheses");
        JsonNode expected = JsonMapper.shared()
                .readTree(SharedData.orSkip("ledger/expected/mlenergy-scaling.json")
                        .toFile())
                .get("power_over_tdp");
        Map<String, JsonNode> evidence = new HashMap<>();
        hypotheses
                .get(0)
                .get("evidence")
                .forEach(each -> evidence.put(each.get("group").asString(), each));
        JsonNode chat = taken(evidence, "H100-SXM-80GB, lm-arena-chat");
        close(chat, "median", expected.get("H100|lm-arena-chat").get("median"));
        close(chat, "max", expected.get("H100|lm-arena-chat").get("max"));
        assertThat(chat.get("n").asInt()).isEqualTo(177);
        assertThat(hypotheses.get(0).get("answer").asString()).isEqualTo("holds for some");
        assertThat(hypotheses.get(1).get("answer").asString()).isEqualTo("cannot say");
        assertThat(hypotheses.get(2).get("evidence")).isNotEmpty();
    }

    @Test
    void importingTwiceAddsNothingAndAFailureLeavesTheLedgerAlone() throws IOException {
        Path ledger = folder.resolve("x.ledger");
        Path log = write("emissions.csv", """
                timestamp,project_name,run_id,duration,emissions,cpu_power,gpu_power,ram_power,cpu_energy,gpu_energy,ram_energy,energy_consumed,gpu_count,gpu_model
                t,p,r1,100,1e-5,50,200,10,0.001,0.006,0.0002,0.0072,1,NVIDIA A10
                t,p,r2,120,1e-5,50,200,10,0.001,0.0061,0.0002,0.0073,1,NVIDIA A10
                """);
        assertThat(run("import", "codecarbon", log, "--into", ledger).exitCode())
                .isZero();
        String first = Files.readString(ledger);

        Outcome again = run("import", "codecarbon", log, "--into", ledger);
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("2 that the ledger has");
        assertThat(ledger).hasContent(first);

        Outcome failed = run("import", "codecarbon", log, write("other.csv", "a,b\n1,2\n"), "--into", ledger);
        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(failed.err()).contains("other.csv:1:", "duration").doesNotContain("defect");
        assertThat(ledger).hasContent(first);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }

        Outcome variability = run("variability", ledger, "--json");
        assertThat(variability.exitCode()).isZero();
        JsonNode component = JsonMapper.shared()
                .readTree(variability.out())
                .get("components")
                .get(0);
        assertThat(component.get("source").asString()).isEqualTo("run to run");
        // 216 W and 183 W: the standard deviation of the logarithms is ln(216 / 183) / sqrt(2)
        assertThat(component.get("within").asDouble()).isEqualTo(Math.log(216.0 / 183) / Math.sqrt(2), within(1e-9));
    }

    @Test
    void qualityTellsWhatIsOddAboutADataSet() {
        Path ledger = folder.resolve("x.ledger");
        run("import", "ejhusom", SharedData.orSkip("ledger/imports/ejhusom-llama3-70b-server.csv"), "--into", ledger);

        Outcome outcome = run("quality", ledger, "--json");

        assertThat(outcome.exitCode()).isZero();
        Map<String, JsonNode> findings = new HashMap<>();
        JsonMapper.shared()
                .readTree(outcome.out())
                .get("findings")
                .forEach(finding -> findings.put(finding.get("id").asString(), finding));
        assertThat(findings).doesNotContainKey("apportioned-by-time");
        JsonNode constant = taken(findings, "constant-component");
        assertThat(taken(findings, "zero-is-missing").get("values").get("rows").asString())
                .isEqualTo("200");
        assertThat(constant.get("values").get("interquartile range over median").asString())
                .isEqualTo("1.4 %");
        assertThat(constant.get("consequence").asString()).isNotEmpty();
    }

    @Test
    void rangingAndTestingOfRealSessionsAreCompared() {
        Outcome outcome = run("variability", SharedData.orSkip("ledger/rounds/v4.1"), "--json");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonNode component =
                JsonMapper.shared().readTree(outcome.out()).get("components").get(0);
        assertThat(component.get("source").asString()).isEqualTo("ranging to testing");
        assertThat(component.get("ratios").get("Offline").get("median").asDouble())
                .isBetween(1e-5, 0.05);
    }

    @Test
    void aTreesRowsHaveLoadgensResultAndTheAnalyzersInterval() throws IOException {
        Path ledger = folder.resolve("tree.ledger");

        run("collect", SharedData.orSkip("ledger/rounds/v4.1"), "--round", "v4.1", "--out", ledger);

        JsonNode row = Files.readAllLines(ledger).stream()
                .skip(1)
                .map(JsonMapper.shared()::readTree)
                .filter(each -> each.get("place").asString().contains("H200-SXM-141GBx8_TRT_MaxQ/resnet50/Offline"))
                .findFirst()
                .orElseThrow();
        assertThat(row.get("accelerators").asDouble()).isEqualTo(8);
        JsonNode performance = row.get("measures").get(0);
        assertThat(performance.get("key").asString()).isEqualTo("result_samples_per_second");
        assertThat(performance.get("value").asDouble()).isEqualTo(556234, within(1.0));
        JsonNode power = row.get("measures").get(1);
        assertThat(power.get("low").asDouble()).isLessThan(power.get("value").asDouble());
        assertThat(power.get("high").asDouble())
                .isGreaterThan(power.get("value").asDouble());
    }

    @Test
    void cleaningTheCleanedTablesKeepsTheirNumbers() throws IOException {
        Path raw = folder.resolve("raw_data.csv");
        try (Stream<Path> tables = Files.list(SharedData.orSkip("ledger/hpca"))) {
            for (Path table : tables.filter(path -> path.toString().contains("cleaned"))
                    .sorted()
                    .toList()) {
                byte[] bytes = Files.readAllBytes(table);
                Files.write(
                        raw, bytes, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
                Files.write(raw, new byte[] {'\n'}, java.nio.file.StandardOpenOption.APPEND);
            }
        }
        Path out = folder.resolve("out");

        Outcome outcome = run("clean", raw, "--out", out, "--json");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonNode rows = JsonMapper.shared().readTree(outcome.out()).get("rows");
        // 1,205 rows less 13 remnants; 1,647 less 94 and 25 links; Training's 48
        assertThat(rows.get("data_cleaned_inference_datacenter.csv").asInt()).isEqualTo(1192);
        assertThat(rows.get("data_cleaned_inference_edge.csv").asInt()).isBetween(1500, 1647 - 94 - 25);
        assertThat(rows.get("data_cleaned_training.csv").asInt()).isEqualTo(48);
        assertThat(out.resolve("dropped.csv")).exists();
    }

    @Test
    void aQueryWithoutDuckDbSaysWhereToGetIt() throws IOException {
        Path ledger = write("x.ledger", "{\"wattlineLedger\":1}\n");
        String before = System.getProperty("wattline.duckdb");
        System.setProperty("wattline.duckdb", folder.resolve("duckdb_jdbc.jar").toString());
        try {
            Outcome outcome = run("query", "select 1", ledger);

            assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
            assertThat(outcome.err())
                    .contains("duckdb_jdbc.jar", "Maven Central")
                    .doesNotContain("defect");

            Files.writeString(folder.resolve("duckdb_jdbc.jar"), "no jar");
            assertThat(run("query", "select 1", ledger).err()).contains("no jar of DuckDB's driver");
        } finally {
            if (before == null) {
                System.clearProperty("wattline.duckdb");
            } else {
                System.setProperty("wattline.duckdb", before);
            }
        }
    }

    @Test
    void wrongUsageIsToldAsSuch() throws IOException {
        Path table = write("t.csv", "a,b\n1,2\n");
        Path ledger = write("x.ledger", "{\"wattlineLedger\":1}\n");
        for (String line : List.of(
                "ledger import moon " + table + " --into " + ledger,
                "ledger import table " + table + " --into " + ledger,
                "ledger import codecarbon " + table + " --scope gpu --into " + ledger,
                "ledger import codecarbon " + folder.resolve("missing.csv") + " --into " + ledger,
                "ledger import table " + table + " --mapping " + folder.resolve("missing.yaml") + " --into " + ledger,
                "ledger clean " + folder.resolve("missing.csv") + " --out " + folder,
                "ledger scale " + ledger + " --x time",
                "ledger scale " + folder.resolve("missing") + " --x batch",
                "ledger compare " + ledger + " --by weather",
                "ledger compare " + ledger + " --tree " + folder,
                "ledger quality " + folder.resolve("missing"),
                "ledger variability " + folder,
                "ledger query sql " + folder.resolve("missing"))) {
            Outcome outcome = CapturedStreams.run(line.split(" "));
            assertThat(outcome.exitCode()).as(line).isEqualTo(ExitCode.USAGE.code());
            assertThat(outcome.err()).as(line).doesNotContain("defect").doesNotContain("Exception");
        }
        assertThat(ledger).hasContent("{\"wattlineLedger\":1}");
    }

    @Test
    void powersOfSeveralCardsAreCorrelated() {
        String log = SharedData.orSkip("telemetry/01_epoch_wide_GPU0_GPU1.csv").toString();

        Outcome json = run("variability", log, "--json");
        Outcome text = run("variability", log);

        assertThat(json.exitCode()).as(json.err()).isZero();
        JsonNode pairs = JsonMapper.shared().readTree(json.out()).get("correlations");
        assertThat(pairs).hasSize(1);
        assertThat(pairs.get(0).get("steps").asInt()).isGreaterThan(12);
        assertThat(pairs.get(0).get("power").asDouble()).isBetween(-1.0, 1.0);
        assertThat(text.out()).contains("card to card: correlation of power", "1 pairs", "steps  0, 1");
    }

    @Test
    void aLogOfOneCardHasNothingToCorrelate() throws IOException {
        StringBuilder log = new StringBuilder("timestamp, index, power.draw [W]\n");
        for (int i = 10; i < 40; i++) {
            log.append("2026/01/31 12:00:")
                    .append(i)
                    .append(".000, 0, ")
                    .append(100 + i)
                    .append(".00 W\n");
        }
        Path file = write("one.csv", log.toString());

        Outcome outcome = run("variability", file);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err()).contains("one card or node only").doesNotContain("defect");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void whatCannotBeSaidIsAFailureWithItsReason() throws IOException {
        Path ledger = write("x.ledger", "{\"wattlineLedger\":1}\n");
        for (String command : List.of("scale " + ledger + " --x batch", "variability " + ledger)) {
            Outcome outcome = CapturedStreams.run(("ledger " + command).split(" "));
            assertThat(outcome.exitCode()).as(command).isEqualTo(ExitCode.FAILURE.code());
            assertThat(outcome.err().lines()).as(command).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean", "import", "quality", "compare", "scale", "variability", "query"})
    void everyCommandHasItsOwnHelpWithExamples(String command) {
        Outcome outcome = CapturedStreams.run("ledger", command, "--help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .startsWith("Usage: wattline ledger " + command)
                .contains("Examples:");
        assertThat(outcome.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(121));
    }

    private static Outcome run(String command, Object... arguments) {
        List<String> line = new ArrayList<>(List.of("ledger", command));
        Stream.of(arguments).map(String::valueOf).forEach(line::add);
        return CapturedStreams.run(line.toArray(String[]::new));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }
}
