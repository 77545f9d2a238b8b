package dev.wattline.ledger.out.json;

import dev.wattline.ledger.clean.Cleaner;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;

/** What was cleaned as JSON. */
public final class CleanJson {
    private CleanJson() {}

    /** Writes the counts to a stream, which stays open. */
    public static void write(String folder, Cleaner.Outcome outcome, OutputStream to) {
        try (JsonGenerator out = LedgerJson.on(to)) {
            out.writeStartObject();
            out.writeStringProperty("folder", folder);
            out.writeObjectPropertyStart("rows");
            outcome.rows().forEach((table, rows) -> out.writeNumberProperty(table.file(), rows));
            out.writeEndObject();
            out.writeObjectPropertyStart("dropped");
            outcome.reasons().forEach(out::writeNumberProperty);
            out.writeEndObject();
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }
}
