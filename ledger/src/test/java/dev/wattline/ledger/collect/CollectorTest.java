package dev.wattline.ledger.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Suite;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.MeasureUnit;
import dev.wattline.ledger.row.json.LedgerFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectorTest {
    private static final String CLEANED = """
            Public ID,Organization,SystemType,SystemName,Model,Model MLC,Scenario,Result,number_of_nodes,version,vdate,Units
            4.0-0001,ACME,datacenter,"Big, bad machine",,llama2-70b-99.0,Offline,"6,154.80",1.0,v4.0,Inference v4.0,Watts
            4.0-0001,ACME,datacenter,"Big, bad machine",,llama2-70b-99.0,Offline,"25,262.1",1.0,v4.0,Inference v4.0,Tokens/s
            4.0-0002,ACME,edge,Small,,bert,Offline,https://example.org,1.0,v4.0,Inference v4.0,System Power
            4.0-0002,ACME,edge,datacenter/closed/ACME/Small,,bert,Offline,1,1.0,v4.0,Inference v4.0,
            4.0-0003,ACME,edge,Small,,bert,Offline,17,1.0,v4.0,Inference v4.0,Furlongs
            """;

    private static final RoundTree.Watcher SILENT = new RoundTree.Watcher() {
        @Override
        public void begin(int sessions) {}

        @Override
        public void step() {}
    };

    @TempDir
    Path folder;

    private final List<LedgerRow> rows = new ArrayList<>();
    private final Collector collector = new Collector(new Collector.Selection(null, null, false), 1, SILENT, rows::add);

    @Test
    void keepsEveryRowOfATableWithItsLineAndWhatIsOddAboutIt() throws Exception {
        collector.read(write("data_cleaned_x.csv", CLEANED, StandardCharsets.UTF_8));

        assertThat(rows).hasSize(5);
        LedgerRow power = rows.get(0);
        assertThat(power.machine().name()).isEqualTo("Big, bad machine");
        assertThat(power.submission().round()).isEqualTo("v4.0");
        assertThat(power.measures())
                .containsExactly(
                        new Measure(6154.80, "6,154.80", "Watts", MeasureUnit.WATT, Measure.Scope.WALL, "line 2"));
        assertThat(rows.get(1).measures().get(0).isPower()).isFalse();
        assertThat(rows.get(2).findings()).containsExactly("result-no-number");
        assertThat(rows.get(3).findings()).containsExactly("row-without-unit");
        assertThat(rows.get(4).findings()).containsExactly("unit-unknown");
        assertThat(collector.problems()).isEmpty();
        assertThat(collector.sources().get(0).powerRows()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
    void takesAnExportInUtf16WithTabsAndAByteOrderMark(String charset) throws Exception {
        String tabs =
                "\ufeffPublic ID\tOrganization\tSystem Name (click + for details)\t# of Nodes\tModel MLC\tScenario\t"
                        + "Units\t# of Nodes\tAvg. Result at System Name\n"
                        + "3.1-0007\tACME\tMaschine für alles\t2\tbert-99\tOffline\tWatts\t3\t1,234.5\n";

        collector.read(write("export.csv", tabs, Charset.forName(charset)));

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.machine().name()).isEqualTo("Maschine für alles");
            assertThat(row.machine().nodes()).isEqualTo(2.0); // of repeated headers the first
            assertThat(row.submission().round()).isEqualTo("v3.1");
            assertThat(row.measures().get(0).value()).isEqualTo(1234.5);
        });
    }

    @Test
    void readsTheDigitsOfSummaryResultsAndTheModelThatRan() throws Exception {
        collector.read(write("summary_results.json", """
                [{"ID": "v4.1-0001", "Suite": "edge", "Category": "closed", "System": "S", "UsedModel": "mobilenet",
                  "Model": "resnet", "Scenario": "SingleStream", "Location": "closed/A/results/s/mobilenet/SingleStream",
                  "version": "v4.1", "inferred": 1, "a#": 2.0, "p#": "", "Performance_Result": 1.50,
                  "Performance_Units": "Latency (ms)", "Power_Result": 29.2389869184, "Power_Units": "millijoules"},
                 {"ID": "5.1-0002", "version": "5.1", "Scenario": "Offline", "Location": "x", "Performance_Result": 7}]
                """, StandardCharsets.UTF_8));

        assertThat(rows).hasSize(2);
        LedgerRow row = rows.get(0);
        assertThat(row.task().model()).isEqualTo("mobilenet");
        assertThat(row.task().officialModel()).isEqualTo("resnet");
        assertThat(row.machine().accelerators()).isEqualTo(2.0);
        assertThat(row.findings()).containsExactly("result-inferred");
        assertThat(row.measures().get(0).text()).isEqualTo("1.50");
        assertThat(row.measures().get(1).unit()).isEqualTo(MeasureUnit.MILLIJOULE_PER_QUERY);
        assertThat(row.measures().get(1).place()).isEqualTo("/0/Power_Result");
        assertThat(rows.get(1).submission().round()).isEqualTo("v5.1");
    }

    @Test
    void readsTheSummaryOfTheSubmissionCheckerAndOfTiny() throws Exception {
        collector.read(write("summary.csv", """
                Organization,Availability,Division,SystemType,SystemName,Platform,Model,MlperfModel,Scenario,Result,Location,version,power,Units
                ACME,available,closed,edge,Box,box,resnet50,resnet,Offline,100,closed/ACME/results/box/resnet50/Offline,v1.1,19.5,Samples/s
                """, StandardCharsets.UTF_8));
        collector.read(write("tiny.csv", """
                Organization,Division,BoardName,Model,MlperfModel,Result,ResultUnit,Power,PowerUnit
                ACME,closed,Board,ic,ic,5.1,Latency in ms,"4,031.087",uJ/inf.
                """, StandardCharsets.UTF_8));

        assertThat(rows.get(0).submission().round()).isEqualTo("v1.1");
        assertThat(rows.get(0).measures()).extracting(Measure::value).containsExactly(100.0, 19.5);
        assertThat(rows.get(1).submission().suite()).isEqualTo(Suite.TINY);
        assertThat(rows.get(1).measures().get(1).value()).isEqualTo(4031.087);
    }

    @Test
    void tellsAllThatIsWrongAtOnceWithItsPlace() throws Exception {
        collector.read(write(
                "cut.json",
                "[{\"Location\": \"x\", \"Scenario\": \"Offline\",\n \"Performance_",
                StandardCharsets.UTF_8));
        collector.read(write("other.csv", "a,b\n1,2\n", StandardCharsets.UTF_8));
        collector.read(folder.resolve("missing.csv"));
        collector.read(Files.createDirectory(folder.resolve("empty")));

        assertThat(collector.problems().get(0)).contains("cut.json:2:");
        assertThat(collector.problems().get(1)).contains("other.csv:1:", "a, b");
        assertThat(collector.problems()).anyMatch(problem -> problem.contains("missing.csv"));
        assertThat(collector.problems()).anyMatch(problem -> problem.contains("no results with power below"));
    }

    @Test
    void aLedgerReadsBackAsItWasWritten() throws Exception {
        collector.read(write("data_cleaned_x.csv", CLEANED, StandardCharsets.UTF_8));
        Path ledger = folder.resolve("x.ledger");
        try (LedgerFile.Writer writer = new LedgerFile.Writer(ledger)) {
            for (LedgerRow row : rows) {
                writer.add(row);
            }
            writer.complete();
        }

        List<LedgerRow> read = new ArrayList<>();
        LedgerFile.read(ledger, read::add);

        assertThat(Files.readAllLines(ledger)).hasSize(6).first().isEqualTo("{\"wattlineLedger\":1}");
        assertThat(read).isEqualTo(rows);
    }

    @Test
    void aLedgerKeepsSettingsIntervalsAndHowAValueCameAbout() throws Exception {
        LedgerRow row = new LedgerRow(
                new LedgerRow.Origin(LedgerRow.Kind.MLENERGY, "gpqa.json", "/configurations/0"),
                new LedgerRow.Submission(Suite.OTHER, "", "", "", "", "", ""),
                new LedgerRow.Machine("", "", null, "", "H100", 2.0),
                new LedgerRow.Task("m", "", "", "fp8"),
                new LedgerRow.Settings(
                        "gpqa",
                        "decode",
                        "run 1",
                        Map.of(LedgerRow.Setting.BATCH, 7.5, LedgerRow.Setting.HEIGHT, 1024.0)),
                List.of(Measure.of("3", "W", Measure.Scope.GPU, "/x")
                        .with("avg_power_watts", Measure.Basis.DERIVED)
                        .within(2.5, 3.5)),
                List.of());
        Path ledger = folder.resolve("x.ledger");
        try (LedgerFile.Writer writer = new LedgerFile.Writer(ledger)) {
            writer.add(row);
            writer.complete();
        }

        List<LedgerRow> read = new ArrayList<>();
        LedgerFile.read(ledger, read::add);

        assertThat(read).containsExactly(row);
        assertThat(Files.readAllLines(ledger).get(1))
                .contains("\"settings\":{\"benchmark\":\"gpqa\",\"phase\":\"decode\",\"run\":\"run 1\",\"batch\":7.5,")
                .contains("\"key\":\"avg_power_watts\",\"basis\":\"derived\",\"low\":2.5,\"high\":3.5");
    }

    @Test
    void aLedgerThatWasNotCompletedLeavesTheOldOneAlone() throws Exception {
        Path ledger = Files.writeString(folder.resolve("x.ledger"), "old");

        try (LedgerFile.Writer writer = new LedgerFile.Writer(ledger)) {
            assertThat(writer).isNotNull();
        }

        assertThat(ledger).hasContent("old");
        assertThat(folder.resolve("x.ledger.part")).doesNotExist();
    }

    private Path write(String name, String text, Charset charset) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(charset));
    }
}
