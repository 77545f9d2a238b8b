package dev.wattline.ledger.read.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.ledger.LedgerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,2\n",
                "a,b\n1,\"2\"",
                "a,b\n1,\"two\nlines, \"\"quoted\"\"\"\n",
                "a,b\n\"1\",5\" disk\n",
                "a;b\n\"1;x\";\"\"\r\n",
            })
    void quotesThatAreClosedAndThoseWithinPlainFieldsAreNoFault(String text) throws IOException {
        assertThat(rows(text)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b\n1,2\n3,\"4\n5,6\n", "a,b\n1,2\n\"3,4", "a,b\n1,2\n3,\"4\"\"\n"})
    void aQuoteThatIsNotClosedIsToldWithTheLineItWasOpenedOn(String text) {
        assertThatThrownBy(() -> rows(text))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("table.csv:3: a quote is opened here");
    }

    @Test
    void aHeaderThatDoesNotEndIsToldToo() {
        assertThatThrownBy(() -> rows("\"a,b\n1,2\n")).hasMessageContaining("table.csv:1: a quote is opened here");
    }

    private List<CsvTable.Row> rows(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("table.csv"), text);
        List<CsvTable.Row> rows = new ArrayList<>();
        try (CsvTable table = CsvTable.open(file)) {
            for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
