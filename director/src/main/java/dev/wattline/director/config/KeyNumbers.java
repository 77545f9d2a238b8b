package dev.wattline.director.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Values of keys as numbers; each method throws {@link IllegalArgumentException} with what it expected. */
final class KeyNumbers {
    private KeyNumbers() {}

    static int integer(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected an integer, got '" + text + "'", e);
        }
    }

    /** An integer from 0 up. */
    static int count(String text) {
        int value = integer(text);
        if (value < 0) {
            throw new IllegalArgumentException("expected an integer from 0 up, got '" + text + "'");
        }
        return value;
    }

    static int port(String text) {
        int port;
        try {
            port = Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a port from 1 to 65535, got '" + text + "'", e);
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("expected a port from 1 to 65535, got '" + text + "'");
        }
        return port;
    }

    static List<Integer> integers(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            numbers.add(integer(part));
        }
        return numbers;
    }

    /** Seconds above zero. */
    static Duration deadline(String text) {
        Duration deadline = seconds(text);
        if (deadline.isZero()) {
            throw new IllegalArgumentException("expected seconds above 0, got '" + text + "'");
        }
        return deadline;
    }

    static Duration seconds(String text) {
        try {
            BigDecimal seconds = new BigDecimal(text.strip());
            if (seconds.signum() >= 0 && seconds.compareTo(BigDecimal.valueOf(10_000_000)) < 0) {
                return Duration.ofMillis(seconds.movePointRight(3).longValue());
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected seconds, such as 10 or 0.5, got '" + text + "'", e);
        }
        throw new IllegalArgumentException("expected seconds from 0 up, got '" + text + "'");
    }
}
