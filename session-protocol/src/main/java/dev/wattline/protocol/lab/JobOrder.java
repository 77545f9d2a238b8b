package dev.wattline.protocol.lab;

import dev.wattline.model.SessionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody asked for: names and values, never a command, a path or a variable. Whether the measured machine knows the
 * names and allows the values is for its agent to say.
 *
 * @param sut the machine
 * @param workload the workload's name, or the action's
 * @param kind what is to be done with it
 * @param params values of its parameters
 * @param settings values of settings in the order in which they are to be applied
 * @param label part of the session's name; may be empty
 */
public record JobOrder(
        String sut,
        String workload,
        JobKind kind,
        SortedMap<String, String> params,
        Map<String, String> settings,
        String label) {
    /** The most characters in a value. */
    public static final int MAX_VALUE = 256;

    /** The most characters in all values together, for an order must fit into a line with what else is told of its job. */
    public static final int MAX_VALUES = 4096;

    private static final int MOST = 64; // parameters, or settings

    public JobOrder {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Reads the order out of a message. */
    public static JobOrder of(LabMessage message) {
        String word = message.text("kind");
        String label = message.optionalText("label").orElse("");
        if (!SessionId.isLabel(label)) {
            throw new LabMessageException("key 'label': expected letters, digits, '-' and '_', got '" + label + "'");
        }
        Map<String, String> params = values(message, "params");
        Map<String, String> settings = values(message, "settings");
        if (length(params) + length(settings) > MAX_VALUES) {
            throw new LabMessageException("keys 'params' and 'settings': expected at most " + MAX_VALUES
                    + " characters in all values together");
        }
        return new JobOrder(
                message.name("sut"),
                message.name("workload"),
                JobKind.ofWord(word)
                        .orElseThrow(() -> new LabMessageException(
                                "key 'kind': expected official, profile, ranging, plain or action, got '" + word
                                        + "'")),
                new TreeMap<>(params),
                settings,
                label);
    }

    private static int length(Map<String, String> values) {
        return values.values().stream().mapToInt(String::length).sum();
    }

    private static Map<String, String> values(LabMessage message, String key) {
        Map<String, String> values = message.texts(key);
        if (values.size() > MOST) {
            throw new LabMessageException("key '" + key + "': expected at most " + MOST + " names");
        }
        values.forEach((name, value) -> {
            if (value.length() > MAX_VALUE) {
                throw new LabMessageException(
                        "key '" + key + "': the value of " + name + " has more than " + MAX_VALUE + " characters");
            }
        });
        return values;
    }

    /** Puts the order into a message. */
    public LabMessage into(LabMessage message) {
        return message.with("sut", sut)
                .with("workload", workload)
                .with("kind", kind.word())
                .with("params", params)
                .with("settings", settings)
                .with("label", label);
    }

    /** It in a line for people: workload, parameters, settings, kind. */
    public String describe() {
        List<String> words = new ArrayList<>(List.of(workload));
        params.forEach((name, value) -> words.add(name + "=" + value));
        settings.forEach((name, value) -> words.add("set " + name + "=" + value));
        if (kind != JobKind.OFFICIAL) {
            words.add("(" + kind.word() + ")");
        }
        return String.join(" ", words);
    }
}
