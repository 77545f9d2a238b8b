package dev.wattline.compliance.text;

import dev.wattline.compliance.Severity;
import dev.wattline.compliance.Verdict;

/** Colours of a terminal, or none. */
public enum Style {
    PLAIN,
    COLOUR;

    private static final String RESET = "\u001b[0m";

    String verdict(Verdict verdict) {
        String word = verdict == Verdict.PASS ? "pass" : verdict == Verdict.WARN ? "warn" : verdict.name();
        return paint(word, verdict.bad() ? "1;31" : verdict == Verdict.WARN ? "33" : "32");
    }

    String severity(Severity severity) {
        return paint(severity.word(), severity == Severity.ERROR ? "1;31" : severity == Severity.WARNING ? "33" : "36");
    }

    String strong(String text) {
        return paint(text, "1");
    }

    String faint(String text) {
        return paint(text, "2");
    }

    private String paint(String text, String code) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + RESET;
    }
}
