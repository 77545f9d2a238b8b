package dev.wattline.model;

import java.util.Locale;
import java.util.Optional;

/** The two passes of a measurement: ranges found on automatic, then measured with these ranges fixed. */
public enum Phase {
    RANGING("ranging", "ranging"),
    TESTING("testing", "run_1");

    private final String word;
    private final String folder;

    Phase(String word, String folder) {
        this.word = word;
        this.folder = folder;
    }

    /** The word used on the wire, in marks and in the summaries' {@code phases}. */
    public String word() {
        return word;
    }

    /** The session folder's subfolder for this phase: {@code ranging} or {@code run_1}. */
    public String folder() {
        return folder;
    }

    /** The phase with this wire word, if there is one; the case matters, as it does to the reference. */
    public static Optional<Phase> ofWord(String word) {
        for (Phase phase : values()) {
            if (phase.word.equals(word)) {
                return Optional.of(phase);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
