package dev.wattline.ledger.out.json;

import dev.wattline.ledger.training.TrainingFolder;
import dev.wattline.ledger.training.TrainingRun;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Energies to train as JSON; {@code docs/ledger.md} describes the keys. */
public final class TrainingJson {
    private TrainingJson() {}

    /** Writes the folders to a stream, which stays open. */
    public static void write(List<TrainingFolder> folders, OutputStream to) {
        try (JsonGenerator out = LedgerJson.on(to)) {
            out.writeStartObject();
            out.writeArrayPropertyStart("folders");
            folders.forEach(folder -> folder(out, folder));
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }

    private static void folder(JsonGenerator out, TrainingFolder folder) {
        out.writeRaw('\n');
        out.writeStartObject();
        out.writeStringProperty("folder", folder.folder());
        LedgerJson.number(out, "officialJ", folder.officialJ());
        LedgerJson.number(out, "officialFileOrderJ", folder.fileOrderJ());
        LedgerJson.number(out, "windowJ", folder.windowJ());
        LedgerJson.number(out, "trainSeconds", folder.trainSeconds());
        out.writeNumberProperty("scalingFactor", folder.scalingFactor());
        out.writeNumberProperty("droppedAtEachEnd", folder.dropped());
        Double understatement = folder.medianUnderstatement();
        LedgerJson.number(out, "medianUnderstatementPct", understatement == null ? null : 100 * understatement);
        out.writeArrayPropertyStart("runs");
        folder.runs().forEach(run -> run(out, run));
        out.writeEndArray();
        LedgerJson.findings(out, folder.findings());
        out.writeEndObject();
    }

    private static void run(JsonGenerator out, TrainingRun run) {
        out.writeRaw('\n');
        out.writeStartObject();
        out.writeStringProperty("run", run.name());
        LedgerJson.number(out, "officialJ", run.officialJ());
        LedgerJson.number(out, "officialFileOrderJ", run.fileOrderJ());
        LedgerJson.number(out, "windowJ", run.windowJ());
        out.writeNumberProperty("interconnectJ", run.interconnectJ());
        LedgerJson.number(out, "trainSeconds", run.trainSeconds());
        out.writeBooleanProperty("converged", run.converged());
        out.writeStringProperty("copyOf", run.copyOf());
        out.writeArrayPropertyStart("nodes");
        for (TrainingRun.Node node : run.nodes()) {
            out.writeStartObject();
            out.writeStringProperty("file", node.file());
            out.writeNumberProperty("readings", node.readings());
            out.writeNumberProperty("conversionEff", node.efficiency());
            out.writeNumberProperty("coverage", node.coverage());
            span(out, "log", node.log());
            span(out, "before", node.before());
            span(out, "window", node.window());
            span(out, "after", node.after());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void span(JsonGenerator out, String name, TrainingRun.Span span) {
        LedgerJson.number(out, name + "Seconds", span.seconds());
        LedgerJson.number(out, name + "Watts", span.seconds() == 0 ? null : span.watts());
    }
}
