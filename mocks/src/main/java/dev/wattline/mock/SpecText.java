package dev.wattline.mock;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A thing described in a line: its kind, and then {@code ,key=value} in any order. For one thread. */
public final class SpecText {
    private final String what;
    private final String text;
    private final String forms;
    private final String kind;
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * @param what a word for such things, which begins each message
     * @param forms the sentence that says which there are
     * @throws InvalidOptionException if a part is no {@code key=value}
     */
    public SpecText(String what, String text, String forms) {
        this.what = what;
        this.text = text;
        this.forms = forms;
        String[] parts = text.split(",", -1);
        this.kind = parts[0];
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                throw wrong("expected key=value, got '" + parts[i] + "'");
            }
            values.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
    }

    /** What comes before the first comma. */
    public String kind() {
        return kind;
    }

    /** This, if it has no other keys. */
    public SpecText only(String... keys) {
        Set<String> known = Set.of(keys);
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw wrong("unknown key '" + key + "'");
            }
        }
        return this;
    }

    /** The text of a key, or another. */
    public String text(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    /** The number of a key, which must be there. */
    public double required(String key) {
        String value = values.get(key);
        if (value == null) {
            throw wrong("expected a key '" + key + "'");
        }
        return number(key, value);
    }

    /** The whole number of 0 or more of a key, which must be there. */
    public int index(String key) {
        double index = required(key);
        if (index < 0 || index != Math.rint(index)) {
            throw wrong(key + ": expected an index, got " + index);
        }
        return (int) index;
    }

    /** A finite number. */
    public double number(String key, double otherwise) {
        String value = values.get(key);
        return value == null ? otherwise : number(key, value);
    }

    /** A number of 0 or more. */
    public double notNegative(String key, double otherwise) {
        double value = number(key, otherwise);
        if (value < 0) {
            throw wrong(key + ": expected 0 or more, got " + value);
        }
        return value;
    }

    /** A number above 0. */
    public double positive(String key, double otherwise) {
        double value = number(key, otherwise);
        if (!(value > 0)) {
            throw wrong(key + ": expected more than 0, got " + value);
        }
        return value;
    }

    /** A part of a key's text as a finite number. */
    public double number(String key, String part) {
        try {
            double number = Double.parseDouble(part);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(key + ": expected a number, got '" + part + "'");
        }
        throw wrong(key + ": expected a finite number, got '" + part + "'");
    }

    /** What is wrong with it. */
    public InvalidOptionException wrong(String problem) {
        return new InvalidOptionException(what + " '" + text + "': " + problem, forms);
    }
}
