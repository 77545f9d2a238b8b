package dev.wattline.ledger.out;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** A table of texts and numbers as it is written to a file; null is an empty cell. */
public interface SheetOutput extends AutoCloseable {
    /** Adds a row. */
    void row(List<@Nullable Object> cells) throws IOException;

    @Override
    void close() throws IOException;

    /** As CSV; closing it closes the stream. */
    static SheetOutput csv(OutputStream to, List<String> header) {
        CsvOutput csv =
                new CsvOutput(new OutputStreamWriter(to, StandardCharsets.UTF_8), header.toArray(String[]::new));
        return new SheetOutput() {
            @Override
            public void row(List<@Nullable Object> cells) {
                csv.row(cells.toArray());
            }

            @Override
            public void close() throws IOException {
                csv.close();
            }
        };
    }

    /** As a workbook of one sheet whose header stays in sight; closing it closes the stream. */
    static SheetOutput xlsx(OutputStream to, List<String> header) {
        return new Xlsx(to, header);
    }

    /** A workbook, written as it goes. */
    final class Xlsx implements SheetOutput {
        /** The most rows that the format can hold. */
        public static final int MOST_ROWS = 1_048_576;

        private static final int ROWS_IN_MEMORY = 1000;

        private final OutputStream to;
        private final Workbook book;
        private final Worksheet sheet;
        private int rows;

        private Xlsx(OutputStream to, List<String> header) {
            this.to = to;
            book = new Workbook(to, "Wattline", null);
            sheet = book.newWorksheet("sheet");
            sheet.freezePane(0, 1);
            for (int column = 0; column < header.size(); column++) {
                sheet.value(0, column, header.get(column));
                sheet.style(0, column).bold().set();
            }
            rows = 1;
        }

        @Override
        public void row(List<@Nullable Object> cells) throws IOException {
            if (rows == MOST_ROWS) {
                throw new IOException("a workbook holds at most " + MOST_ROWS + " rows; write .csv");
            }
            for (int column = 0; column < cells.size(); column++) {
                Object cell = cells.get(column);
                if (cell instanceof Number number) {
                    sheet.value(rows, column, number);
                } else if (cell != null && !cell.toString().isEmpty()) {
                    sheet.value(rows, column, cell.toString());
                }
            }
            rows++;
            if (rows % ROWS_IN_MEMORY == 0) {
                sheet.flush();
            }
        }

        @Override
        public void close() throws IOException {
            sheet.finish();
            book.close();
            to.close();
        }
    }
}
