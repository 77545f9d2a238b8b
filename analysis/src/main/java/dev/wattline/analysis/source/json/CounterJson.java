package dev.wattline.analysis.source.json;

import dev.wattline.analysis.source.CounterTruth;
import dev.wattline.analysis.source.CounterTruth.Verdict;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What energy counters are worth, as the part that several files have in common; a figure not known is left out. */
public final class CounterJson {
    private CounterJson() {}

    /** Writes them. */
    public static void put(ArrayNode array, List<CounterTruth> counters) {
        for (CounterTruth one : counters) {
            ObjectNode node = array.addObject();
            node.put("source", one.source());
            node.put("entity", one.entity());
            node.put("samples", one.samples());
            node.put("verdict", one.verdict().word());
            node.put("seconds", one.seconds());
            figure(node, "gain", one.gain(), one.gainHalf());
            figure(node, "offsetW", one.offsetW(), one.offsetHalfW());
            figure(node, "lagS", one.lagS(), one.lagHalfS());
            figure(node, "ratio", one.ratio(), one.ratioHalf());
            node.put("why", one.why());
        }
    }

    private static void figure(ObjectNode node, String name, double value, double half) {
        if (Double.isFinite(value) && Double.isFinite(half)) {
            node.put(name, value);
            node.put(name + "HalfWidth", half);
        }
    }

    /** Reads what {@link #put} wrote. */
    public static List<CounterTruth> read(JsonNode array) {
        List<CounterTruth> counters = new ArrayList<>();
        for (JsonNode node : array) {
            counters.add(new CounterTruth(
                    node.path("source").asString(""),
                    node.path("entity").asString(""),
                    node.path("samples").asString(""),
                    Verdict.of(node.path("verdict").asString("")),
                    number(node, "gain"),
                    number(node, "gainHalfWidth"),
                    number(node, "offsetW"),
                    number(node, "offsetWHalfWidth"),
                    number(node, "lagS"),
                    number(node, "lagSHalfWidth"),
                    number(node, "ratio"),
                    number(node, "ratioHalfWidth"),
                    number(node, "seconds"),
                    node.path("why").asString("")));
        }
        return counters;
    }

    private static double number(JsonNode node, String name) {
        return node.path(name).asDouble(Double.NaN);
    }
}
