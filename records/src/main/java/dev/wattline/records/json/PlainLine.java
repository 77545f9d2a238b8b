package dev.wattline.records.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads wanted keys of a line of JSON several times faster than a general parser, which it does not replace: it gives up on
 * a line with anything in it that is not plain, such as a character that is not ASCII, an escape in a wanted value, or an
 * error. What it reads is what the general parser would. Not safe for use by several threads.
 */
final class PlainLine {
    // Far below what the general parser takes.
    private static final int MAX_DEPTH = 100;
    private static final int MAX_WORD = 500; // bytes of a name or a number

    private final WantedKeys wanted;
    private byte[] bytes = {};
    private int at;
    private int end;

    /** The line is not plain; without a stack trace, for it may be thrown for each line. */
    private static final class NotPlainException extends Exception {
        private static final long serialVersionUID = 1L;

        private NotPlainException() {
            super("not plain", null, false, false);
        }
    }

    PlainLine(WantedKeys wanted) {
        this.wanted = wanted;
    }

    /**
     * Reads a line.
     *
     * @param values gets the wanted values; what was there stays where a key is not in the line
     * @return false if the line is not plain; the values mean nothing then
     */
    boolean read(byte[] line, int from, int length, @Nullable String[] values) {
        bytes = line;
        at = from;
        end = from + length;
        try {
            space();
            expect('{');
            object(wanted, values, 0);
            space();
            return at == end;
        } catch (NotPlainException e) {
            return false;
        }
    }

    /** The next byte; 0 at the end, which nothing expects. */
    private byte peek() {
        return at < end ? bytes[at] : 0;
    }

    private void expect(char wantedByte) throws NotPlainException {
        if (peek() != wantedByte) {
            throw new NotPlainException();
        }
        at++;
    }

    private void space() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
    }

    /** Behind its brace. */
    private void object(@Nullable WantedKeys keys, @Nullable String[] values, int depth) throws NotPlainException {
        if (depth > MAX_DEPTH) {
            throw new NotPlainException();
        }
        space();
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            expect('"');
            int name = at;
            boolean escaped = string();
            if (at - name > MAX_WORD) {
                throw new NotPlainException();
            }
            WantedKeys child = null;
            if (keys != null) {
                if (escaped) {
                    throw new NotPlainException();
                }
                child = keys.child(bytes, name, at - 1 - name);
            }
            space();
            expect(':');
            space();
            value(child, values, depth);
            space();
            byte next = peek();
            at++;
            if (next == '}') {
                return;
            } else if (next != ',') {
                throw new NotPlainException();
            }
            space();
        }
    }

    private void value(@Nullable WantedKeys key, @Nullable String[] values, int depth) throws NotPlainException {
        int begin = at;
        byte first = peek();
        if (first == '"') {
            at++;
            boolean escaped = string();
            if (key != null) {
                if (escaped) {
                    throw new NotPlainException();
                }
                key.put(text(begin + 1, at - 1), values);
            }
        } else if (first == '{') {
            at++;
            object(key, values, depth + 1);
        } else if (first == '[') {
            at++;
            array(key, values, depth + 1);
        } else {
            if (first == 't') {
                word("true");
            } else if (first == 'f') {
                word("false");
            } else if (first == 'n') {
                word("null");
            } else {
                number();
            }
            if (key != null) {
                key.put(text(begin, at), values);
            }
        }
    }

    /** Behind its bracket; the elements that are neither lists nor objects are the value. */
    private void array(@Nullable WantedKeys key, @Nullable String[] values, int depth) throws NotPlainException {
        if (depth > MAX_DEPTH) {
            throw new NotPlainException();
        }
        StringBuilder elements = key == null ? null : new StringBuilder();
        space();
        if (peek() == ']') {
            at++;
        } else {
            byte next;
            do {
                space();
                int begin = at;
                byte first = peek();
                value(null, values, depth);
                if (elements != null && first != '{' && first != '[') {
                    boolean string = first == '"';
                    String element = string ? text(begin + 1, at - 1) : text(begin, at);
                    if (element.indexOf('\\') >= 0) {
                        throw new NotPlainException();
                    }
                    elements.append(elements.length() == 0 ? "" : ",").append(element);
                }
                space();
                next = peek();
                at++;
            } while (next == ',');
            if (next != ']') {
                throw new NotPlainException();
            }
        }
        if (key != null) {
            key.put(String.valueOf(elements), values);
        }
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** To behind its closing quote; returns whether it has escapes. */
    private boolean string() throws NotPlainException {
        byte[] all = bytes;
        int last = end;
        boolean escaped = false;
        int i = at;
        while (i < last) {
            byte one = all[i++];
            if (one == '"') {
                at = i;
                return escaped;
            } else if (one < ' ') { // also what is not ASCII
                break;
            } else if (one == '\\') {
                escaped = true;
                if (i == last || "\"\\/bfnrt".indexOf(all[i++]) < 0) {
                    break;
                }
            }
        }
        throw new NotPlainException();
    }

    private void word(String expected) throws NotPlainException {
        for (int i = 0; i < expected.length(); i++) {
            expect(expected.charAt(i));
        }
    }

    private void number() throws NotPlainException {
        int begin = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        byte exponent = peek();
        if (exponent == 'e' || exponent == 'E') {
            at++;
            byte sign = peek();
            if (sign == '+' || sign == '-') {
                at++;
            }
            digits();
        }
        if (at - begin > MAX_WORD) {
            throw new NotPlainException();
        }
    }

    private void digits() throws NotPlainException {
        int begin = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == begin) {
            throw new NotPlainException();
        }
    }
}
