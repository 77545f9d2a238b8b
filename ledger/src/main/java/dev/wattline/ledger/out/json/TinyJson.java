package dev.wattline.ledger.out.json;

import dev.wattline.ledger.tiny.TinyFolder;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Energies of Tiny's inferences as JSON; {@code docs/ledger.md} describes the keys. */
public final class TinyJson {
    private TinyJson() {}

    /** Writes the folders to a stream, which stays open. */
    public static void write(List<TinyFolder> folders, OutputStream to) {
        try (JsonGenerator out = LedgerJson.on(to)) {
            out.writeStartObject();
            out.writeArrayPropertyStart("folders");
            folders.forEach(folder -> folder(out, folder));
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }

    private static void folder(JsonGenerator out, TinyFolder folder) {
        out.writeRaw('\n');
        out.writeStartObject();
        out.writeStringProperty("folder", folder.folder());
        LedgerJson.number(out, "medianUJ", folder.medianUJ());
        LedgerJson.number(out, "logMedianUJ", folder.logMedianUJ());
        LedgerJson.number(out, "rateHz", folder.rateHz());
        out.writeArrayPropertyStart("windows");
        for (TinyFolder.Window window : folder.windows()) {
            out.writeStartObject();
            out.writeNumberProperty("number", window.number());
            out.writeNumberProperty("startS", window.startS());
            out.writeNumberProperty("endS", window.endS());
            out.writeNumberProperty("energyUJ", window.energyUJ());
            out.writeNumberProperty("inferences", window.inferences());
            out.writeNumberProperty("perInferenceUJ", window.perInferenceUJ());
            LedgerJson.number(out, "logEnergyUJ", window.logEnergyUJ());
            out.writeEndObject();
        }
        out.writeEndArray();
        LedgerJson.findings(out, folder.findings());
        out.writeEndObject();
    }
}
