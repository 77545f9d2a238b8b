package dev.wattline.compliance.python;

/** Blanks as {@code str.strip}, {@code \s} and {@code str.isspace} of Python understand them. */
public final class PySpace {
    private PySpace() {}

    /** Whether Python takes the character for a blank. */
    public static boolean isSpace(char c) {
        if (c <= 0x20) {
            return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
        }
        return switch (c) {
            case 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000 -> true;
            default -> c >= 0x2000 && c <= 0x200a;
        };
    }

    /** The text without blanks at its ends, {@code str.strip()}. */
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }
}
