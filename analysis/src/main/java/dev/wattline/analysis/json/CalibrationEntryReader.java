package dev.wattline.analysis.json;

import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.series.AnalysisInputException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One card of a calibration file. Nothing in it is passed over: a gain that was meant and not taken would be an error of
 * several percent in every figure.
 *
 * @param file for messages
 * @param where which card it is, for messages
 * @param card the card
 */
record CalibrationEntryReader(Path file, String where, JsonNode card) {
    static final List<String> KEYS = List.of(
            "uuid",
            "index",
            "name",
            "field",
            "gain",
            "gainSigma",
            "offsetW",
            "offsetSigmaW",
            "periodMs",
            "windowMs",
            "delayMs");

    /**
     * Reads it.
     *
     * @throws AnalysisInputException if it is no card, or says something that is not understood
     */
    CardCalibrations.Entry read() {
        return new CardCalibrations.Entry(
                text("uuid"),
                index(),
                text("name"),
                text("field"),
                calibration(),
                sensor("periodMs", "windowMs"),
                sensor("windowMs", "periodMs"),
                number("delayMs", 0));
    }

    private @Nullable Calibration calibration() {
        if (!card.has("gain")) {
            for (String key : List.of("gainSigma", "offsetW", "offsetSigmaW")) {
                require(!card.has(key), "'" + key + "' is given without 'gain'");
            }
            require(
                    card.has("periodMs"),
                    "expected 'gain' and 'offsetW', or 'periodMs' and 'windowMs', or all of them");
            return null;
        }
        double gain = number("gain", 1);
        require(gain > 0, "expected a number above 0 in 'gain', got " + gain);
        return new Calibration(
                gain,
                notNegative("gainSigma", Calibration.DEFAULT_GAIN_SIGMA * gain),
                number("offsetW", 0),
                notNegative("offsetSigmaW", Calibration.DEFAULT_OFFSET_SIGMA_W),
                false);
    }

    /** Period or window, which are of use together only. */
    private double sensor(String key, String partner) {
        double value = number(key, Double.NaN);
        require(Double.isNaN(value) || card.has(partner), "'" + key + "' is given without '" + partner + "'");
        require(Double.isNaN(value) || value > 0, "expected a number above 0 in '" + key + "', got " + value);
        return value;
    }

    private double notNegative(String key, double otherwise) {
        double value = number(key, otherwise);
        require(value >= 0, "expected a number of 0 or more in '" + key + "', got " + value);
        return value;
    }

    private double number(String key, double otherwise) {
        JsonNode node = card.path(key);
        if (node.isMissingNode()) {
            return otherwise;
        }
        require(node.isNumber() && Double.isFinite(node.asDouble()), "expected a number in '" + key + "', got " + node);
        return node.asDouble();
    }

    private @Nullable String text(String key) {
        JsonNode node = card.path(key);
        if (node.isMissingNode()) {
            return null;
        }
        require(node.isString(), "expected a text in '" + key + "', got " + node);
        return node.asString();
    }

    private @Nullable Integer index() {
        JsonNode node = card.path("index");
        if (node.isMissingNode()) {
            return null;
        }
        require(node.isInt() && node.asInt() >= 0, "expected a whole number of 0 or more in 'index', got " + node);
        return node.asInt();
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            throw CalibrationJson.broken(file, where + what, null);
        }
    }
}
