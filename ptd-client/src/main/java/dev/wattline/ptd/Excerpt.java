package dev.wattline.ptd;

/** Text from the wire, made fit for a message of one line: control characters shown as dots, long ones cut. */
final class Excerpt {
    private static final int LIMIT = 200;

    private Excerpt() {}

    /** The text in quotes. */
    static String of(String text) {
        String more = text.length() > LIMIT ? " and " + (text.length() - LIMIT) + " more characters" : "";
        return "'" + start(text) + "'" + more;
    }

    /** The text as a part of a sentence. */
    static String clause(String text) {
        return text.length() > LIMIT ? start(text) + "..." : start(text);
    }

    private static String start(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().limit(LIMIT).forEach(c -> out.append(Character.isISOControl(c) ? '.' : (char) c));
        return out.toString();
    }
}
