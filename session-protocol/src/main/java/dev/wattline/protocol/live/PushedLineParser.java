package dev.wattline.protocol.live;

import dev.wattline.model.Phase;
import dev.wattline.protocol.live.PushedLine.Event;
import dev.wattline.protocol.live.PushedLine.LiveValues;
import dev.wattline.protocol.live.PushedLine.Other;
import dev.wattline.protocol.live.PushedLine.Progress;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** See {@link PushedLine#parse}. */
final class PushedLineParser {
    private static final String TEXT = ",text=";
    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(1e9);

    private PushedLineParser() {}

    static PushedLine parse(String line) {
        try {
            int textAt = line.indexOf(TEXT);
            String head = textAt < 0 ? line : line.substring(0, textAt);
            Fields fields = new Fields(new HashMap<>());
            String[] parts = head.substring(PushedLine.PREFIX.length()).split(",", -1);
            for (int i = 1; i < parts.length; i++) {
                int equals = parts[i].indexOf('=');
                if (equals > 0) {
                    fields.values.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
                }
            }
            if (textAt >= 0) {
                fields.values.put("text", line.substring(textAt + TEXT.length()));
            }
            return typed(parts[0], fields, line);
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            return new Other(line); // a newer peer's spelling is no reason to lose the measurement
        }
    }

    private static PushedLine typed(String kind, Fields fields, String line) {
        return switch (kind) {
            case "progress" ->
                new Progress(fields.get("text"), fields.duration("elapsed"), fields.duration("expected"));
            case "live" ->
                new LiveValues(
                        Instant.parse(fields.get("at")),
                        Phase.ofWord(fields.get("phase")).orElseThrow(IllegalArgumentException::new),
                        Double.parseDouble(fields.get("watts")),
                        Long.parseLong(fields.get("samples")));
            case "event" ->
                new Event(
                        EventSeverity.valueOf(fields.get("severity").toUpperCase(Locale.ROOT)),
                        Instant.parse(fields.get("at")),
                        fields.get("code"),
                        fields.get("text"));
            default -> new Other(line);
        };
    }

    /** Seconds with a tenth, as progress lines carry them. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1e3);
    }

    private record Fields(Map<String, String> values) {
        String get(String key) {
            String value = values.get(key);
            if (value == null) {
                throw new IllegalArgumentException("no " + key);
            }
            return value;
        }

        Duration duration(String key) {
            String text = get(key);
            BigDecimal seconds = text.length() <= 20 ? new BigDecimal(text) : BigDecimal.TEN.negate();
            if (seconds.signum() < 0 || seconds.compareTo(MAX_SECONDS) > 0) {
                throw new IllegalArgumentException("no duration: " + text);
            }
            return Duration.ofMillis(seconds.movePointRight(3).longValue());
        }
    }
}
