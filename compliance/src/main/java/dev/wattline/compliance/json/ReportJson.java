package dev.wattline.compliance.json;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.finding.Explanation;
import dev.wattline.model.finding.Finding;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Reports as a JSON array, an object a session, written one by one as they come. Everything beyond ASCII is escaped, so
 * that odd file contents survive any terminal.
 */
public final class ReportJson implements AutoCloseable {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final JsonGenerator out;

    /** Begins the array on a stream that stays open. */
    public ReportJson(OutputStream to) {
        out = FACTORY.createGenerator(ObjectWriteContext.empty(), to);
        out.writeStartArray();
    }

    /** Adds a session. */
    public void add(SessionReport report) {
        out.writeRaw('\n');
        out.writeStartObject();
        out.writeStringProperty("session", report.session().toString());
        out.writeStringProperty("round", report.round());
        out.writeStringProperty("round_reason", report.roundReason());
        out.writeStringProperty("overall", report.overall().word());
        out.writeNumberProperty("exit_code", report.exitCode());
        out.writeObjectPropertyStart("together");
        out.writeStringProperty("level", report.together().level().word());
        out.writeStringProperty("text", report.together().text());
        out.writeEndObject();
        out.writeArrayPropertyStart("kinds");
        report.kinds().forEach(kind -> finding(report, kind.finding()));
        out.writeEndArray();
        out.writeArrayPropertyStart("checks");
        report.checks().forEach(check -> check(report, check));
        out.writeEndArray();
        out.writeArrayPropertyStart("audit");
        report.audit().forEach(finding -> finding(report, finding));
        out.writeEndArray();
        out.writeName("metric");
        metric(report.metric());
        out.writeEndObject();
    }

    private void check(SessionReport report, CheckResult check) {
        out.writeStartObject();
        out.writeStringProperty("name", check.name());
        out.writeStringProperty("verdict", check.verdict().word());
        out.writeStringProperty("message", check.message());
        out.writeArrayPropertyStart("findings");
        check.findings().forEach(finding -> finding(report, finding));
        out.writeEndArray();
        out.writeEndObject();
    }

    private void finding(SessionReport report, Finding finding) {
        out.writeStartObject();
        out.writeStringProperty("id", finding.id());
        out.writeStringProperty("severity", finding.severity().word());
        out.writeStringProperty("message", finding.message());
        out.writeStringProperty("file", finding.file());
        out.writeNumberProperty("line", finding.line());
        out.writeObjectPropertyStart("values");
        finding.values().forEach(out::writeStringProperty);
        out.writeEndObject();
        out.writeStringProperty("limit", finding.limit());
        Explanation explanation = report.explain(finding);
        out.writeStringProperty("cause", explanation.cause());
        out.writeStringProperty("remedy", explanation.remedy());
        out.writeEndObject();
    }

    private void metric(@Nullable PowerMetric metric) {
        if (metric == null) {
            out.writeNull();
            return;
        }
        out.writeStartObject();
        number("value", metric.value());
        out.writeStringProperty("unit", metric.unit());
        out.writeStringProperty("scenario", metric.scenario());
        number("avgWatts", metric.averageWatts());
        number("energyJ", metric.energyJoules());
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
        number("efficiency", metric.efficiency());
        out.writeArrayPropertyStart("efficiencies");
        for (PowerMetric.Efficiency efficiency : metric.efficiencies()) {
            out.writeStartObject();
            number("value", efficiency.value());
            out.writeStringProperty("unit", efficiency.unit());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("inferred");
        for (PowerMetric.Inferred inferred : metric.inferred()) {
            out.writeStartObject();
            out.writeStringProperty("scenario", inferred.scenario());
            number("value", inferred.value());
            out.writeStringProperty("unit", inferred.unit());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("notes");
        metric.noteTexts().forEach(out::writeString);
        out.writeEndArray();
        out.writeBooleanProperty("clean", metric.clean());
        out.writeArrayPropertyStart("doubts");
        metric.doubtTexts().forEach(out::writeString);
        out.writeEndArray();
        out.writeEndObject();
    }

    private void number(String name, @Nullable Double value) {
        if (value == null || value.isNaN() || value.isInfinite()) {
            out.writeNullProperty(name);
        } else {
            out.writeNumberProperty(name, value);
        }
    }

    @Override
    public void close() {
        out.writeRaw('\n');
        out.writeEndArray();
        out.writeRaw('\n');
        out.close();
    }
}
