package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.ledger.HeldRows;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.testing.SharedData;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages, sheets and figures that the ledger's commands write, and what they say of bad input. */
@ResourceLock(Resources.SYSTEM_OUT)
class LedgerPagesCommandsTest {
    private static final String EXPORT_HEADER =
            "Public ID,Organization,SystemName,Model MLC,Scenario,Result,Units,version,SystemType\n";

    @TempDir
    Path folder;

    @Test
    void figuresAreFilesAndOnePage() throws IOException {
        Path out = folder.resolve("figures");

        Outcome outcome = CapturedStreams.run(
                "ledger",
                "figures",
                SharedData.orSkip("ledger/hpca").toString(),
                "--tree",
                "v4.0=" + SharedData.orSkip("ledger/training"),
                "--tree",
                "v1.0=" + SharedData.orSkip("ledger/tiny"),
                "--out",
                out.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        String page = Files.readString(out.resolve("index.html"));
        for (String id : List.of("1", "2", "5a", "5b", "5c", "6", "7", "8", "9", "10", "11a")) {
            assertThat(page).contains("id=\"figure-" + id + "\"", "figure" + id + ".csv");
            assertThat(out.resolve("figure" + id + ".svg")).isNotEmptyFile();
            assertThat(out.resolve("figure" + id + ".csv")).isNotEmptyFile();
            assertThat(JsonMapper.shared()
                            .readTree(out.resolve("figure" + id + ".json").toFile())
                            .isObject())
                    .isTrue();
        }
        JsonNode trend =
                JsonMapper.shared().readTree(out.resolve("figure5a.json").toFile());
        assertThat(trend.toString()).contains("3.058");
    }

    @Test
    void figuresThatTheInputDoesNotHoldAreNamed() {
        Outcome unknown =
                CapturedStreams.run("ledger", "figures", folder.toString(), "--only", "12", "--out", folder + "/f");
        Outcome empty = CapturedStreams.run("ledger", "figures", folder.toString(), "--out", folder + "/f");

        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(unknown.err()).contains("--only 12: there is no such figure");
        assertThat(empty.exitCode()).isNotZero();
        assertThat(empty.err()).doesNotContain("defect");
        assertThat(folder.resolve("f")).doesNotExist();
    }

    @Test
    void verifyWritesItsVerdictsAsAPageAndAsJson() throws IOException {
        String ledger = collected(SharedData.orSkip("ledger/hpca/data_cleaned_inference_datacenter.csv"));
        String tree = "v4.1=" + SharedData.orSkip("ledger/rounds/v4.1");
        Path page = folder.resolve("v.html");

        Outcome json =
                CapturedStreams.run("ledger", "verify", ledger, "--tree", tree, "--json", "--html", page.toString());
        Outcome printed = CapturedStreams.run("ledger", "verify", ledger, "--tree", tree, "--html");
        Outcome both = CapturedStreams.run("ledger", "verify", ledger, "--tree", tree, "--json", "--html");

        assertThat(json.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(Files.readString(page))
                .contains(
                        "985.519134775",
                        "closed/UntetherAI/results/r760_u6_slim/resnet50/server/performance",
                        "id=\"performance\"",
                        "id=\"efficiency\"")
                .doesNotContain(">NaN");
        assertThat(printed.out()).startsWith("<!DOCTYPE html>").contains("</html>");
        assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE.code());
        JsonNode all = JsonMapper.shared().readTree(json.out());
        assertThat(all.get("rows")).hasSize(596);
        assertThat(all.get("rows").get(0).propertyNames())
                .contains(
                        "source",
                        "round",
                        "id",
                        "system",
                        "model",
                        "scenario",
                        "published",
                        "unit",
                        "status",
                        "rederived",
                        "session",
                        "sameRecordingAs",
                        "valueFoundIn");
        JsonNode shifted = StreamSupport.stream(all.get("performance").spliterator(), false)
                .filter(row -> row.get("published").asDouble() == 334462)
                .filter(row -> row.get("id").asString().equals("4.1-0049"))
                .findFirst()
                .orElseThrow();
        assertThat(shifted.get("status").asString()).isEqualTo("wrong-row");
        assertThat(shifted.get("valueFoundIn").get(0).asString())
                .isEqualTo("closed/UntetherAI/results/r760_u6_slim/resnet50/offline/performance");
        assertThat(all.get("efficiency").get("kinds")).hasSize(3);
    }

    @Test
    void sheetsAreCsvWorkbookOrPageByTheFilesEnding() throws IOException {
        String tree = SharedData.orSkip("ledger/rounds/v1.1").toString();
        Path workbook = folder.resolve("s.xlsx");
        Path page = folder.resolve("s.html");
        Path brief = folder.resolve("short.csv");

        Outcome xlsx = CapturedStreams.run("ledger", "sheet", tree, "--phases", "--out", workbook.toString());
        Outcome html = CapturedStreams.run("ledger", "sheet", tree, "--phases", "--out", page.toString());
        Outcome csv = CapturedStreams.run("ledger", "sheet", tree, "--short", "--out", brief.toString());

        assertThat(List.of(xlsx.exitCode(), html.exitCode(), csv.exitCode())).containsOnly(0);
        assertThat(Files.readAllBytes(workbook)).startsWith('P', 'K');
        assertThat(Files.readString(page)).contains("14 results, 14 with measured phases");
        List<String> lines = Files.readAllLines(brief);
        assertThat(lines).hasSize(15);
        assertThat(lines.get(0)).startsWith("Source,Type,Hardware,Workload,Idle (W),Inference (W),Peak (W)");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @Test
    void aSheetOfALedgerHasVerdictsAndPhasesOfItsTrees() throws IOException {
        String ledger = collected(SharedData.orSkip("ledger/hpca/data_cleaned_inference_edge.csv"));
        Path sheet = folder.resolve("s.csv");

        Outcome outcome = CapturedStreams.run(
                "ledger",
                "sheet",
                ledger,
                "--tree",
                "v1.1=" + SharedData.orSkip("ledger/rounds/v1.1"),
                "--phases",
                "--out",
                sheet.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        List<String> lines = Files.readAllLines(sheet);
        assertThat(lines).hasSize(1 + 789);
        assertThat(lines)
                .filteredOn(line -> line.contains(",equal,") && line.contains("Xavier_NX_TRT_MaxQ/resnet50/Offline"))
                .singleElement()
                .asString()
                .contains("19.967452857", "pass", "least mean of ten samples in a row before the window");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sheet %s --out x.csv --assume sleep=0.5",
                "sheet %s --out x.csv --assume load=-1",
                "sheet %s --out x.pdf",
                "sheet %s/missing --out x.csv",
                "sheet %s --out x.csv --tree v4.1=%s",
            })
    void wrongUsageOfTheSheetIsToldAsSuch(String line) {
        Outcome outcome = CapturedStreams.run(("ledger " + line.replace("%s", folder.toString())).split(" "));

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(Path.of("x.csv")).doesNotExist();
    }

    /** As the website exports it: UTF-16, tabs, the header again further down, thousands commas, a link as a result. */
    @Test
    void anExportWithEveryQuirkIsReadAndEachQuirkIsTold() throws IOException {
        String table = EXPORT_HEADER
                + "1.0-1,ACME,box,ResNet,Offline,\"1,234.5\",System Power (W),v1.0,datacenter\n"
                + EXPORT_HEADER
                + "1.0-2,ACME,box,ResNet,Server,https://example.org,System Power (W),v1.0,datacenter\n";
        Path export = folder.resolve("export.tsv");
        Files.write(export, ("\ufeff" + tabs(table)).getBytes(StandardCharsets.UTF_16LE));
        Path ledger = folder.resolve("x.ledger");

        Outcome outcome = CapturedStreams.run("ledger", "collect", export.toString(), "--out", ledger.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("result-no-number: 1 rows");
        List<String> rows = Files.readAllLines(ledger);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).contains("\"value\":1234.5", "\"text\":\"1,234.5\"");
        assertThat(rows.get(2)).contains("result-no-number");
    }

    private static String tabs(String csv) {
        return csv.replace("\"1,234.5\"", "\u0001").replace(',', '\t').replace("\u0001", "1,234.5");
    }

    @Test
    void badInputEndsWithAMessageAndLeavesNothingBehind() throws IOException {
        Path cut = Files.writeString(
                folder.resolve("cut.json"), "{\"task\": \"gpqa\", \"configurations\": [{\"model_id\":");
        Path mapping = Files.writeString(folder.resolve("map.yaml"), "columns: {Model: model, Watts: {unit: W}}\n");
        Path lab = Files.writeString(folder.resolve("lab.csv"), "Model,Power\na,1\n");
        Path noSessions = Files.createDirectories(folder.resolve("tree/closed/ACME/results"));
        Path out = folder.resolve("out.ledger");
        List<List<String>> lines = List.of(
                List.of("import", "mlenergy", cut.toString(), "--into", out.toString()),
                List.of("import", "table", lab.toString(), "--mapping", mapping.toString(), "--into", out.toString()),
                List.of("collect", cut.toString(), "--out", out.toString()),
                List.of("collect", noSessions.toString(), "--out", out.toString()),
                List.of("sheet", noSessions.toString(), "--out", folder + "/out.csv"),
                List.of("clean", lab.toString(), "--out", folder + "/out"),
                List.of("variability", noSessions.toString()),
                List.of("compare", out.toString()));
        List<String> messages = new ArrayList<>();
        for (List<String> line : lines) {
            List<String> words = new ArrayList<>(List.of("ledger"));
            words.addAll(line);

            Outcome outcome = CapturedStreams.run(words.toArray(String[]::new));

            assertThat(outcome.exitCode()).as(line.toString()).isIn(1, 2);
            assertThat(outcome.err()).as(line.toString()).doesNotContain("defect", "Exception", "\tat ");
            messages.add(outcome.err());
        }
        assertThat(messages.get(0)).contains("cut.json:1:");
        assertThat(messages.get(1)).contains("Watts", "lab.csv");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("cut.json", "map.yaml", "lab.csv", "tree");
        }
    }

    @Test
    void theSheetIsJsonAsWellWithItsColumnsAsKeys() {
        String tree = SharedData.orSkip("ledger/rounds/v1.1").toString();

        Outcome outcome = CapturedStreams.run("ledger", "sheet", tree, "--json");
        Outcome nothing = CapturedStreams.run("ledger", "sheet", tree);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonNode sheet = JsonMapper.shared().readTree(outcome.out());
        assertThat(sheet.get("file").isNull()).isTrue();
        assertThat(sheet.get("rows")).hasSize(14);
        assertThat(sheet.get("rows").get(0).get("avg_power_w").isNumber()).isTrue();
        assertThat(sheet.get("rows").get(0).get("round").asString()).isEqualTo("v1.1");
        assertThat(nothing.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(nothing.err()).contains("--out", "--json");
    }

    @Test
    void whatWasDrawnIsToldAsJson() {
        Path out = folder.resolve("figures");

        Outcome outcome = CapturedStreams.run(
                "ledger",
                "figures",
                SharedData.orSkip("ledger/hpca").toString(),
                "--only",
                "5a,10",
                "--out",
                out.toString(),
                "--json");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonNode drawn = JsonMapper.shared().readTree(outcome.out());
        assertThat(drawn.get("figures")).hasSize(2);
        for (JsonNode figure : drawn.get("figures")) {
            for (JsonNode file : figure.get("files")) {
                assertThat(out.resolve(file.asString())).isNotEmptyFile();
            }
        }
        assertThat(drawn.get("missing")).isEmpty();
    }

    @Test
    void anExportThatBreaksOffWithinAQuoteIsNamedWithItsLine() throws IOException {
        Path table = Files.writeString(
                folder.resolve("cut.csv"),
                EXPORT_HEADER
                        + "1.0-1,ACME,\"box with a name that never ends,ResNet,Offline,1,System Power (W),v1.0\n");

        refused("cut.csv:2", "collect", table.toString(), "--out", folder + "/x.ledger");
    }

    @Test
    void aTruncatedJsonIsNamedWithItsLine() throws IOException {
        Path json = Files.writeString(folder.resolve("summary_results.json"), "[{\"Location\": \"x\",\n\"Sce");

        refused("summary_results.json:2", "collect", json.toString(), "--out", folder + "/x.ledger");
    }

    @Test
    void aFolderWithoutSessionsIsNamed() throws IOException {
        Files.createDirectories(folder.resolve("tree/closed/ACME/results"));

        refused(
                "no results with power below " + folder.resolve("tree"),
                "collect",
                folder + "/tree",
                "--out",
                folder + "/x.ledger");
        refused("tree", "sheet", folder + "/tree", "--out", folder + "/x.csv");
    }

    @Test
    void aMappingOfAColumnThatIsNotThereNamesTheColumn() throws IOException {
        Path table = Files.writeString(folder.resolve("lab.csv"), "Model,Power\na,1\n");
        Path mapping = Files.writeString(
                folder.resolve("lab.yaml"), "columns: {Model: model, Watts: {unit: W, scope: gpu}, Batch: batch}\n");

        String message = refused(
                "lab.csv",
                "import",
                "table",
                table.toString(),
                "--mapping",
                mapping.toString(),
                "--into",
                folder + "/x.ledger");

        assertThat(message).contains("Watts", "Batch");
    }

    @Test
    void aTreeUnderAnotherRoundsNameIsRefusedBeforeAPageIsWritten() {
        String ledger = collected(SharedData.orSkip("ledger/hpca/data_cleaned_inference_edge.csv"));
        Path page = folder.resolve("v.html");

        Outcome outcome = CapturedStreams.run(
                "ledger",
                "verify",
                ledger,
                "--tree",
                "v4.0=" + SharedData.orSkip("ledger/rounds/v1.1"),
                "--html",
                page.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err()).contains("v1.1", "v4.0", "--tree v1.1=");
        assertThat(page).doesNotExist();
    }

    /** Read and written a row at a time: the heap of this JVM holds neither the table nor the ledger. */
    @Test
    void aTableOfAMillionRowsIsCollectedAndOneBadRowOfThemIsTold() throws IOException {
        int rows = 1_000_000;
        Path table = folder.resolve("large.csv");
        try (BufferedWriter to = Files.newBufferedWriter(table)) {
            to.write(EXPORT_HEADER);
            for (int i = 1; i < rows; i++) {
                to.write("4.1-" + i + ",ACME,box,ResNet,Offline," + i + ".5,Watts,v4.1,datacenter\n");
            }
            to.write("4.1-0,ACME,box,ResNet,Offline,much,Watts,v4.1,datacenter\n");
        }
        Path ledger = folder.resolve("large.ledger");

        Outcome outcome = CapturedStreams.run("ledger", "collect", table.toString(), "--out", ledger.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("1000000     1000000  large.csv", "result-no-number: 1 rows");
        try (Stream<String> lines = Files.lines(ledger)) {
            assertThat(lines.count()).isEqualTo(1 + rows);
        }
    }

    @Test
    void aLedgerOfMoreRowsThanACommandHoldsIsRefusedWithANumberAndNothingStays() throws IOException {
        String row =
                Files.readAllLines(Path.of(collected(SharedData.orSkip("ledger/hpca/data_cleaned_training.csv"))))
                        .stream()
                        .filter(line -> line.contains("kJ"))
                        .findFirst()
                        .orElseThrow();
        Path ledger = folder.resolve("large.ledger");
        try (BufferedWriter to = Files.newBufferedWriter(ledger)) {
            to.write("{\"wattlineLedger\":1}\n");
            for (int i = 0; i <= HeldRows.MOST; i++) {
                to.write(row);
                to.newLine();
            }
        }
        String tree = "v4.0=" + SharedData.orSkip("ledger/training");

        refused("more than 100000 results", "sheet", ledger.toString(), "--out", folder + "/s.xlsx");
        refused("more than 100000 published values", "figures", ledger.toString(), "--out", folder + "/figures");
        refused("more than 100000 results", "verify", ledger.toString(), "--tree", tree, "--html", folder + "/v.html");
    }

    /** Runs a line of the ledger that must fail with a message that names a place, and that must leave no file behind. */
    private String refused(String place, String... words) throws IOException {
        List<String> before = names();
        List<String> line = new ArrayList<>(List.of("ledger"));
        line.addAll(List.of(words));

        Outcome outcome = CapturedStreams.run(line.toArray(String[]::new));

        assertThat(outcome.exitCode()).as(line.toString()).isIn(1, 2);
        assertThat(outcome.err()).contains(place).doesNotContain("defect", "Exception", "\tat ");
        assertThat(names()).isEqualTo(before);
        return outcome.err();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    private String collected(Path table) {
        String ledger = folder.resolve("paper.ledger").toString();
        Outcome outcome = CapturedStreams.run("ledger", "collect", table.toString(), "--out", ledger);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return ledger;
    }
}
