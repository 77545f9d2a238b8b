package dev.wattline.director.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the director watches while a phase runs; {@code stopOn} names those that end the phase. */
public enum LiveCheck {
    /** PTDaemon ended or closed its connection. */
    PTD_LOST("ptd-lost"),
    /** No sample for more than 1.5 s. */
    GAP("sample-gap"),
    /** Two samples with the same time, or one that is older than the one before. */
    ORDER("sample-duplicate", "sample-order"),
    /** Fewer samples than seconds since Go. */
    BEHIND("samples-missing"),
    /** PTDaemon warns of an uncertainty above 1 %, while testing. */
    UNCERTAINTY("load-uncertainty"),
    /** A reading at or above the range that is set, or one that PTDaemon calls out of range, while testing. */
    RANGE("sample-out-of-range", "range-exceeded"),
    /** A reading that is no number, missed, negative or zero, while testing. */
    READING("sample-zero", "sample-error", "sample-missed", "row-malformed"),
    /** A step of the director's wall clock by more than 50 ms. */
    CLOCK("clock-step"),
    /** A time of more than 3 s in which the director, the runner or a plain client stood still. */
    SUSPENDED("process-stalled"),
    /** PTDaemon logs an ERROR while testing. */
    PTD_ERROR("testing-errors"),
    /** PTDaemon logs a WARNING other than of an uncertainty above 1 %, while testing. */
    PTD_WARNING("load-warnings"),
    /** LoadGen's power window lies outside its phase, or is not covered by samples. */
    LOADGEN_WINDOW("loadgen-clock", "window-empty", "window-uncovered"),
    /** Less space left than the phase is expected to need. */
    DISK("disk-low");

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> findings; // the ids in the catalogue of what it finds

    LiveCheck(String... findings) {
        this.findings = Set.of(findings);
    }

    /** The check that looks for findings of this id, if one does. */
    public static Optional<LiveCheck> finding(String id) {
        return Arrays.stream(values())
                .filter(check -> check.findings.contains(id))
                .findFirst();
    }

    /** The word in the configuration and in messages, such as {@code ptd-lost}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads a list such as {@code ptd-lost, gap}; {@code none} is the empty one.
     *
     * @throws IllegalArgumentException if a word is no check
     */
    static Set<LiveCheck> parse(String text) {
        Set<LiveCheck> checks = EnumSet.noneOf(LiveCheck.class);
        if (text.strip().equals("none")) {
            return checks;
        }
        for (String part : text.split(",", -1)) {
            checks.add(of(part.strip()));
        }
        return checks;
    }

    private static LiveCheck of(String word) {
        for (LiveCheck check : values()) {
            if (check.word().equals(word)) {
                return check;
            }
        }
        throw new IllegalArgumentException("expected none or a list of "
                + String.join(
                        ", ",
                        EnumSet.allOf(LiveCheck.class).stream()
                                .map(LiveCheck::word)
                                .toList())
                + "; got '" + word + "'");
    }
}
