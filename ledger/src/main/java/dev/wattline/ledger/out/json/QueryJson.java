package dev.wattline.ledger.out.json;

import dev.wattline.ledger.store.DuckDb;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The answer of a query as a JSON array, an object a row, written as the rows come. */
public final class QueryJson implements DuckDb.Rows, AutoCloseable {
    private final JsonGenerator out;
    private List<String> names = List.of();

    /** Begins the array on a stream that stays open. */
    public QueryJson(OutputStream to) {
        out = LedgerJson.on(to);
        out.writeStartArray();
    }

    @Override
    public void header(List<String> columns) {
        names = List.copyOf(columns);
    }

    @Override
    public void row(List<@Nullable Object> values) {
        out.writeRaw('\n');
        out.writeStartObject();
        for (int i = 0; i < names.size(); i++) {
            Object value = values.get(i);
            if (value instanceof Double || value instanceof Float) {
                LedgerJson.number(out, names.get(i), ((Number) value).doubleValue());
            } else if (value instanceof Number number) {
                out.writeNumberProperty(names.get(i), new BigDecimal(number.toString()));
            } else {
                out.writeStringProperty(names.get(i), value == null ? null : value.toString());
            }
        }
        out.writeEndObject();
    }

    @Override
    public void close() {
        out.writeRaw('\n');
        out.writeEndArray();
        out.writeRaw('\n');
        out.close();
    }
}
