package dev.wattline.protocol.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One line of {@code lab/1}: an object of texts, whole and decimal numbers, truth values, lists, and objects. The getters
 * check what they take; keys that nobody asks for are ignored.
 *
 * @param fields values by key, of the types {@link String}, {@link Long}, {@link Double}, {@link Boolean}, {@link List} and
 *     {@link LabMessage}
 */
public record LabMessage(Map<String, Object> fields) {
    /** The most characters in a text, unless its reader says otherwise. */
    public static final int MAX_TEXT = 4096;

    public LabMessage {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A message without any field. */
    public static LabMessage empty() {
        return new LabMessage(Map.of());
    }

    /** A request: {@code do} and what it is to do. */
    public static LabMessage request(String what) {
        return empty().with("do", what);
    }

    /** The same with one more field. */
    public LabMessage with(String key, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        all.put(key, plain(value));
        return new LabMessage(all);
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            return ofTexts(map);
        }
        if (value instanceof List<?> list) {
            return List.copyOf(list);
        }
        return value instanceof Integer number ? number.longValue() : value;
    }

    private static LabMessage ofTexts(Map<?, ?> map) {
        Map<String, Object> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return new LabMessage(texts);
    }

    /** Whether there is such a field. */
    public boolean has(String key) {
        return fields.containsKey(key);
    }

    /**
     * A text that must be there.
     *
     * @throws LabMessageException if it is not, is no text, or has control characters or more than {@link #MAX_TEXT}
     */
    public String text(String key) {
        return optionalText(key).orElseThrow(() -> new LabMessageException("the key '" + key + "' is missing"));
    }

    /**
     * A text that may be there.
     *
     * @throws LabMessageException as {@link #text}
     */
    public Optional<String> optionalText(String key) {
        Object value = fields.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || text.length() > MAX_TEXT || hasControl(text)) {
            throw expected(key, "a text without control characters of at most " + MAX_TEXT);
        }
        return Optional.of(text);
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /**
     * A name as {@link LabProtocol#isName} has it.
     *
     * @throws LabMessageException if there is none
     */
    public String name(String key) {
        String name = text(key);
        if (!LabProtocol.isName(name)) {
            throw expected(key, "a name of small letters, digits, '.', '-' and '_'");
        }
        return name;
    }

    /**
     * A whole number in a range.
     *
     * @throws LabMessageException if there is none
     */
    public long whole(String key, long least, long greatest) {
        if (fields.get(key) instanceof Long number && number >= least && number <= greatest) {
            return number;
        }
        throw expected(key, "a whole number from " + least + " to " + greatest);
    }

    /**
     * A number.
     *
     * @throws LabMessageException if there is none
     */
    public double number(String key) {
        Object value = fields.get(key);
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof Long number) {
            return number;
        }
        throw expected(key, "a number");
    }

    /** A truth value; false if it is not there. */
    public boolean flag(String key) {
        Object value = fields.getOrDefault(key, false);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw expected(key, "true or false");
    }

    /** Texts by name; empty if there are none. In their order on the wire, which for settings counts. */
    public Map<String, String> texts(String key) {
        if (!fields.containsKey(key)) {
            return Map.of();
        }
        LabMessage object = object(key);
        Map<String, String> texts = new LinkedHashMap<>();
        object.fields().keySet().forEach(name -> {
            if (!LabProtocol.isName(name)) {
                throw expected(key, "names of small letters, digits, '.', '-' and '_'");
            }
            texts.put(name, object.text(name));
        });
        return texts;
    }

    /** The same by name. */
    public SortedMap<String, String> sortedTexts(String key) {
        return new TreeMap<>(texts(key));
    }

    /**
     * An object.
     *
     * @throws LabMessageException if there is none
     */
    public LabMessage object(String key) {
        if (fields.get(key) instanceof LabMessage object) {
            return object;
        }
        throw expected(key, "an object");
    }

    /** A list of texts, which may have control characters; empty if there is none. */
    public List<String> list(String key) {
        List<String> texts = new ArrayList<>();
        for (Object one : values(key)) {
            if (!(one instanceof String text) || text.length() > MAX_TEXT) {
                throw expected(key, "a list of texts of at most " + MAX_TEXT + " characters");
            }
            texts.add(text);
        }
        return texts;
    }

    /** A list of objects; empty if there is none. */
    public List<LabMessage> objects(String key) {
        List<LabMessage> objects = new ArrayList<>();
        for (Object one : values(key)) {
            if (!(one instanceof LabMessage object)) {
                throw expected(key, "a list of objects");
            }
            objects.add(object);
        }
        return objects;
    }

    private List<?> values(String key) {
        Object value = fields.getOrDefault(key, List.of());
        if (value instanceof List<?> list) {
            return list;
        }
        throw expected(key, "a list");
    }

    private LabMessageException expected(String key, String what) {
        return new LabMessageException("key '" + key + "': expected " + what);
    }
}
