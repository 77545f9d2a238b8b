package dev.wattline.compliance;

import java.util.Locale;

/** What a check says of a session, and what all of them say together. */
public enum Verdict {
    PASS,
    /** Passed, with something that the official checker wants audited. */
    WARN,
    FAIL,
    /** The summaries could not be loaded, so that no check ran. */
    CRASH;

    /** The word in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the session is not valid. */
    public boolean bad() {
        return this == FAIL || this == CRASH;
    }

    /** The worse of two. */
    public Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
