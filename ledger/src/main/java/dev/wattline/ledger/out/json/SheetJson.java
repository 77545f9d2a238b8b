package dev.wattline.ledger.out.json;

import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A sheet as JSON; {@code docs/ledger.md} describes its columns. */
public final class SheetJson {
    private SheetJson() {}

    /**
     * Writes a sheet to a stream, which stays open.
     *
     * @param input what the sheet is of
     * @param file the file that holds the same; null if none was written
     * @param columns the columns' names, which are the keys of each row
     * @param rows a value for each column: a text, a number, or null where there is nothing
     * @param problems what could not be read
     */
    public static void write(
            String input,
            @Nullable String file,
            List<String> columns,
            List<List<@Nullable Object>> rows,
            List<String> problems,
            OutputStream to) {
        try (JsonGenerator out = LedgerJson.on(to)) {
            out.writeStartObject();
            out.writeStringProperty("input", input);
            if (file == null) {
                out.writeNullProperty("file");
            } else {
                out.writeStringProperty("file", file);
            }
            out.writeArrayPropertyStart("rows");
            for (List<@Nullable Object> row : rows) {
                out.writeRaw('\n');
                out.writeStartObject();
                for (int i = 0; i < columns.size(); i++) {
                    cell(out, columns.get(i), row.get(i));
                }
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayPropertyStart("problems");
            problems.forEach(out::writeString);
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }

    private static void cell(JsonGenerator out, String name, @Nullable Object value) {
        if (value instanceof Long || value instanceof Integer) {
            out.writeNumberProperty(name, ((Number) value).longValue());
        } else if (value instanceof Number number) {
            LedgerJson.number(out, name, number.doubleValue());
        } else if (value == null || value.toString().isEmpty()) {
            out.writeNullProperty(name);
        } else {
            out.writeStringProperty(name, value.toString());
        }
    }
}
