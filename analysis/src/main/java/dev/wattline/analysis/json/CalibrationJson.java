package dev.wattline.analysis.json;

import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.series.AnalysisInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes calibration files: {@code {"schema": "wattline-calibration/1", "gainCommon": false, "cards": [...]}}.
 * An entry names a card by {@code uuid}, {@code index} or a part of its {@code name}, or all cards by none of them.
 */
public final class CalibrationJson {
    /** Name and version of the format. */
    public static final String SCHEMA = "wattline-calibration/1";

    private CalibrationJson() {}

    /**
     * @throws AnalysisInputException if the file cannot be read or is no calibration
     */
    public static CardCalibrations read(Path file) {
        try {
            JsonNode root = AnalysisJson.MAPPER.readTree(Files.readAllBytes(file));
            String schema = root.path("schema").asString(SCHEMA);
            boolean list = root.path("cards").isArray();
            if (!root.isObject() || !schema.equals(SCHEMA) || (!list && !root.has("gain") && !root.has("windowMs"))) {
                throw broken(file, "expected an object with 'cards', or one card with 'gain' and 'offsetW'", null);
            }
            List<CardCalibrations.Entry> entries = new ArrayList<>();
            for (JsonNode card : list
                    ? root.path("cards")
                    : AnalysisJson.MAPPER.createArrayNode().add(root)) {
                entries.add(entry(file, card));
            }
            return new CardCalibrations(file.toString(), root.path("gainCommon").asBoolean(false), entries);
        } catch (IOException e) {
            throw new AnalysisInputException(file + ": cannot be read: " + e, null, e);
        } catch (JacksonException e) {
            throw broken(file, e.getOriginalMessage(), e);
        }
    }

    private static AnalysisInputException broken(Path file, String what, @Nullable Throwable cause) {
        return new AnalysisInputException(
                file + ": is no calibration file: " + what,
                "See docs/sampling-error.md for the format, or let 'wattline sensor --write-calibration' write one.",
                cause);
    }

    private static CardCalibrations.Entry entry(Path file, JsonNode card) {
        Calibration calibration = null;
        if (card.has("gain")) {
            double gain = number(file, card, "gain", 1);
            try {
                calibration = new Calibration(
                        gain,
                        number(file, card, "gainSigma", Calibration.DEFAULT_GAIN_SIGMA * gain),
                        number(file, card, "offsetW", 0),
                        number(file, card, "offsetSigmaW", Calibration.DEFAULT_OFFSET_SIGMA_W),
                        false);
            } catch (IllegalArgumentException e) {
                throw broken(file, String.valueOf(e.getMessage()), e);
            }
        }
        return new CardCalibrations.Entry(
                text(card, "uuid"),
                card.path("index").isInt() ? Integer.valueOf(card.path("index").asInt()) : null,
                text(card, "name"),
                text(card, "field"),
                calibration,
                number(file, card, "periodMs", Double.NaN),
                number(file, card, "windowMs", Double.NaN),
                number(file, card, "delayMs", 0));
    }

    private static @Nullable String text(JsonNode card, String key) {
        return card.path(key).isString() ? card.path(key).asString() : null;
    }

    private static double number(Path file, JsonNode card, String key, double otherwise) {
        JsonNode node = card.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isNumber()) {
            throw broken(file, "expected a number in '" + key + "', got " + node, null);
        }
        return node.asDouble();
    }

    /**
     * Writes a calibration file.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, CardCalibrations cards) throws IOException {
        ObjectNode root = AnalysisJson.MAPPER.createObjectNode();
        root.put("schema", SCHEMA);
        root.put("gainCommon", cards.gainCommon());
        var list = root.putArray("cards");
        for (CardCalibrations.Entry entry : cards.entries()) {
            ObjectNode card = list.addObject();
            put(card, "uuid", entry.uuid());
            if (entry.index() != null) {
                card.put("index", entry.index());
            }
            put(card, "name", entry.name());
            put(card, "field", entry.field());
            Calibration calibration = entry.calibration();
            if (calibration != null) {
                card.put("gain", calibration.gain());
                card.put("gainSigma", calibration.gainSigma());
                card.put("offsetW", calibration.offsetW());
                card.put("offsetSigmaW", calibration.offsetSigmaW());
            }
            if (!Double.isNaN(entry.periodMs())) {
                card.put("periodMs", entry.periodMs());
                card.put("windowMs", entry.windowMs());
                card.put("delayMs", entry.delayMs());
            }
        }
        Files.writeString(file, AnalysisJson.MAPPER.writeValueAsString(root) + "\n");
    }

    private static void put(ObjectNode card, String key, @Nullable String value) {
        if (value != null) {
            card.put(key, value);
        }
    }
}
