package dev.wattline.report.page;

import dev.wattline.compliance.run.OverallVerdict;

/** The colours of verdicts. */
public final class Tones {
    private Tones() {}

    /** {@code pass}, {@code fail}, and {@code suspect} for all that a person should look at. */
    public static String of(OverallVerdict.Level level) {
        return switch (level) {
            case PASS -> "pass";
            case SUSPECT, MADE_DATA -> "suspect";
            case FAIL -> "fail";
        };
    }
}
