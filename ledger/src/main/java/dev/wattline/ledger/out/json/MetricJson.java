package dev.wattline.ledger.out.json;

import dev.wattline.compliance.metric.PowerMetric;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;

/** The metrics of a tree of sessions as a JSON array, an object a session, written one by one as they come. */
public final class MetricJson implements AutoCloseable {
    private final JsonGenerator out;

    /** Begins the array on a stream that stays open. */
    public MetricJson(OutputStream to) {
        out = LedgerJson.on(to);
        out.writeStartArray();
    }

    /**
     * Adds a session.
     *
     * @param tree the folder that was given
     * @param session relative to it, with {@code /} between names
     */
    public void add(String tree, String session, PowerMetric metric) {
        out.writeRaw('\n');
        out.writeStartObject();
        out.writeStringProperty("session", session);
        LedgerJson.number(out, "value", metric.value());
        out.writeStringProperty("unit", metric.unit());
        out.writeStringProperty("scenario", metric.scenario().isEmpty() ? null : metric.scenario());
        LedgerJson.number(out, "avgWatts", metric.averageWatts());
        LedgerJson.number(out, "energyJ", metric.energyJoules());
        PowerMetric.Interval ci95 = metric.ci95();
        if (ci95 == null) {
            out.writeNullProperty("ci95");
        } else {
            out.writeArrayPropertyStart("ci95");
            out.writeNumber(ci95.low());
            out.writeNumber(ci95.high());
            out.writeEndArray();
        }
        out.writeNumberProperty("samples", metric.samples());
        LedgerJson.number(out, "efficiency", metric.efficiency());
        out.writeArrayPropertyStart("notes");
        metric.noteTexts().forEach(out::writeString);
        out.writeEndArray();
        out.writeBooleanProperty("clean", metric.clean());
        out.writeArrayPropertyStart("doubts");
        metric.doubtTexts().forEach(out::writeString);
        out.writeEndArray();
        out.writeStringProperty("tree", tree);
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
