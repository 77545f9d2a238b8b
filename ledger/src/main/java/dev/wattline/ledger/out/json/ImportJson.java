package dev.wattline.ledger.out.json;

import dev.wattline.model.finding.Finding;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** What was imported as JSON. */
public final class ImportJson {
    private ImportJson() {}

    /**
     * A file that was read.
     *
     * @param rows rows that were added
     * @param known rows that the ledger had already
     * @param counts how many rows have which finding
     * @param findings what is odd about the file as a whole
     */
    public record Source(String file, long rows, long known, Map<String, Long> counts, List<Finding> findings) {}

    /** Writes the sources to a stream, which stays open. */
    public static void write(String ledger, List<Source> sources, OutputStream to) {
        try (JsonGenerator out = LedgerJson.on(to)) {
            out.writeStartObject();
            out.writeStringProperty("ledger", ledger);
            out.writeArrayPropertyStart("sources");
            for (Source source : sources) {
                out.writeRaw('\n');
                out.writeStartObject();
                out.writeStringProperty("file", source.file());
                out.writeNumberProperty("rows", source.rows());
                out.writeNumberProperty("knownRows", source.known());
                out.writeObjectPropertyStart("rowFindings");
                source.counts().forEach(out::writeNumberProperty);
                out.writeEndObject();
                LedgerJson.findings(out, source.findings());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }
}
