package dev.wattline.analysis.source.json;

import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.FindingCatalog;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Why a calibration was not made, or not used: an id of the catalogue, what was found, and the numbers. */
public final class RefusalJson {
    private static final String FAMILY = "calibration-";

    private RefusalJson() {}

    /** Adds its keys to an object. */
    public static void put(ObjectNode node, Finding refusal) {
        node.put("id", refusal.id());
        node.put("what", refusal.message());
        ObjectNode values = node.putObject("values");
        refusal.values().forEach(values::put);
        node.put("limit", refusal.limit());
    }

    /** Those among findings, of which an id that this version does not know is left out. */
    static List<Finding> read(JsonNode findings) {
        List<Finding> refusals = new ArrayList<>();
        for (JsonNode node : findings) {
            String id = node.path("id").asString("");
            if (id.startsWith(FAMILY) && FindingCatalog.find(id).isPresent()) {
                Finding finding = Finding.of(id, node.path("what").asString(""))
                        .limit(node.path("limit").asString(""));
                for (var value : node.path("values").properties()) {
                    finding = finding.with(value.getKey(), value.getValue().asString(""));
                }
                refusals.add(finding);
            }
        }
        return refusals;
    }
}
