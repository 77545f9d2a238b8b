package dev.wattline.protocol.live;

import dev.wattline.model.Phase;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * LoadGen's power window of a phase, on the measured machine's clock, as the runner found it: the text of a note of kind
 * {@value #KIND}, such as {@code ranging 2026-11-22T04:48:46.343Z 2026-11-22T04:58:46.343Z}.
 */
public record LoadgenWindow(Phase phase, Instant begin, Instant end) {
    /** The kind of the note. */
    public static final String KIND = "loadgen";

    private static final int WORDS = 3;

    /** The note's text. */
    public String text() {
        return phase.word() + " " + begin + " " + end;
    }

    /** Reads a note's text; empty if it says something else. */
    public static Optional<LoadgenWindow> parse(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != WORDS) {
            return Optional.empty();
        }
        try {
            Instant begin = Instant.parse(words[1]);
            Instant end = Instant.parse(words[2]);
            return Phase.ofWord(words[0]).map(phase -> new LoadgenWindow(phase, begin, end));
        } catch (DateTimeException e) {
            return Optional.empty(); // the words of a newer peer
        }
    }
}
