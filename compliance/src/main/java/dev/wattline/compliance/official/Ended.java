package dev.wattline.compliance.official;

import dev.wattline.compliance.Finding;
import dev.wattline.compliance.Severity;
import dev.wattline.compliance.Verdict;

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
        Finding mild = new Finding(
                finding.id(),
                Severity.WARNING,
                finding.message(),
                finding.file(),
                finding.line(),
                finding.values(),
                finding.limit());
        return new Ended(Verdict.WARN, message, mild);
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
