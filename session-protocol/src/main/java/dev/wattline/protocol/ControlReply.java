package dev.wattline.protocol;

import dev.wattline.model.PythonFloat;
import dev.wattline.model.SessionId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** One line of answer. */
public sealed interface ControlReply extends ControlAnswer {
    /** The line as it goes over the wire, without its terminator. */
    String line();

    /** Tells an agreement from a refusal; any other line, such as a time, is a {@link Value}. */
    static ControlReply parse(String line) {
        if (line.equals("OK")) {
            return Replies.OK;
        }
        if (line.startsWith("OK ")) {
            return new Ok(line.substring("OK ".length()));
        }
        return line.startsWith("Error") ? new Failure(line) : new Value(line);
    }

    /** {@code Error: <text>}; line breaks in the text become blanks, and its end is cut, since a reply is one line. */
    static ControlReply error(String text) {
        return new Failure("Error: " + OneLine.of(text, ControlProtocol.MAX_LINE_BYTES - 100));
    }

    /** {@code OK <id>,<uuid>}: a session was opened. */
    static ControlReply opened(SessionId id, UUID serverUuid) {
        return new Ok(id + "," + serverUuid);
    }

    /** The reply to {@code time}: seconds since the epoch as Python's {@code str(float)} writes them. */
    static ControlReply time(double epochSeconds) {
        return new Value(PythonFloat.repr(epochSeconds));
    }

    /** Whether the reply is exactly {@code OK}. */
    default boolean isOk() {
        return equals(Replies.OK);
    }

    /** {@code OK}, or {@code OK <rest>}. */
    record Ok(String rest) implements ControlReply {
        @Override
        public String line() {
            return rest.isEmpty() ? "OK" : "OK " + rest;
        }

        /** The session that was opened, if that is what the rest says. */
        public Optional<Opened> opened() {
            String[] fields = rest.split(",", -1);
            if (fields.length != 2 || !SessionId.isSessionId(fields[0])) {
                return Optional.empty();
            }
            return UuidText.parse(fields[1]).map(uuid -> new Opened(new SessionId(fields[0]), uuid));
        }
    }

    /** A session as the director named it. */
    record Opened(SessionId id, UUID serverUuid) {}

    /** A line that begins with {@code Error}. */
    record Failure(String line) implements ControlReply {}

    /** Any other line. */
    record Value(String line) implements ControlReply {
        private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,17})?(e\\+?\\d\\d)?");

        /** The line as a time in seconds since the epoch; empty if it is no plain decimal number. */
        public Optional<Double> epochSeconds() {
            return NUMBER.matcher(line).matches() ? Optional.of(Double.parseDouble(line)) : Optional.empty();
        }
    }
}
