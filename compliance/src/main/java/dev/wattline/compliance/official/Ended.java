package dev.wattline.compliance.official;

import dev.wattline.compliance.Verdict;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;

/** The end of a check that does not simply pass: the official text, and the finding that explains it. */
final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Verdict verdict;
    private final transient Finding finding;

    private Ended(Verdict verdict, String message, Finding finding) {
        super(message, null, false, false);
        this.verdict = verdict;
        this.finding = finding;
    }

    /** The check fails with this official text. */
    static Ended fail(String message, Finding finding) {
        return new Ended(Verdict.FAIL, message, finding);
    }

    /** The check passes with this official warning. */
    static Ended warn(String message, Finding finding) {
        return new Ended(Verdict.WARN, message, finding.withSeverity(Severity.WARNING));
    }

    Verdict verdict() {
        return verdict;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    Finding finding() {
        return finding;
    }
}
