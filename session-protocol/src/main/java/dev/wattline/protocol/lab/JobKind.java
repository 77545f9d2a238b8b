package dev.wattline.protocol.lab;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is to be done with a workload. */
public enum JobKind {
    /** Ranging and testing, for a submission. */
    OFFICIAL,
    /** Ranging and testing, for oneself. */
    PROFILE,
    /** Ranging alone. */
    RANGING,
    /** The workload alone, without an analyzer. */
    PLAIN,
    /** Something that is done with the machine, such as starting it anew; the name is an action's. */
    ACTION;

    /** The word on the wire and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the analyzers are needed. */
    public boolean isMeasured() {
        return this != PLAIN && this != ACTION;
    }

    /** The kind with this word. */
    public static Optional<JobKind> ofWord(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
