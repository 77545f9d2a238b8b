package dev.wattline.ledger.read.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Setting;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrosstabTest {
    private static final String TABLE = String.join(
            "\n",
            "\t\t\t\t\tBenchmark / Model MLC / Scenario / Units\t\t\t",
            "\t\t\t\t\tInference\tInference\tInference\tInference",
            "\t\t\t\t\tbert-99\t\tresnet\t",
            "\t\t\t\t\tOffline\tServer\tOffline\tOffline",
            "Public ID\tOrganization\tSystem Name (click + for details)\tAccelerator\t\tSamples/s\tQueries/s\tSamples/s\tWatts",
            "5.1-0001\tACME\tBox\tH200\t# of Processors\t2\t2\t\t2",
            "5.1-0001\tACME\tBox\tH200\t# of Accelerators\t8\t8\t\t8",
            "5.1-0001\tACME\tBox\tH200\t# of Nodes\t1\t1\t\t1",
            "5.1-0001\tACME\tBox\tH200\tAvg. Result at System Name\t27,803.90\t24593.77\t\t6,154.8",
            "5.1-0002\tBCME\tCrate\tB200\t# of Nodes\t\t\t4\t",
            "\t\t\t\tAvg. Result at System Name\t\t\t12.5\t",
            "");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE"})
    void eachNumberOfAResultsLineIsARow(String charset) throws Exception {
        List<LedgerRow> rows = read("\ufeff" + TABLE, Charset.forName(charset));

        assertThat(rows)
                .extracting(
                        row -> row.submission().id(),
                        row -> row.task().model(),
                        row -> row.task().scenario())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("5.1-0001", "bert-99", "Offline"),
                        org.assertj.core.groups.Tuple.tuple("5.1-0001", "bert-99", "Server"),
                        org.assertj.core.groups.Tuple.tuple("5.1-0001", "resnet", "Offline"),
                        org.assertj.core.groups.Tuple.tuple("5.1-0002", "resnet", "Offline"));
        LedgerRow first = rows.get(0);
        assertThat(first.measures().get(0).value()).isEqualTo(27803.9);
        assertThat(first.measures().get(0).place()).isEqualTo("line 9, column 6");
        assertThat(first.machine().accelerators()).isEqualTo(8);
        assertThat(first.machine().nodes()).isEqualTo(1);
        assertThat(first.settings().get(Setting.PROCESSORS)).isEqualTo(2);
        assertThat(first.submission().round()).isEqualTo("v5.1");
        assertThat(rows.get(2).measures().get(0).isPower()).isTrue();
        assertThat(rows.get(3).machine().name()).isEqualTo("Crate");
        assertThat(rows.get(3).machine().nodes()).isEqualTo(4);
    }

    @Test
    void aCrosstabWithoutItsHeaderIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read(TABLE.substring(0, TABLE.indexOf("Public ID")), StandardCharsets.UTF_8))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("Public ID");
    }

    private List<LedgerRow> read(String text, Charset charset) throws Exception {
        Path file = Files.write(folder.resolve("export.csv"), text.getBytes(charset));
        List<LedgerRow> rows = new ArrayList<>();
        PublishedTable.read(file, null, rows::add);
        return rows;
    }
}
