package dev.wattline.protocol;

import dev.wattline.model.Phase;
import dev.wattline.model.SessionId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One line from the client. Fields are separated by commas; nothing is quoted or escaped. {@link #parse} never fails: a
 * line that is no request becomes a {@link BadSessionCommand} or an {@link Unknown} with the reply it deserves.
 */
public sealed interface ControlRequest {

    /** The line as it goes over the wire, without its terminator. */
    String line();

    /** Reads a line as protocol v3 does, field by field. */
    static ControlRequest parse(String line) {
        return RequestParser.parse(line);
    }

    /** A request within an open session; {@code *} in place of the id addresses whichever session is open. */
    sealed interface SessionRequest extends ControlRequest {
        String sessionId();

        /** Whether the request means this session; if not, the reply is {@link Replies#UNKNOWN_SESSION}. */
        default boolean addresses(SessionId open) {
            return sessionId().equals("*") || sessionId().equals(open.value());
        }
    }

    /** {@code time}: the director's wall clock; further fields are ignored. */
    record Time() implements ControlRequest {
        @Override
        public String line() {
            return "time";
        }
    }

    /** {@code set_ntp}: the director shall set its clock by NTP; further fields are ignored. */
    record SetNtp() implements ControlRequest {
        @Override
        public String line() {
            return "set_ntp";
        }
    }

    /** {@code stop}: the director shall exit once this connection has ended; further fields are ignored. */
    record Stop() implements ControlRequest {
        @Override
        public String line() {
            return "stop";
        }
    }

    /** {@code new,<label>,<uuid>}: opens a session. Neither field is checked yet; the label is checked first. */
    record New(String label, String clientUuidText) implements ControlRequest {
        @Override
        public String line() {
            return "new," + label + "," + clientUuidText;
        }

        /** The client's uuid in any spelling that Python's {@code uuid.UUID} takes; empty if it is none. */
        public Optional<UUID> clientUuid() {
            return UuidText.parse(clientUuidText);
        }
    }

    /** {@code session,<id>,start,<phase>[,<volts>,<amps>]}: configures the analyzers and starts measuring. */
    record StartPhase(String sessionId, Phase phase, Optional<ManualRange> manualRange) implements SessionRequest {
        public StartPhase(String sessionId, Phase phase) {
            this(sessionId, phase, Optional.empty());
        }

        @Override
        public String line() {
            String range =
                    manualRange.map(r -> "," + r.volts() + "," + r.amps()).orElse("");
            return "session," + sessionId + ",start," + phase.word() + range;
        }
    }

    /** The ranges of a measurement without ranging, as texts, because they go on to the analyzer as they came. */
    record ManualRange(String volts, String amps) {}

    /** {@code session,<id>,stop,<phase>}: stops measuring and collects the samples. */
    record StopPhase(String sessionId, Phase phase) implements SessionRequest {
        @Override
        public String line() {
            return "session," + sessionId + ",stop," + phase.word();
        }
    }

    /** {@code session,<id>,done}: restores the ranges and closes the session. */
    record Done(String sessionId) implements SessionRequest {
        @Override
        public String line() {
            return "session," + sessionId + ",done";
        }
    }

    /** {@code download,<id>,<file>}: one of {@link ControlProtocol#SESSION_FILES}; answered by chunks, not by a line. */
    record Download(String sessionId, String file) implements ControlRequest {
        @Override
        public String line() {
            return "download," + sessionId + "," + file;
        }
    }

    /** {@code cleanup,<id>}: the client has all it wants of the session. */
    record Cleanup(String sessionId) implements ControlRequest {
        @Override
        public String line() {
            return "cleanup," + sessionId;
        }
    }

    /** {@code wattline,<version>[,<feature>...]}: our opt-in; a reference director answers {@code Error} to it. */
    record Extension(int version, List<String> features) implements ControlRequest {
        public Extension {
            features = List.copyOf(features);
        }

        @Override
        public String line() {
            return features.isEmpty()
                    ? "wattline," + version
                    : "wattline," + version + "," + String.join(",", features);
        }
    }

    /** {@code wattline-proof,<hex>}: proves, after the opt-in, that the client knows the shared token. */
    record Proof(String hex) implements ControlRequest {
        @Override
        public String line() {
            return "wattline-proof," + hex;
        }
    }

    /** {@code wattline-note,<kind>,<text>}: something the runner observed that belongs into the director's record. */
    record Note(String kind, String text) implements ControlRequest {
        /** The kind of a note about what the runner noticed. */
        public static final String NOTICED = "sut";

        /** The kind of a note that says that the runner stood still, and of the director's event that says so of itself. */
        public static final String SUSPENDED = "suspended";

        /** The kind of a note on how far the two clocks are apart, for the director's record. */
        public static final String CLOCK = "clock";

        /** The kind of a note that says why the run failed: the session counts as failed then. */
        public static final String FAILED = "failed";

        @Override
        public String line() {
            return "wattline-note," + kind + "," + text;
        }
    }

    /** A {@code session} line with an id but no known command; {@code reply} is due once the id is found to be right. */
    record BadSessionCommand(String sessionId, String line, ControlReply reply) implements SessionRequest {}

    /** Any other line, with the reply that is due to it. */
    record Unknown(String line, ControlReply reply) implements ControlRequest {}
}
