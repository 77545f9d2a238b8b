package dev.wattline.compliance.python;

import java.util.regex.Pattern;

/** The form of {@code float}'s argument, a single underscore allowed between digits; apart, so that few load it. */
final class FloatShape {
    private static final String DIGITS = "[0-9](?:_?[0-9])*";
    private static final Pattern FLOAT = Pattern.compile(
            "(?:" + DIGITS + "(?:\\.(?:" + DIGITS + ")?)?|\\." + DIGITS + ")(?:[eE][-+]?" + DIGITS + ")?");

    private FloatShape() {}

    static boolean matches(String unsigned) {
        return FLOAT.matcher(unsigned).matches();
    }
}
