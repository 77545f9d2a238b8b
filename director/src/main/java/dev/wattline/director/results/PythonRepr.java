package dev.wattline.director.results;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Texts as Python's {@code repr} prints them, which is how the reference's logs quote commands and replies. */
public final class PythonRepr {
    private PythonRepr() {}

    /** The text in quotes: single ones, unless it holds such and no double ones. */
    public static String of(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c == quote) {
                        out.append('\\').append(quote);
                    } else if (c < 0x20 || (c >= 0x7f && c <= 0xa0)) {
                        out.append(String.format(Locale.ROOT, "\\x%02x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.append(quote).toString();
    }

    /** A list of texts in brackets. */
    public static String of(List<String> texts) {
        return texts.stream().map(PythonRepr::of).collect(Collectors.joining(", ", "[", "]"));
    }
}
