package dev.wattline.ledger.out.json;

import dev.wattline.ledger.study.PowerLaw;
import dev.wattline.ledger.study.Scaling;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Exponents of power and energy as JSON; {@code docs/ledger.md} describes the keys. */
public final class ScaleJson {
    private ScaleJson() {}

    /** Writes the groups to a stream, which stays open. */
    public static void write(Scaling.Axis axis, List<Scaling.Group> groups, OutputStream to) {
        try (JsonGenerator out = LedgerJson.on(to)) {
            out.writeStartObject();
            out.writeStringProperty("x", axis.name().toLowerCase(Locale.ROOT));
            out.writeArrayPropertyStart("groups");
            groups.forEach(group -> group(out, group));
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }

    private static void group(JsonGenerator out, Scaling.Group group) {
        out.writeRaw('\n');
        out.writeStartObject();
        out.writeObjectPropertyStart("key");
        group.key().forEach(out::writeStringProperty);
        out.writeEndObject();
        out.writeStringProperty(
                "scope",
                group.powerScope() == null ? null : group.powerScope().name().toLowerCase(Locale.ROOT));
        law(out, "power", group.power());
        law(out, "energy", group.energy());
        out.writeStringProperty("energyUnit", group.energyUnit().isEmpty() ? null : group.energyUnit());
        LedgerJson.number(out, "plateauFrom", group.plateauFrom());
        LedgerJson.number(out, "plateauWatts", group.plateauWatts());
        points(out, "points", group.points());
        points(out, "energyPoints", group.energyPoints());
        out.writeEndObject();
    }

    private static void law(JsonGenerator out, String name, @Nullable PowerLaw law) {
        LedgerJson.number(out, name + "Exponent", law == null ? null : law.exponent());
        LedgerJson.number(out, name + "Low", law == null ? null : law.low());
        LedgerJson.number(out, name + "High", law == null ? null : law.high());
        LedgerJson.number(out, name + "R2", law == null ? null : law.r2());
        if (law != null) {
            out.writeNumberProperty(name + "N", law.points());
        }
    }

    private static void points(JsonGenerator out, String name, List<PowerLaw.Point> points) {
        out.writeArrayPropertyStart(name);
        for (PowerLaw.Point point : points) {
            out.writeStartArray();
            out.writeNumber(point.x());
            out.writeNumber(point.y());
            out.writeEndArray();
        }
        out.writeEndArray();
    }
}
