package dev.wattline.analysis.source.json;

import dev.wattline.analysis.calibration.CalibrationSession;
import dev.wattline.analysis.calibration.PowerCalibration;
import dev.wattline.analysis.calibration.WallModel;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.source.CounterTruth;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what came of making a calibration: what it is, or why it was refused. */
public final class CalibrateJson {
    /** Name and version of the format. */
    public static final String SCHEMA = "wattline-calibrate/1";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private CalibrateJson() {}

    /**
     * Of one that was made.
     *
     * @param session the one that was added last
     * @param counters energy counters of cards in that session
     * @throws IOException if the file cannot be written
     */
    public static void made(
            Path file, PowerCalibration calibration, CalibrationSession session, List<CounterTruth> counters)
            throws IOException {
        ObjectNode root = root(true);
        root.put("revision", calibration.revision());
        root.put("sessions", calibration.sessions().size());
        root.put("promise", calibration.isPromise());
        CounterJson.put(root.putArray("counters"), counters);
        ArrayNode models = root.putArray("models");
        session.models().forEach(model -> put(models.addObject(), model));
        session.notes().forEach(root.putArray("notes")::add);
        Files.write(file, MAPPER.writeValueAsBytes(root));
    }

    /**
     * Of one that was refused.
     *
     * @throws IOException if the file cannot be written
     */
    public static void refused(Path file, Finding why) throws IOException {
        ObjectNode root = root(false);
        RefusalJson.put(root.putObject("refused"), why);
        Files.write(file, MAPPER.writeValueAsBytes(root));
    }

    private static void put(ObjectNode node, WallModel model) {
        node.put("by", model.cpu().name().toLowerCase(Locale.ROOT));
        ArrayNode cards = node.putArray("cards");
        for (String card : model.cards()) {
            Interval watts = model.wallWattsPerWatt(card);
            cards.addObject()
                    .put("card", card)
                    .put("wallWattsPerWatt", watts.centre())
                    .putArray("interval95")
                    .add(watts.low())
                    .add(watts.high());
        }
    }

    private static ObjectNode root(boolean made) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", SCHEMA);
        root.put("made", made);
        return root;
    }
}
