package dev.wattline.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Texts as Python's {@code repr} prints them, which is how the reference's logs quote commands, replies and paths. */
public final class PythonRepr {
    private PythonRepr() {}

    /** The text in quotes: single ones, unless it holds such and no double ones. */
    public static String of(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        if (isPlain(text, quote)) {
            return quote + text + quote;
        }
        StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
        text.codePoints().forEach(c -> append(out, c, quote));
        return out.append(quote).toString();
    }

    /** A list of texts in brackets. */
    public static String of(List<String> texts) {
        return texts.stream().map(PythonRepr::of).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Whether nothing is to be escaped; so it is with nearly all that the runner logs beside the workload. */
    private static boolean isPlain(String text, char quote) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f || c == quote || c == '\\') {
                return false;
            }
        }
        return true;
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
        } else if (isPrintable(c)) {
            out.appendCodePoint(c);
        } else {
            String form = c <= 0xff ? "\\x%02x" : c <= 0xffff ? "\\u%04x" : "\\U%08x";
            out.append(String.format(Locale.ROOT, form, c));
        }
    }

    /** As {@code str.isprintable} has it: all but what Unicode calls "other" or a separator that is not the space. */
    private static boolean isPrintable(int c) {
        if (c < 0x7f) {
            return c >= ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
