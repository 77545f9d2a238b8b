package dev.wattline.protocol;

/** Makes text from elsewhere fit into one line of the protocol or of a log. */
public final class OneLine {
    private static final int QUOTED = 80;

    private OneLine() {}

    /** The text with control characters, line breaks among them, replaced by blanks. */
    public static String of(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The text in quotes, cut after 80 characters, for messages about what a peer said. */
    public static String quoted(String text) {
        String cut = text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text;
        return "'" + of(cut) + "'";
    }
}
