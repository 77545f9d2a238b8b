package dev.wattline.sut.session;

import java.util.Locale;

/** Text in quotes as Python's {@code repr} writes it, since {@code client.log} quotes commands and paths that way. */
final class PythonRepr {
    private PythonRepr() {}

    /** In single quotes, or in double quotes where the text holds a single but no double one. */
    static String of(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
        text.codePoints().forEach(c -> append(out, c, quote));
        return out.append(quote).toString();
    }

    private static void append(StringBuilder out, int c, char quote) {
        if (c == quote || c == '\\') {
            out.append('\\').append((char) c);
        } else if (c == '\n') {
            out.append("\\n");
        } else if (c == '\r') {
            out.append("\\r");
        } else if (c == '\t') {
            out.append("\\t");
        } else if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
            out.append(String.format(Locale.ROOT, "\\x%02x", c));
        } else {
            out.appendCodePoint(c);
        }
    }
}
