package dev.wattline.model.finding;

import java.util.Locale;

/** How bad a finding is. */
public enum Severity {
    /** Worth knowing; nothing is wrong. */
    INFO,
    /** A person should look at it. */
    WARNING,
    /** The session does not keep a rule, or its numbers cannot be trusted. */
    ERROR;

    /** The word in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
