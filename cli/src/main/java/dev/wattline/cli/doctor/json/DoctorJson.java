package dev.wattline.cli.doctor.json;

import dev.wattline.cli.doctor.CheckOutcome;
import dev.wattline.cli.doctor.DoctorReport;
import dev.wattline.cli.doctor.Status;
import java.io.OutputStream;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** The report as one JSON object; {@code docs/doctor.md} describes it. */
public final class DoctorJson {
    /** Grows when a field changes its meaning or goes; a new field does not change it. */
    public static final int VERSION = 1;

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private DoctorJson() {}

    /** Writes the report to a stream, which stays open. */
    public static void write(DoctorReport report, String program, OutputStream to) {
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), to)) {
            out.writeStartObject();
            out.writeNumberProperty("doctor", VERSION);
            out.writeStringProperty("wattline", program);
            out.writeStringProperty("at", report.at().toString());
            out.writeNumberProperty("seconds", report.took().toMillis() / 1e3);
            out.writeStringProperty("verdict", report.verdict().word());
            for (Status status : Status.values()) {
                out.writeNumberProperty(status.word(), report.count(status));
            }
            out.writeArrayPropertyStart("checks");
            report.rows().forEach(row -> row(out, row));
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }

    private static void row(JsonGenerator out, DoctorReport.Row row) {
        CheckOutcome outcome = row.outcome();
        out.writeRaw('\n');
        out.writeStartObject();
        out.writeStringProperty("name", row.name());
        out.writeStringProperty("status", outcome.status().word());
        out.writeStringProperty("cause", outcome.cause());
        out.writeStringProperty("remedy", outcome.remedy());
        out.writeObjectPropertyStart("values");
        for (Map.Entry<String, Number> value : outcome.values().entrySet()) {
            if (value.getValue() instanceof Double number) {
                out.writeNumberProperty(value.getKey(), number);
            } else {
                out.writeNumberProperty(value.getKey(), value.getValue().longValue());
            }
        }
        out.writeEndObject();
        out.writeEndObject();
    }
}
