package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command lines that compute published energies again, on published logs. */
@ResourceLock(Resources.SYSTEM_OUT)
class LedgerCommandsTest {
    @TempDir
    Path folder;

    /** The published values of the sessions' own rows, whose units say J or mJ for energies of a query. */
    @Test
    void metricOfATreeGivesThePublishedValues() throws IOException {
        Map<String, Double> published = new HashMap<>();
        for (String line : Files.readAllLines(SharedData.orSkip("ledger/expected/published-and-rederived.csv"))) {
            List<String> fields = List.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1));
            if (fields.get(10).equals("equal")) {
                published.put(fields.get(2) + "/" + fields.get(14), Double.parseDouble(fields.get(8)));
            }
        }
        for (String round : List.of("v1.0", "v1.1", "v4.1")) {
            Path tree = SharedData.orSkip("ledger/rounds").resolve(round);

            Outcome outcome = CapturedStreams.run("metric", "--tree", tree.toString(), "--json");

            assertThat(outcome.exitCode()).isZero();
            JsonNode metrics = JsonMapper.shared().readTree(outcome.out());
            for (JsonNode metric : metrics) {
                String session = metric.get("session").asString();
                Double expected = published.remove(round + "/" + session);
                if (expected != null) {
                    assertThat(metric.get("value").asDouble())
                            .as(session)
                            .isEqualTo(expected, within(expected * 5e-10));
                    assertThat(metric.get("unit").asString()).as(session).isIn("W", "J/sample", "mJ/query");
                }
            }
        }
        assertThat(published).isEmpty();
    }

    @Test
    void metricOfATreeIsATableOrCsvAsWell() {
        String tree = SharedData.orSkip("ledger/rounds/v1.1").toString();

        Outcome csv = CapturedStreams.run("metric", "--tree", tree, "--csv");
        Outcome table = CapturedStreams.run("metric", "--tree", tree);

        String session = "closed/NVIDIA/results/Xavier_NX_TRT_MaxQ/resnet50/Offline/performance";
        assertThat(csv.out().lines().findFirst()).get().asString().startsWith("session,value,unit,scenario,");
        assertThat(csv.out()).contains(session + ",19.967452857142");
        assertThat(table.out().lines().filter(line -> line.endsWith(session)))
                .singleElement()
                .asString()
                .containsPattern("^ +19\\.967 +W +0\\.35 % +Offline +700 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metric --tree", "training", "tiny"})
    void folderWithoutResultsIsAUsageError(String command) {
        for (Path wrong : List.of(folder, folder.resolve("missing"))) {
            String[] words = (command + " " + wrong).split(" ");

            Outcome outcome = CapturedStreams.run(words);

            assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
            assertThat(outcome.err()).contains(wrong.toString()).doesNotContain("defect");
            assertThat(outcome.out()).isEmpty();
        }
    }

    @Test
    void formsAndInputsThatExcludeEachOtherAreRefused() {
        String tree = folder.toString();
        for (String line : List.of(
                "metric",
                "metric --tree " + tree + " " + tree,
                "metric --csv " + tree,
                "metric --csv --json --tree " + tree,
                "metric --threads 0 --tree " + tree)) {
            assertThat(CapturedStreams.run(line.split(" ")).exitCode()).as(line).isEqualTo(ExitCode.USAGE.code());
        }
    }

    @Test
    void trainingPrintsTheFixedKeys() {
        String name = "smc-dc-power/results/1xSMC-H100-SXM-80GB/dlrm_dcnv2";

        Outcome outcome = CapturedStreams.run(
                "training", SharedData.orSkip("ledger/training").toString(), "--json");

        assertThat(outcome.exitCode()).isZero();
        JsonNode folders = JsonMapper.shared().readTree(outcome.out()).get("folders");
        assertThat(folders.size()).isEqualTo(3);
        assertThat(folders.get(0).get("folder").asString()).isEqualTo(name);
        assertThat(folders.get(0).get("officialJ").asDouble()).isEqualTo(1_265_893, within(1.0));
        assertThat(folders.get(0).get("runs").get(0).get("run").asString())
                .isEqualTo("result_4952-240509201759124491233_06");
        assertThat(folders.get(0).get("runs").get(0).get("windowJ").asDouble()).isEqualTo(1_766_165.2, within(0.1));
    }

    @Test
    void tinyPrintsTheFixedKeys() {
        Outcome outcome =
                CapturedStreams.run("tiny", SharedData.orSkip("ledger/tiny").toString(), "--json");

        assertThat(outcome.exitCode()).isZero();
        JsonNode folders = JsonMapper.shared().readTree(outcome.out()).get("folders");
        assertThat(folders.size()).isEqualTo(8);
        assertThat(folders.get(0).get("folder").asString())
                .isEqualTo("closed/OctoML/results/microtvm_native/NUCLEO_L4R5ZI/ad/energy");
        assertThat(folders.get(0).get("medianUJ").asDouble()).isEqualTo(633.734, within(1e-3));
        assertThat(folders.get(0).get("windows").get(0).propertyNames())
                .contains("number", "startS", "endS", "energyUJ", "inferences", "perInferenceUJ");
    }

    @Test
    void textNamesFindingsAndWhatFollowsFromThem() {
        Outcome outcome = CapturedStreams.run(
                "training", "--runs", SharedData.orSkip("ledger/training").toString());

        assertThat(outcome.out())
                .contains(
                        "training-duplicate-run",
                        "training-official-understates",
                        "result_5027-240510020224961918558_1")
                .contains("official  11.7700 MJ", "in window 11.7404 MJ");
    }

    @Test
    void verifyNamesTheRightRowOfAValueThatStandsOnTheWrongOne() {
        String ledger = folder.resolve("paper.ledger").toString();
        String table = SharedData.orSkip("ledger/hpca/data_cleaned_inference_datacenter.csv")
                .toString();
        String tree = SharedData.orSkip("ledger/rounds/v4.1").toString();

        Outcome collected = CapturedStreams.run("ledger", "collect", table, "--power-only", "--out", ledger);
        Outcome json = CapturedStreams.run("ledger", "verify", ledger, "--tree", "v4.1=" + tree, "--json");
        Outcome text = CapturedStreams.run("ledger", "verify", ledger, "--tree", "4.1=" + tree);

        assertThat(collected.exitCode()).isZero();
        assertThat(collected.out()).contains("596");
        assertThat(json.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        JsonNode rows = JsonMapper.shared().readTree(json.out()).get("rows");
        assertThat(rows.size()).isEqualTo(596);
        JsonNode wrong = StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.get("published").asDouble() == 985.519134775)
                .findFirst()
                .orElseThrow();
        assertThat(wrong.get("status").asString()).isEqualTo("wrong-row");
        assertThat(wrong.get("id").asString()).isEqualTo("4.1-0049");
        assertThat(wrong.get("round").asString()).isEqualTo("v4.1");
        assertThat(wrong.get("unit").asString()).isEqualTo("Watts");
        assertThat(wrong.get("session").asString())
                .isEqualTo("closed/NVIDIA/results/H200-SXM-141GBx8_TRT_MaxQ/resnet50/Server/performance");
        assertThat(wrong.get("valueFoundIn").get(0).asString())
                .isEqualTo("closed/UntetherAI/results/r760_u6_slim/resnet50/server/performance");
        assertThat(text.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(text.out()).contains("closed/UntetherAI/results/r760_u6_slim/resnet50/server/performance");
    }

    @Test
    void collectingATreeGivesARowForEachSession() throws IOException {
        Path ledger = folder.resolve("tree.ledger");

        Outcome outcome = CapturedStreams.run(
                "ledger",
                "collect",
                SharedData.orSkip("ledger/rounds/v1.1").toString(),
                "--round",
                "v1.1",
                "--out",
                ledger.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(Files.readAllLines(ledger)).hasSize(1 + 14);
    }

    @Test
    void aTreeWhoseRoundIsNotGivenHasThatOfItsLoadgen() throws IOException {
        Path ledger = folder.resolve("trees.ledger");

        Outcome outcome = CapturedStreams.run(
                "ledger",
                "collect",
                SharedData.orSkip("ledger/rounds/v1.0").toString(),
                SharedData.orSkip("ledger/rounds/v1.1").toString(),
                "--out",
                ledger.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(Files.readAllLines(ledger))
                .filteredOn(line -> line.contains("\"round\":\"v1.1\""))
                .hasSize(14);
        assertThat(Files.readAllLines(ledger))
                .filteredOn(line -> line.contains("\"round\":\"v1.0\""))
                .hasSize(16);
    }

    /** Two descriptions of this tree have a comma too few, as published. */
    @Test
    void aBrokenDescriptionOfASystemCostsNoRow() throws IOException {
        Path ledger = folder.resolve("tiny.ledger");

        Outcome outcome = CapturedStreams.run(
                "ledger", "collect", SharedData.orSkip("ledger/tiny").toString(), "--out", ledger.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(Files.readAllLines(ledger)).hasSize(1 + 8);
        assertThat(outcome.err()).contains("system_description_NRF5340DK_microtvm_cmsis_nn.json:40:");
    }

    @Test
    void aTreeUnderAnotherRoundsNameIsRefused() {
        String ledger = folder.resolve("paper.ledger").toString();
        CapturedStreams.run(
                "ledger",
                "collect",
                SharedData.orSkip("ledger/hpca/data_cleaned_inference_edge.csv").toString(),
                "--out",
                ledger);

        Outcome outcome = CapturedStreams.run(
                "ledger", "verify", ledger, "--tree", "v4.0=" + SharedData.orSkip("ledger/rounds/v1.1"));

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err()).contains("of round v1.1, not of v4.0", "--tree v1.1=");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void whatCannotBeCollectedIsNamedAndLeavesNoLedger() throws IOException {
        Path ledger = folder.resolve("x.ledger");
        Path cut = Files.writeString(folder.resolve("summary_results.json"), "[{\"Location\": \"x\",");
        Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");

        Outcome outcome =
                CapturedStreams.run("ledger", "collect", cut.toString(), other.toString(), "--out", ledger.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err())
                .startsWith("wattline ledger collect: ")
                .contains("summary_results.json:1:", "other.csv:1:")
                .doesNotContain("defect");
        assertThat(ledger).doesNotExist();
    }

    @Test
    void wrongUsageOfTheLedgerCommandsIsToldAsSuch() throws IOException {
        Path ledger = Files.writeString(folder.resolve("x.ledger"), "{\"wattlineLedger\":1}\n");
        for (String line : List.of(
                "ledger",
                "ledger collect " + folder,
                "ledger verify " + ledger,
                "ledger verify " + ledger + " --tree " + folder,
                "ledger verify " + ledger + " --tree v4.1=" + folder.resolve("missing"),
                "ledger collect " + folder + " --division middle --out " + ledger)) {
            assertThat(CapturedStreams.run(line.split(" ")).exitCode()).as(line).isEqualTo(ExitCode.USAGE.code());
        }
        Path notALedger = Files.writeString(folder.resolve("y.ledger"), "{\"wattlineLedger\":99}\n");
        Outcome newer = CapturedStreams.run("ledger", "verify", notALedger.toString(), "--tree", "v4.1=" + folder);
        assertThat(newer.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(newer.err()).contains("y.ledger:1:", "version 99");
    }

    @Test
    void sheetHasARowForEachSessionWithItsPhases() throws IOException {
        Path sheet = folder.resolve("sheet.csv");
        String tree = SharedData.orSkip("ledger/rounds/v1.1").toString();

        Outcome outcome = CapturedStreams.run("ledger", "sheet", tree, "--phases", "--out", sheet.toString());

        assertThat(outcome.exitCode()).isZero();
        List<String> lines = Files.readAllLines(sheet);
        assertThat(lines).hasSize(15);
        assertThat(lines.get(0)).contains(",load_w,", ",idle_w,", ",steady_confidence,");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("closed/NVIDIA/results/Xavier_NX_TRT_MaxQ/resnet50/Offline/"));
        assertThat(CapturedStreams.run("ledger", "sheet", tree, "--out", folder + "/s.ods")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"collect", "verify", "sheet"})
    void everyCommandOfTheLedgerHasItsOwnHelp(String command) {
        Outcome outcome = CapturedStreams.run("ledger", command, "--help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .startsWith("Usage: wattline ledger " + command)
                .contains("Examples:");
        assertThat(outcome.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(121));
    }
}
