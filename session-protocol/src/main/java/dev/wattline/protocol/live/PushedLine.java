package dev.wattline.protocol.live;

import dev.wattline.model.Phase;
import dev.wattline.protocol.OneLine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A line that the director sends unasked to a client that opted in. It begins with {@code * }, as no reply does, then
 * the kind, then {@code ,<key>=<value>} fields in any order; {@code text} comes last and may hold commas. Unknown keys
 * are skipped and unknown kinds are kept as {@link Other}, so that a newer peer can say more.
 */
public sealed interface PushedLine {
    /** How every such line begins. */
    String PREFIX = "* ";

    /** The feature whose opt-in this line needs; empty for a line that this version does not send. */
    Optional<Feature> feature();

    /** The line without its terminator. */
    String line();

    /** Whether the line is a pushed one, to a client that opted in. */
    static boolean isPushed(String line) {
        return line.startsWith(PREFIX);
    }

    /** Reads a line for which {@link #isPushed} holds; it never fails. */
    static PushedLine parse(String line) {
        return PushedLineParser.parse(line);
    }

    /**
     * Where a long request stands: which step, how long the request has taken and is expected to take; the expectation
     * is zero where there is none.
     */
    record Progress(String step, Duration elapsed, Duration expected) implements PushedLine {
        @Override
        public Optional<Feature> feature() {
            return Optional.of(Feature.PROGRESS);
        }

        @Override
        public String line() {
            return PREFIX + "progress,elapsed=" + PushedLineParser.seconds(elapsed) + ",expected="
                    + PushedLineParser.seconds(expected) + ",text=" + OneLine.of(step);
        }
    }

    /** The sum of all analyzers' latest watts, by the director's clock, and the samples of the phase so far. */
    record LiveValues(Instant at, Phase phase, double watts, long samples) implements PushedLine {
        @Override
        public Optional<Feature> feature() {
            return Optional.of(Feature.LIVE);
        }

        @Override
        public String line() {
            return PREFIX + "live,at=" + at + ",phase=" + phase.word() + ",watts=" + watts + ",samples=" + samples;
        }
    }

    /** Something that happened at the director; {@code code} is a stable word such as {@code ptd-lost}. */
    record Event(EventSeverity severity, Instant at, String code, String text) implements PushedLine {
        @Override
        public Optional<Feature> feature() {
            return Optional.of(Feature.EVENTS);
        }

        @Override
        public String line() {
            return PREFIX + "event,severity=" + severity.word() + ",at=" + at + ",code=" + code + ",text="
                    + OneLine.of(text);
        }
    }

    /** A line of a kind, or with values, that this version does not know. */
    record Other(String line) implements PushedLine {
        @Override
        public Optional<Feature> feature() {
            return Optional.empty();
        }
    }
}
