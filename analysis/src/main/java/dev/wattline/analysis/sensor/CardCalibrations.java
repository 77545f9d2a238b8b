package dev.wattline.analysis.sensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A calibration file's content: entries, of which the first that fits a GPU and field counts.
 *
 * @param source where it comes from, empty for none
 * @param gainCommon whether the cards share one deviation of the gain, so that it does not average out
 * @param entries the entries
 */
public record CardCalibrations(String source, boolean gainCommon, List<Entry> entries) {
    /** No calibration: every card is one of the population. */
    public static final CardCalibrations NONE = new CardCalibrations("", true, List.of());

    public CardCalibrations {
        entries = List.copyOf(entries);
    }

    /**
     * One card, one kind of card, or all of them.
     *
     * @param uuid the GPU's key; null for any
     * @param index the GPU's index; null for any
     * @param name a part of the card's name; null for any
     * @param field the power field; null for any
     * @param calibration gain and offset; null to give a sensor only
     * @param periodMs update period T in ms; NaN if not given
     * @param windowMs averaging window W in ms; NaN if not given
     * @param delayMs delay d in ms
     */
    public record Entry(
            @Nullable String uuid,
            @Nullable Integer index,
            @Nullable String name,
            @Nullable String field,
            @Nullable Calibration calibration,
            double periodMs,
            double windowMs,
            double delayMs) {

        /** What it is for, in words; empty where it is for every card. */
        public String target() {
            List<String> parts = new ArrayList<>();
            add(parts, "uuid", uuid);
            add(parts, "index", index);
            add(parts, "name", name);
            add(parts, "field", field);
            return String.join(", ", parts);
        }

        private static void add(List<String> parts, String key, @Nullable Object value) {
            if (value != null) {
                parts.add(key + " " + value);
            }
        }

        /** Whether it is for this GPU's field. */
        public boolean fits(String key, int gpuIndex, String gpuName, String gpuField) {
            return (uuid == null || uuid.equals(key))
                    && (index == null || index == gpuIndex)
                    && (name == null || gpuName.contains(name))
                    && (field == null || field.equals(gpuField));
        }
    }

    /** The first entry with gain and offset that fits. */
    public Optional<Calibration> calibration(String key, int index, String name, String field) {
        return entries.stream()
                .filter(entry -> entry.calibration() != null && entry.fits(key, index, name, field))
                .findFirst()
                .map(Entry::calibration);
    }

    /** The first entry with period and window that fits. */
    public Optional<Entry> sensor(String key, int index, String name, String field) {
        return entries.stream()
                .filter(entry -> !Double.isNaN(entry.periodMs()) && !Double.isNaN(entry.windowMs()))
                .filter(entry -> entry.fits(key, index, name, field))
                .findFirst();
    }
}
