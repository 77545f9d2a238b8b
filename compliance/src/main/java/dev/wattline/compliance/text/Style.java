package dev.wattline.compliance.text;

import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.run.OverallVerdict;
import dev.wattline.model.finding.Severity;

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

    String level(OverallVerdict.Level level) {
        return paint(
                level.word(),
                switch (level) {
                    case PASS -> "32";
                    case SUSPECT, MADE_DATA -> "33";
                    case FAIL -> "1;31";
                });
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
