package dev.wattline.protocol;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The spellings of a uuid that Python's {@code uuid.UUID} takes: hyphens anywhere, braces, a urn prefix. */
final class UuidText {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32}");

    private UuidText() {}

    static Optional<UUID> parse(String text) {
        String hex = text.replace("urn:", "").replace("uuid:", "");
        hex = stripBraces(hex).replace("-", "");
        if (!HEX.matcher(hex).matches()) {
            return Optional.empty();
        }
        return Optional.of(new UUID(
                Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16)));
    }

    private static String stripBraces(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && "{}".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && "{}".indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }
}
