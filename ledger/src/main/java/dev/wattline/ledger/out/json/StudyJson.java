package dev.wattline.ledger.out.json;

import dev.wattline.ledger.study.Comparison;
import dev.wattline.ledger.study.Hypotheses;
import dev.wattline.ledger.study.TraceCorrelations;
import dev.wattline.ledger.study.Variability;
import dev.wattline.ledger.study.VarianceComponents;
import dev.wattline.model.finding.Finding;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Quality, comparisons and variability as JSON; {@code docs/ledger.md} describes the keys. */
public final class StudyJson {
    private StudyJson() {}

    /** Writes findings to a stream, which stays open. */
    public static void quality(long rows, List<Finding> findings, OutputStream to) {
        try (JsonGenerator out = LedgerJson.on(to)) {
            out.writeStartObject();
            out.writeNumberProperty("rows", rows);
            LedgerJson.findings(out, findings);
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }

    /** Writes comparisons to a stream, which stays open. */
    public static void comparison(
            List<Comparison.Group> groups,
            List<Comparison.HostShare> shares,
            List<Hypotheses.Verdict> verdicts,
            OutputStream to) {
        try (JsonGenerator out = LedgerJson.on(to)) {
            out.writeStartObject();
            out.writeArrayPropertyStart("groups");
            groups.forEach(group -> group(out, group));
            out.writeEndArray();
            out.writeArrayPropertyStart("hostShares");
            for (Comparison.HostShare share : shares) {
                out.writeStartObject();
                key(out, share.key());
                out.writeNumberProperty("wallWattsPerCard", share.wallWatts());
                out.writeNumberProperty("gpuWattsPerCard", share.cardWatts());
                out.writeNumberProperty("hostShare", share.share());
                out.writeNumberProperty("wallValues", share.wall());
                out.writeNumberProperty("gpuValues", share.cards());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayPropertyStart("hypotheses");
            verdicts.forEach(verdict -> verdict(out, verdict));
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }

    private static void key(JsonGenerator out, java.util.Map<String, String> key) {
        out.writeObjectPropertyStart("key");
        key.forEach(out::writeStringProperty);
        out.writeEndObject();
    }

    private static void group(JsonGenerator out, Comparison.Group group) {
        out.writeRaw('\n');
        out.writeStartObject();
        key(out, group.key());
        out.writeStringProperty("scope", group.scope().name().toLowerCase(Locale.ROOT));
        out.writeStringProperty("quantity", group.quantity());
        out.writeStringProperty("verdict", group.verdict().word());
        out.writeStringProperty("reason", group.reason());
        out.writeArrayPropertyStart("sources");
        for (Comparison.Voice voice : group.voices()) {
            out.writeStartObject();
            out.writeStringProperty("source", voice.source());
            out.writeNumberProperty("n", voice.count());
            out.writeNumberProperty("median", voice.median());
            LedgerJson.number(out, "low", voice.low());
            LedgerJson.number(out, "high", voice.high());
            out.writeStringProperty("confidence", voice.confidence());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void verdict(JsonGenerator out, Hypotheses.Verdict verdict) {
        out.writeRaw('\n');
        out.writeStartObject();
        out.writeStringProperty("supposition", verdict.supposition());
        out.writeStringProperty("answer", verdict.answer().words());
        out.writeNumberProperty("from", verdict.from());
        out.writeNumberProperty("to", verdict.to());
        out.writeStringProperty("unit", verdict.unit());
        out.writeStringProperty("note", verdict.note());
        out.writeArrayPropertyStart("evidence");
        for (Hypotheses.Evidence evidence : verdict.evidence()) {
            out.writeStartObject();
            out.writeStringProperty("group", evidence.group());
            out.writeNumberProperty("n", evidence.count());
            out.writeNumberProperty("min", evidence.least());
            out.writeNumberProperty("median", evidence.median());
            out.writeNumberProperty("max", evidence.greatest());
            out.writeNumberProperty("within", evidence.within());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /**
     * Writes components of variance to a stream, which stays open.
     *
     * @param correlations of the powers of several cards; null without their logs
     */
    public static void variability(
            List<Variability.Component> components, @Nullable TraceCorrelations correlations, OutputStream to) {
        try (JsonGenerator out = LedgerJson.on(to)) {
            out.writeStartObject();
            out.writeArrayPropertyStart("components");
            components.forEach(component -> component(out, component));
            out.writeEndArray();
            if (correlations != null) {
                correlations(out, correlations);
            }
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }

    private static void correlations(JsonGenerator out, TraceCorrelations correlations) {
        out.writeNumberProperty("stepMillis", correlations.stepMillis());
        out.writeArrayPropertyStart("correlations");
        for (TraceCorrelations.Pair pair : correlations.pairs()) {
            out.writeRaw('\n');
            out.writeStartObject();
            out.writeStringProperty("first", pair.first());
            out.writeStringProperty("second", pair.second());
            out.writeNumberProperty("steps", pair.steps());
            LedgerJson.number(out, "power", pair.power());
            LedgerJson.number(out, "low", pair.low());
            LedgerJson.number(out, "high", pair.high());
            LedgerJson.number(out, "changes", pair.changes());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void component(JsonGenerator out, Variability.Component component) {
        out.writeRaw('\n');
        out.writeStartObject();
        out.writeStringProperty("source", component.source().words());
        component.components().ifPresent(found -> numbers(out, found));
        out.writeObjectPropertyStart("ratios");
        component.ratios().forEach((scenario, ratio) -> {
            out.writeObjectPropertyStart(scenario);
            out.writeNumberProperty("pairs", ratio.pairs());
            out.writeNumberProperty("median", ratio.median());
            out.writeNumberProperty("p90", ratio.p90());
            out.writeNumberProperty("p99", ratio.p99());
            out.writeNumberProperty("least", ratio.least());
            out.writeNumberProperty("greatest", ratio.greatest());
            out.writeEndObject();
        });
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void numbers(JsonGenerator out, VarianceComponents found) {
        out.writeNumberProperty("groups", found.groups());
        out.writeNumberProperty("values", found.values());
        out.writeNumberProperty("within", found.within());
        out.writeNumberProperty("withinLow", found.withinLow());
        out.writeNumberProperty("withinHigh", found.withinHigh());
        out.writeNumberProperty("robustWithin", found.robustWithin());
        LedgerJson.number(out, "between", found.between());
        out.writeNumberProperty("greatestRatio", found.greatestRatio());
        out.writeArrayPropertyStart("outliers");
        for (VarianceComponents.Outlier outlier : found.outliers()) {
            out.writeStartObject();
            out.writeStringProperty("group", outlier.group());
            out.writeStringProperty("name", outlier.name());
            out.writeNumberProperty("ratio", outlier.ratio());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
