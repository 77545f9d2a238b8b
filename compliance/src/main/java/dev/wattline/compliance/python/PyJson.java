package dev.wattline.compliance.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Python's {@code json.loads} reads it: {@code NaN} and {@code Infinity} are numbers, of two equal keys the later
 * value counts at the earlier place, integers have any size, a lone surrogate is a character, and about a thousand
 * levels of nesting are the end. (ADR 0040 says why this is not Jackson.) Without recursion, so that the nesting of the
 * input costs no stack. See {@link PyValues} for what the values are.
 */
public final class PyJson {
    private static final int MAX_DEPTH = 990; // the reference's interpreter gives up a few levels later
    private static final int MAX_INTEGER_DIGITS = 4300;

    private final String text;
    private final Object @Nullable [] wanted;
    private final List<Frame> frames = new ArrayList<>();
    private final Map<String, String> keys = new HashMap<>();
    private int at;
    private int found = -1;

    /** A container that is not closed yet, and where in it the next value goes. */
    private static final class Frame {
        final @Nullable Map<String, Object> map;
        final @Nullable List<Object> list;
        String key = "";

        Frame(@Nullable Map<String, Object> map, @Nullable List<Object> list) {
            this.map = map;
            this.list = list;
        }

        void add(Object value) {
            if (map != null) {
                map.put(key, value);
            } else if (list != null) {
                list.add(value);
            }
        }

        Object container() {
            return map != null ? map : java.util.Objects.requireNonNull(list);
        }

        boolean isAt(Object step) {
            return list != null ? step.equals(list.size()) : step.equals(key);
        }
    }

    private PyJson(String text, Object @Nullable [] wanted) {
        this.text = text;
        this.wanted = wanted;
    }

    /**
     * The value of a document.
     *
     * @throws PyError if Python would not read it; the message names line and column
     */
    public static Object parse(String text) {
        return new PyJson(text, null).document();
    }

    /**
     * The line, from 1, on which the value at this path begins, keys as {@link String} and indices as {@link Integer};
     * 0 if there is none.
     */
    public static long lineOf(String text, Object... path) {
        PyJson parser = new PyJson(text, path);
        parser.document();
        return parser.found < 0 ? 0 : parser.line(parser.found);
    }

    private Object document() {
        if (text.startsWith("\ufeff")) {
            throw error("a byte order mark stands before it", 0);
        }
        skipSpace();
        Object value = value();
        skipSpace();
        if (at < text.length()) {
            throw error("something follows its end", at);
        }
        return value;
    }

    private Object value() {
        for (; ; ) {
            notePath();
            Object value;
            char c = peek();
            if (c == '{') {
                open(new Frame(new LinkedHashMap<>(), null));
                if (peek() != '}') {
                    key();
                    continue;
                }
                at++;
                value = close();
            } else if (c == '[') {
                open(new Frame(null, new ArrayList<>()));
                if (peek() != ']') {
                    continue;
                }
                at++;
                value = close();
            } else {
                value = c == '"' ? string() : atom(c);
            }
            while (!frames.isEmpty() && !moreAfter(value)) {
                value = close();
            }
            if (frames.isEmpty()) {
                return value;
            }
        }
    }

    /** Adds the value to the innermost container; whether another value follows there, else it has just been closed. */
    private boolean moreAfter(Object value) {
        Frame frame = frames.get(frames.size() - 1);
        frame.add(value);
        skipSpace();
        char c = peek();
        if (c == ',') {
            at++;
            skipSpace();
            if (frame.map != null) {
                key();
            }
            return true;
        }
        if (c != (frame.map != null ? '}' : ']')) {
            throw error("a comma was expected", at);
        }
        at++;
        return false;
    }

    private void open(Frame frame) {
        if (frames.size() >= MAX_DEPTH) {
            throw new PyError("json-too-deep", "is nested more than " + MAX_DEPTH + " levels deep");
        }
        frames.add(frame);
        at++;
        skipSpace();
    }

    private Object close() {
        return frames.remove(frames.size() - 1).container();
    }

