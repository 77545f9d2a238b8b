package dev.wattline.ledger.out.json;

import dev.wattline.ledger.collect.Collector;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What was collected as JSON. */
public final class CollectJson {
    private CollectJson() {}

    /** Writes the sources to a stream, which stays open. */
    public static void write(String ledger, List<Collector.Source> sources, OutputStream to) {
        try (JsonGenerator out = LedgerJson.on(to)) {
            out.writeStartObject();
            out.writeStringProperty("ledger", ledger);
            out.writeArrayPropertyStart("sources");
            for (Collector.Source source : sources) {
                out.writeStartObject();
                out.writeStringProperty("file", source.file());
                out.writeNumberProperty("rows", source.rows());
                out.writeNumberProperty("powerRows", source.powerRows());
                out.writeObjectPropertyStart("findings");
                source.findings().forEach(out::writeNumberProperty);
                out.writeEndObject();
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }
}
