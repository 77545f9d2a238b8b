package dev.wattline.ledger.out.json;

import dev.wattline.ledger.join.EfficiencyPairs;
import dev.wattline.ledger.join.Performances.Performance;
import dev.wattline.ledger.join.Verification;
import dev.wattline.ledger.join.VerifiedLedger;
import dev.wattline.ledger.join.VerifiedRow;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.MeasureUnit;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Verdicts on published values as JSON; {@code docs/ledger.md} describes the keys. */
public final class VerifyJson {
    private VerifyJson() {}

    /** Writes what came of a ledger to a stream, which stays open. */
    public static void write(VerifiedLedger ledger, OutputStream to) {
        try (JsonGenerator out = LedgerJson.on(to)) {
            out.writeStartObject();
            out.writeObjectPropertyStart("counts");
            ledger.counts().forEach((verdict, rows) -> out.writeNumberProperty(verdict.word(), rows));
            out.writeEndObject();
            out.writeArrayPropertyStart("problems");
            ledger.problems().forEach(out::writeString);
            out.writeEndArray();
            out.writeArrayPropertyStart("rows");
            ledger.rows().forEach(row -> row(out, row));
            out.writeEndArray();
            out.writeArrayPropertyStart("performance");
            ledger.performances().forEach(performance -> performance(out, performance));
            out.writeEndArray();
            out.writeArrayPropertyStart("recordings");
            ledger.recordings().forEach(recording -> recording(out, recording));
            out.writeEndArray();
            efficiency(out, ledger.efficiency());
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }

    private static void row(JsonGenerator out, VerifiedRow verified) {
        published(out, verified.row(), verified.measure());
        out.writeStringProperty("status", verified.verdict().word());
        LedgerJson.number(out, "rederived", verified.rederived());
        LedgerJson.number(out, "relativeDifference", verified.relativeDifference());
        VerifiedRow.Own own = verified.own();
        out.writeStringProperty("session", own == null ? null : own.path());
        out.writeStringProperty("how", own == null ? null : own.how().word());
        LedgerJson.number(out, "ci95Low", own == null ? null : own.low());
        LedgerJson.number(out, "ci95High", own == null ? null : own.high());
        if (own != null && own.samples() > 0) {
            out.writeNumberProperty("samples", own.samples());
        }
        out.writeArrayPropertyStart("sameRecordingAs");
        if (own != null) {
            own.sameRecordingAs().forEach(out::writeString);
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("valueFoundIn");
        verified.valueFoundIn().forEach(out::writeString);
        out.writeEndArray();
        out.writeStringProperty("note", own == null || own.why().isEmpty() ? null : own.why());
        out.writeEndObject();
    }

    /** Begins an object with what the source says of a value. */
    private static void published(JsonGenerator out, LedgerRow row, Measure measure) {
        MeasureUnit unit = measure.unit();
        out.writeRaw('\n');
        out.writeStartObject();
        out.writeStringProperty("source", row.origin().file());
        out.writeStringProperty("place", measure.place());
        out.writeStringProperty("round", row.submission().round());
        out.writeStringProperty("suite", row.submission().suite().name().toLowerCase(Locale.ROOT));
        out.writeStringProperty("id", row.submission().id());
        out.writeStringProperty("organization", row.submission().submitter());
        out.writeStringProperty("system", row.machine().name());
        out.writeStringProperty("model", row.task().model());
        out.writeStringProperty("scenario", row.task().scenario());
        LedgerJson.number(out, "published", measure.value());
        if (Double.isNaN(measure.value())) {
            out.writeStringProperty("publishedText", measure.text());
        }
        out.writeStringProperty("unit", measure.label());
        out.writeStringProperty("canonicalUnit", unit == null ? null : unit.symbol());
    }

    private static void performance(JsonGenerator out, Performance performance) {
        published(out, performance.row(), performance.measure());
        out.writeStringProperty("status", performance.verdict().word());
        LedgerJson.number(out, "rederived", performance.rederived());
        out.writeStringProperty("key", performance.key());
        out.writeStringProperty("session", performance.session());
        out.writeArrayPropertyStart("valueFoundIn");
        performance.valueFoundIn().forEach(out::writeString);
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void recording(JsonGenerator out, Verification.Recording recording) {
        out.writeRaw('\n');
        out.writeStartObject();
        out.writeStringProperty("round", recording.round());
        out.writeArrayPropertyStart("sessions");
        recording.sessions().forEach(out::writeString);
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void efficiency(JsonGenerator out, EfficiencyPairs pairs) {
        out.writeObjectPropertyStart("efficiency");
        out.writeNumberProperty("pairs", pairs.pairs());
        out.writeNumberProperty("withinUncertainty", pairs.within().size());
        out.writeArrayPropertyStart("kinds");
        for (EfficiencyPairs.Kind kind : EfficiencyPairs.Kind.values()) {
            out.writeStartObject();
            out.writeStringProperty("kind", kind.word());
            out.writeNumberProperty("pairs", pairs.counts().getOrDefault(kind, 0));
            out.writeNumberProperty("withinUncertainty", pairs.within(kind));
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("within");
        for (EfficiencyPairs.Pair pair : pairs.within()) {
            out.writeRaw('\n');
            out.writeStartObject();
            out.writeStringProperty("kind", pair.kind().word());
            LedgerJson.number(out, "difference", pair.difference());
            out.writeArrayPropertyStart("results");
            for (EfficiencyPairs.Efficiency each : List.of(pair.one(), pair.other())) {
                out.writeStartObject();
                out.writeStringProperty("round", each.round());
                out.writeStringProperty("id", each.id());
                out.writeStringProperty("system", each.system());
                out.writeStringProperty("model", each.model());
                out.writeStringProperty("scenario", each.scenario());
                out.writeStringProperty("session", each.session());
                LedgerJson.number(out, "value", each.value());
                LedgerJson.number(out, "low", each.low());
                LedgerJson.number(out, "high", each.high());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