    private void key() {
        if (peek() != '"') {
            throw error("a name in double quotes was expected", at);
        }
        String key = string();
        String known = keys.putIfAbsent(key, key);
        frames.get(frames.size() - 1).key = known == null ? key : known;
        skipSpace();
        if (peek() != ':') {
            throw error("a colon was expected", at);
        }
        at++;
        skipSpace();
    }

    private void notePath() {
        if (wanted == null || frames.size() != wanted.length) {
            return;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!frames.get(i).isAt(wanted[i])) {
                return;
            }
        }
        found = at; // a later one of two equal keys counts
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
                return;
            }
            at++;
        }
    }

    private String string() {
        int begin = at;
        int from = ++at;
        StringBuilder out = null;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                String tail = text.substring(from, at++);
                return out == null ? tail : out.append(tail).toString();
            }
            if (c < 0x20) {
                throw error("a control character stands in a text", at);
            }
            if (c != '\\') {
                at++;
                continue;
            }
            out = (out == null ? new StringBuilder() : out).append(text, from, at);
            out.append(escape());
            from = at;
        }
        throw error("a text is not closed", begin);
    }

    private char escape() {
        int begin = at++;
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal(begin);
            default -> throw error("an escape is unknown", begin);
        };
    }

    private char hexadecimal(int begin) {
        int value = 0;
        for (int end = at + 4; at < end; at++) {
            char h = peek();
            int digit = h < 0x80 ? Character.digit(h, 16) : -1;
            if (digit < 0) {
                throw error("four hexadecimal digits were expected", begin + 1);
            }
            value = (value << 4) | digit;
        }
        return (char) value;
    }

    private Object atom(char c) {
        if (c == '-' || (c >= '0' && c <= '9')) {
            return number();
        }
        for (Map.Entry<String, Object> word : Words.VALUES.entrySet()) {
            if (text.startsWith(word.getKey(), at)) {
                at += word.getKey().length();
                return word.getValue();
            }
        }
        throw error("a value was expected", at);
    }

    private static final class Words {
        static final Map<String, Object> VALUES = Map.of(
                "null",
                PyNone.NONE,
                "true",
                true,
                "false",
                false,
                "NaN",
                Double.NaN,
                "Infinity",
                Double.POSITIVE_INFINITY);
    }

    private Object number() {
        int begin = at;
        int i = text.charAt(at) == '-' ? at + 1 : at;
        if (i > begin && text.startsWith("Infinity", i)) {
            at = i + "Infinity".length();
            return Double.NEGATIVE_INFINITY;
        }
        int digits = i;
        i = digit(i) && text.charAt(i) == '0' ? i + 1 : digits(i);
        if (i == digits) {
            throw error("a value was expected", begin);
        }
        int integerEnd = i;
        if (i + 1 < text.length() && text.charAt(i) == '.' && digit(i + 1)) {
            i = digits(i + 1);
        }
        if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            int exponent = i + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '-' || text.charAt(exponent) == '+')) {
                exponent++;
            }
            i = digit(exponent) ? digits(exponent) : i;
        }
        at = i;
        if (i > integerEnd) {
            return Double.parseDouble(text.substring(begin, i));
        }
        if (i - digits < 18) {
            return Long.parseLong(text.substring(begin, i));
        }
        if (i - digits > MAX_INTEGER_DIGITS) {
            throw error("an integer has more than " + MAX_INTEGER_DIGITS + " digits", begin);
        }
        return new BigInteger(text.substring(begin, i));
    }

    private boolean digit(int i) {
        return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }

    private int digits(int from) {
        int i = from;
        while (digit(i)) {
            i++;
        }
        return i;
    }

    private long line(int offset) {
        return 1 + text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private PyError error(String what, int offset) {
        long line = line(offset);
        int column = offset - text.lastIndexOf('\n', offset - 1);
        return new PyError("json-malformed", "is no JSON: " + what + " (line " + line + ", column " + column + ")")
                .atLine(line);
    }
}
