package dev.wattline.ledger.out;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A CSV table as it is written: commas, quotes where they are needed, a line feed a row; null is an empty field. */
public final class CsvOutput implements AutoCloseable {
    private final CsvWriter out;

    /** Begins a table with its header; closing it closes the writer. */
    public CsvOutput(Writer to, String... header) {
        out = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(to);
        row((Object[]) header);
    }

    /** Adds a row; numbers are written with the digits that tell them from all others. */
    public void row(@Nullable Object... values) {
        out.writeRecord(Arrays.stream(values)
                .map(value -> value == null ? "" : value.toString())
                .toList());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
