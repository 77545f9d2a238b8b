package dev.wattline.model;

/** Numbers of a fixed width. */
final class Digits {
    private Digits() {}

    /** Appends a number with zeros before it, at least as wide as this. */
    static StringBuilder pad(StringBuilder out, int value, int width) {
        String digits = Integer.toString(value);
        for (int i = digits.length(); i < width; i++) {
            out.append('0');
        }
        return out.append(digits);
    }
}
