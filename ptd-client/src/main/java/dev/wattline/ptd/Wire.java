package dev.wattline.ptd;

import java.util.OptionalInt;

/** How commands are written: comma separated, without blanks or quotes, so that some texts cannot be sent. */
final class Wire {
    private Wire() {}

    /** The channel with the comma before it, or nothing. */
    static String suffix(OptionalInt channel) {
        return channel.isPresent() ? "," + channel.getAsInt() : "";
    }

    /** The first field of a command line. */
    static String verb(String line) {
        int comma = line.indexOf(',');
        return (comma < 0 ? line : line.substring(0, comma)).strip();
    }

    static void requireChannel(OptionalInt channel) {
        if (channel.isPresent() && channel.getAsInt() < 1) {
            throw new IllegalArgumentException("channel: expected a number from 1, got " + channel.getAsInt());
        }
    }

    static void requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": expected a number from 0, got " + value);
        }
    }

    static void requireArgument(String name, String value) {
        if (value.indexOf(',') >= 0) {
            throw new IllegalArgumentException(name + ": a comma cannot be sent, got '" + value + "'");
        }
        requireOneLine(name, value);
    }

    static void requireOneLine(String name, String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + ": control characters cannot be sent, got " + Excerpt.of(value));
        }
    }
}
