package dev.wattline.compliance.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What Python's operators do with the values of a JSON document: {@code dict} is a {@link Map}, {@code list} a
 * {@link List}, {@code str} a {@link String}, {@code int} a {@link Long} or {@link java.math.BigInteger}, {@code float} a
 * {@link Double}, {@code bool} a {@link Boolean} and {@code None} is {@link PyNone}. Where Python raises, so do these,
 * as {@link PyError}.
 */
public final class PyValues {
    private PyValues() {}

    /** {@code container[key]}. */
    public static Object item(Object container, String key) {
        if (container instanceof Map<?, ?> map) {
            Object value = map.get(key);
            if (value == null) {
                throw new PyError("field-missing", "there is no field '" + key + "'");
            }
            return value;
        }
        throw new PyError(
                "field-type", "an object with the field '" + key + "' was expected, but there is " + kind(container));
    }

    /** {@code container[index]} for an index from 0. */
    public static Object item(Object container, int index) {
        if (container instanceof List<?> list) {
            if (index >= list.size()) {
                throw new PyError(
                        "field-missing",
                        "element " + index + " was expected in a list of " + list.size() + " elements");
            }
            return list.get(index);
        }
        if (container instanceof String text && index < text.codePointCount(0, text.length())) {
            int from = text.offsetByCodePoints(0, index);
            return text.substring(from, text.offsetByCodePoints(from, 1));
        }
        throw new PyError("field-type", "a list was expected, but there is " + kind(container));
    }

    /** {@code for element in container}: the elements of a list, the keys of an object, the characters of a text. */
    public static List<Object> iterate(Object container) {
        if (container instanceof List<?> list) {
            return List.copyOf(list);
        }
        if (container instanceof Map<?, ?> map) {
            return List.copyOf(map.keySet());
        }
        if (container instanceof String text) {
            List<Object> characters = new ArrayList<>();
            text.codePoints().forEach(c -> characters.add(Character.toString(c)));
            return characters;
        }
        throw new PyError("field-type", "a list was expected, but there is " + kind(container));
    }

    /** {@code len(container)}. */
    public static int length(Object container) {
        if (container instanceof List<?> list) {
            return list.size();
        }
        if (container instanceof Map<?, ?> map) {
            return map.size();
        }
        if (container instanceof String text) {
            return text.codePointCount(0, text.length());
        }
        throw new PyError("field-type", "a list was expected, but there is " + kind(container));
    }

    /** {@code bool(value)}. */
    public static boolean truth(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (PyNumbers.isNumber(value)) {
            return !PyNumbers.equal(value, 0L);
        }
        return value != PyNone.NONE && length(value) != 0;
    }

    /** The text that a method of {@code str} is about to be called on. */
    public static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new PyError("field-type", "text was expected, but there is " + kind(value));
    }

    /** The object whose {@code keys()} are about to be used. */
    @SuppressWarnings("unchecked") // PyJson makes no other maps than those from text to values
    public static Map<String, Object> object(Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new PyError("field-type", "an object was expected, but there is " + kind(value));
    }

    /** {@code a == b}. */
    public static boolean equal(Object a, Object b) {
        if (a instanceof List<?> left && b instanceof List<?> right) {
            if (left.size() != right.size()) {
                return false;
            }
            for (int i = 0; i < left.size(); i++) {
                if (!equal(left.get(i), right.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            if (left.size() != right.size()) {
                return false;
            }
            for (Map.Entry<?, ?> entry : left.entrySet()) {
                Object other = right.get(entry.getKey());
                if (other == null || !equal(entry.getValue(), other)) {
                    return false;
                }
            }
            return true;
        }
        if (PyNumbers.isNumber(a) && PyNumbers.isNumber(b)) {
            return PyNumbers.equal(a, b);
        }
        return a.equals(b);
    }

    /** What a value is, for messages: {@code a list}, {@code null}. */
    public static String kind(Object value) {
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "a list";
        }
        if (value instanceof String) {
            return "text";
        }
        if (value instanceof Boolean) {
            return value.toString();
        }
        return value == PyNone.NONE ? "null" : "a number";
    }
}
