package dev.wattline.cli.doctor;

import java.util.Locale;

/** How a check came out, best first. */
public enum Status {
    /** As it should be. */
    PASS,
    /** It may spoil a run, or it could not be looked at. */
    WARN,
    /** It will spoil a run, or its result. */
    FAIL;

    /** {@code pass}, {@code warn} or {@code fail}, as the table and the JSON form have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
