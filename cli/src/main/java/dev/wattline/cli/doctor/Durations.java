package dev.wattline.cli.doctor;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of runs as people write them: {@code 13h}, {@code 2h30m}, {@code 90m}, {@code 45s}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(?:([0-9]{1,4})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,8})s)?");

    private Durations() {}

    /**
     * Reads a length.
     *
     * @throws IllegalArgumentException if it is none, or zero
     */
    public static Duration parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        Duration length = Duration.ZERO;
        if (parts.matches()) {
            length = Duration.ofHours(number(parts, 1))
                    .plusMinutes(number(parts, 2))
                    .plusSeconds(number(parts, 3));
        }
        if (length.isZero()) {
            throw new IllegalArgumentException("expected a length such as 13h, 2h30m, 90m or 45s, got '" + text + "'");
        }
        return length;
    }

    private static long number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The length in the same form; parts of a second as a decimal fraction. */
    static String text(Duration length) {
        if (length.toMillisPart() != 0) {
            return length.toMillis() / 1e3 + " s";
        }
        StringBuilder text = new StringBuilder();
        append(text, length.toHours(), " h");
        append(text, length.toMinutesPart(), " min");
        append(text, length.toSecondsPart(), " s");
        return text.isEmpty() ? "0 s" : text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(text.isEmpty() ? "" : " ").append(number).append(unit);
        }
    }
}
