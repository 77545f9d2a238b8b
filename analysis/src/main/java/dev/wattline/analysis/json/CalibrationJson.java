package dev.wattline.analysis.json;

import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.files.json.JsonTrouble;
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

    private static final String REMEDY =
            "See docs/sampling-error.md for the format, or let 'wattline sensor --write-calibration' write one.";

    private CalibrationJson() {}

    /**
     * @throws AnalysisInputException if the file cannot be read or is no calibration
     */
    public static CardCalibrations read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length == 0) {
                throw broken(file, "it is empty", null);
            }
            return cards(file, AnalysisJson.MAPPER.readTree(bytes));
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(file, REMEDY, e);
        } catch (JacksonException e) {
            throw broken(file, JsonTrouble.of(e), e);
        }
    }

    private static CardCalibrations cards(Path file, JsonNode root) {
        JsonNode list = root.path("cards");
        if (!root.isObject() || (!list.isArray() && !root.has("gain") && !root.has("periodMs"))) {
            throw broken(file, "expected an object with the list 'cards', or one card with 'gain' and 'offsetW'", null);
        }
        String schema = root.path("schema").asString(SCHEMA);
        if (!schema.equals(SCHEMA)) {
            throw broken(file, "expected the schema " + SCHEMA + ", got '" + schema + "'", null);
        }
        JsonNode common = root.path("gainCommon");
        if (!common.isMissingNode() && !common.isBoolean()) {
            throw broken(file, "expected true or false in 'gainCommon', got " + common, null);
        }
        List<CardCalibrations.Entry> entries = new ArrayList<>();
        if (list.isArray()) {
            requireKnown(file, "", root, List.of("schema", "gainCommon", "cards"));
            for (JsonNode card : list) {
                String where = "card " + (entries.size() + 1) + ": ";
                requireKnown(file, where, card, CalibrationEntryReader.KEYS);
                entries.add(new CalibrationEntryReader(file, where, card).read());
            }
        } else {
            List<String> known = new ArrayList<>(CalibrationEntryReader.KEYS);
            known.addAll(List.of("schema", "gainCommon"));
            requireKnown(file, "", root, known);
            entries.add(new CalibrationEntryReader(file, "", root).read());
        }
        if (entries.isEmpty()) {
            throw broken(file, "'cards' holds no card", null);
        }
        return new CardCalibrations(file.toString(), common.asBoolean(false), entries);
    }

    private static void requireKnown(Path file, String where, JsonNode object, List<String> keys) {
        if (!object.isObject()) {
            throw broken(file, where + "expected an object, got " + object, null);
        }
        for (String key : object.propertyNames()) {
            if (!keys.contains(key)) {
                throw broken(file, where + "unknown key '" + key + "'; known are " + String.join(", ", keys), null);
            }
        }
    }

    static AnalysisInputException broken(Path file, String what, @Nullable Throwable cause) {
        return new AnalysisInputException(file + ": is no calibration file: " + what, REMEDY, cause);
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
