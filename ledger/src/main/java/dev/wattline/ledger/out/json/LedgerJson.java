package dev.wattline.ledger.out.json;

import dev.wattline.model.finding.Explanation;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.FindingCatalog;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** What the JSON of all commands has in common. Everything beyond ASCII is escaped. */
final class LedgerJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private LedgerJson() {}

    /** A generator on a stream that stays open. */
    static JsonGenerator on(OutputStream to) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), to);
    }

    /** A number, or null where it is not known or is no finite number. */
    static void number(JsonGenerator out, String name, @Nullable Double value) {
        if (value == null || value.isNaN() || value.isInfinite()) {
            out.writeNullProperty(name);
        } else {
            out.writeNumberProperty(name, value);
        }
    }

    /** A property {@code findings}: each with its values, and what it means. */
    static void findings(JsonGenerator out, List<Finding> findings) {
        out.writeArrayPropertyStart("findings");
        for (Finding finding : findings) {
            Explanation explanation = FindingCatalog.explain(finding.id());
            out.writeStartObject();
            out.writeStringProperty("id", finding.id());
            out.writeStringProperty("severity", finding.severity().word());
            out.writeStringProperty("message", finding.message());
            out.writeStringProperty("file", finding.file());
            out.writeNumberProperty("line", finding.line());
            out.writeObjectPropertyStart("values");
            finding.values().forEach(out::writeStringProperty);
            out.writeEndObject();
            out.writeStringProperty("cause", explanation.cause());
            out.writeStringProperty("consequence", explanation.remedy());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
