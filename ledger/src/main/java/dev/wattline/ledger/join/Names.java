package dev.wattline.ledger.join;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names of systems, models and scenarios in a form that can be compared: tables, folders and LoadGen spell them in many
 * ways.
 */
final class Names {
    /** Names of models, letters and digits only, that mean the same as another. */
    private static final Map<String, String> MODELS = Map.ofEntries(
            Map.entry("resnet", "resnet50"),
            Map.entry("ssdlarge", "ssdresnet34"),
            Map.entry("ssdsmall", "ssdmobilenet"),
            Map.entry("mobilenetv1025x", "vww"),
            Map.entry("mobilenetv1", "vww"),
            Map.entry("resnetv1", "ic"),
            Map.entry("dscnn", "kws"),
            Map.entry("fcautoencoder", "ad"),
            Map.entry("anomalydetection", "ad"),
            Map.entry("imageclassification", "ic"),
            Map.entry("keywordspotting", "kws"),
            Map.entry("persondetection", "vww"),
            Map.entry("visualwakewords", "vww"));

    /** Models whose name in round v3.0 stands for both of their targets. */
    private static final List<String> BOTH_TARGETS = List.of("bert", "dlrm", "3dunet");

    private Names() {}

    /** Letters and digits in lower case. */
    static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                plain.append(Character.toLowerCase(c));
            }
        }
        return plain.toString();
    }

    /** A model's name with its target, such as {@code bert99} or {@code bert999}. */
    static String model(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (lower.endsWith("-99.0")) {
            lower = lower.substring(0, lower.length() - 2);
        }
        String plain = plain(lower);
        return MODELS.getOrDefault(plain, plain);
    }

    /** The models that a row's name may stand for. */
    static List<String> models(String name) {
        String model = model(name);
        return BOTH_TARGETS.contains(model) ? List.of(model, model + "99", model + "999") : List.of(model);
    }

    /** A model's name without its target. */
    static String withoutTarget(String model) {
        if (model.endsWith("999")) {
            return model.substring(0, model.length() - 3);
        }
        return model.endsWith("99") ? model.substring(0, model.length() - 2) : model;
    }
}
