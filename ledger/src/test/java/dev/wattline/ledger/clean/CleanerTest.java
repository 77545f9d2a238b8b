package dev.wattline.ledger.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.clean.Cleaner.Table;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanerTest {
    private static final String RAW = """
            Public ID,Organization,SystemType,SystemName,Model,Model MLC,Scenario,Result,number_of_nodes,version,vdate,Units,Total Accelerators
            4.0-0001,ACME,datacenter,Box,,bert-99,Offline,"6,154.80",1,v4.0,Inference v4.0,Watts,8
            4.0-0001,ACME,datacenter,Box,,bert-99,Offline,"25,262.1",1,v4.0,Inference v4.0,Samples/s,8
            4.0-0002,ACME,edge,Quick,,bert-99,Offline,100,1,v4.0,Inference v4.0,Samples/s,1
            4.0-0003,ACME,edge,Linked,,bert-99,Offline,https://example.org,1,v3.0,Inference v3.0,System Power,1
            4.0-0004,ACME,edge,edge/closed/ACME/Box,,bert-99,Offline,1,1,v3.0,Inference v3.0,,1
            Public ID,Organization,SystemType,SystemName,Model,Model MLC,Scenario,Result,number_of_nodes,version,vdate,Units,Total Accelerators
            1.1-9001,ACME,,Board,ic,ic,,70.5,1,v1.1,Tiny v1.1,Energy in uJ,
            1.1-9001,ACME,,Board,ic,ic,,5.5,1,v1.1,Tiny v1.1,Latency in ms,
            Public ID,Availability,Organization,System Name,Benchmark,Model MLC,Units,Number Of Nodes,Units,Avg. Result at System Name,Total Accelerators
            4.0-0095,Cloud,ACME,Cluster,Training,gpt3,kJ,64,kJ,"1,676,757.08",512
            4.0-0095,Cloud,ACME,Cluster,Training,gpt3,Latency (In minutes),64,Latency (In minutes),56.869,512
            """;

    @TempDir
    Path folder;

    @Test
    void eachRowGoesToItsTableOrIsDroppedWithItsReason() throws Exception {
        Path out = folder.resolve("out");
        Cleaner.Outcome outcome = Cleaner.clean(write(RAW, StandardCharsets.UTF_8), out, () -> {});

        assertThat(outcome.rows())
                .containsEntry(Table.DATACENTER, 2L)
                .containsEntry(Table.EDGE, 0L)
                .containsEntry(Table.TINY, 2L)
                .containsEntry(Table.TRAINING, 2L)
                .containsEntry(Table.DROPPED, 5L);
        List<String> datacenter = Files.readAllLines(out.resolve("data_cleaned_inference_datacenter.csv"));
        assertThat(datacenter).hasSize(3);
        assertThat(datacenter.get(1)).contains(",6154.80,").endsWith(",Watts,8");
        assertThat(Files.readAllLines(out.resolve("data_cleaned_training.csv")).get(1))
                .contains("Cluster", "1676757.08")
                .endsWith(",64,kJ,1676757.08,512");
        List<String> dropped = Files.readAllLines(out.resolve("dropped.csv"));
        assertThat(dropped).hasSize(6);
        assertThat(dropped.get(1)).startsWith("4,").contains("no measured power");
        assertThat(dropped.get(2)).startsWith("5,").contains("no number");
        assertThat(dropped.get(3)).startsWith("6,").contains("no unit");
        assertThat(dropped.get(4)).startsWith("7,").contains("header again");
    }

    @Test
    void aUtf16ExportWithTabsIsCleanedAlike() throws Exception {
        String website = "\ufeffPublic ID\tOrganization\tAvailability\tSystem Name (click + for details)\t# of Nodes\t"
                + "Processor\tAccelerator\t# of Accelerators\tBenchmark\tModel MLC\tScenario\tUnits\tValid / Invalid\t"
                + "# of Accelerators\tSystem Type\tAvg. Result at System Name\n"
                + "3.1-0007\tACME\tavailable\tBox\t1\tCPU\tH100\t8\tInference\tbert-99\tOffline\tWatts\tValid\t9\tdatacenter\t1,234.5\n"
                + "3.1-0007\tACME\tavailable\tBox\t1\tCPU\tH100\t8\tInference\tbert-99\tServer\tWatts\tInvalid\t9\tdatacenter\t1\n";
        Path out = folder.resolve("out");

        Cleaner.Outcome outcome = Cleaner.clean(write(website, StandardCharsets.UTF_16LE), out, () -> {});

        assertThat(outcome.rows()).containsEntry(Table.DATACENTER, 1L).containsEntry(Table.DROPPED, 1L);
        assertThat(outcome.reasons()).containsOnlyKeys("invalid");
        assertThat(Files.readAllLines(out.resolve("data_cleaned_inference_datacenter.csv"))
                        .get(1))
                .isEqualTo("3.1-0007,ACME,datacenter,Box,,bert-99,Offline,1234.5,1,CPU,,H100,,,,,v3.1,,,Watts,8");
    }

    @Test
    void anotherTableIsRefusedAndNothingIsWritten() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        Path raw = write(RAW, StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Cleaner.clean(raw, out, () -> {
                    throw new IllegalStateException("broken off in the middle");
                }))
                .hasMessage("broken off in the middle");
        assertThatThrownBy(() -> Cleaner.clean(write("a,b\n1,2\n", StandardCharsets.UTF_8), out, () -> {}))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("Public ID, Model MLC, Units");

        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).isEmpty();
        }
    }

    private Path write(String text, Charset charset) throws Exception {
        return Files.write(folder.resolve("raw_data.csv"), text.getBytes(charset));
    }
}
