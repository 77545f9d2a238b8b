package dev.wattline.protocol;

import java.nio.charset.StandardCharsets;

/** Makes text from elsewhere fit into one line of the protocol or of a log. */
public final class OneLine {
    private static final int QUOTED = 80;

    private OneLine() {}

    /** The text with control characters, line breaks among them, replaced by blanks. */
    public static String of(String text) {
        if (isOneLine(text)) {
            return text;
        }
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isOneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The same, cut to at most so many bytes of UTF-8, no character in part. */
    public static String of(String text, int bytes) {
        StringBuilder kept = new StringBuilder();
        int length = 0;
        for (int c : of(text).codePoints().toArray()) {
            length += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (length > bytes) {
                return kept + "...";
            }
            kept.appendCodePoint(c);
        }
        return kept.toString();
    }

    /** The whole text in quotes, for what a peer gave as its reason; the protocol bounds a line. */
    public static String whole(String text) {
        return "'" + of(text) + "'";
    }

    /** The text in quotes, cut after 80 characters, for messages about what a peer said. */
    public static String quoted(String text) {
        String cut = text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text;
        return "'" + of(cut) + "'";
    }
}
