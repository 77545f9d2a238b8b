package dev.wattline.compliance.run;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Verdict;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The official checks and our audit together. The official verdict stays what it is; this one says whether the session and
 * its numbers can be trusted.
 *
 * @param level the worst of what was found
 * @param text why, in a line: {@code 9 of 11 official checks passed, only source hashes differ; 2 audit warnings}
 */
public record OverallVerdict(Level level, String text) {
    private static final String SOURCES_UNKNOWN = "sources-unknown";
    private static final String MOCK = "data-mock";

    /** What the checks and the audit say together. */
    public enum Level {
        /** All official checks passed without a warning, and the audit found neither errors nor warnings. */
        PASS,
        /** Something that a person should look at: a warning, or source hashes as the only failure. */
        SUSPECT,
        /** A rehearsal: the data were made by a mock, and nothing else is wrong. */
        MADE_DATA,
        /** An official check failed for more than source hashes, or the audit found an error in what was measured. */
        FAIL;

        /** The word in reports. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        private Level and(Level other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    static OverallVerdict of(Verdict official, List<CheckResult> checks, List<Finding> audit) {
        List<String> parts = new ArrayList<>();
        Level level = official(official, checks, parts);
        boolean made = audit.stream().anyMatch(OverallVerdict::isOfMock);
        long errors = audit.stream()
                .filter(finding -> finding.severity() == Severity.ERROR && !isOfMock(finding))
                .count();
        long warnings = count(audit, Severity.WARNING);
        if (made) {
            parts.add("the data were made by a mock, not measured");
            level = level.and(Level.MADE_DATA);
        }
        if (errors > 0) {
            parts.add(counted(errors, "audit error"));
            level = Level.FAIL;
        }
        if (warnings > 0) {
            parts.add(counted(warnings, "audit warning"));
            level = level.and(Level.SUSPECT);
        }
        return new OverallVerdict(level, String.join("; ", parts));
    }

    private static Level official(Verdict official, List<CheckResult> checks, List<String> parts) {
        if (official == Verdict.CRASH) {
            parts.add("the summaries did not load");
            return Level.FAIL;
        }
        List<CheckResult> failed =
                checks.stream().filter(check -> check.verdict().bad()).toList();
        long warned =
                checks.stream().filter(check -> check.verdict() == Verdict.WARN).count();
        boolean onlySources = !failed.isEmpty() && failed.stream().allMatch(OverallVerdict::isOfSources);
        parts.add((failed.isEmpty()
                        ? "all " + checks.size() + " official checks passed"
                        : checks.size() - failed.size() + " of " + checks.size() + " official checks passed")
                + (onlySources ? ", only source hashes differ" : "")
                + (warned > 0 ? ", " + warned + " with a warning" : ""));
        return failed.isEmpty() && warned == 0
                ? Level.PASS
                : failed.isEmpty() || onlySources ? Level.SUSPECT : Level.FAIL;
    }

    private static boolean isOfMock(Finding finding) {
        return finding.id().equals(MOCK);
    }

    private static boolean isOfSources(CheckResult check) {
        return !check.findings().isEmpty()
                && check.findings().stream().allMatch(finding -> finding.id().equals(SOURCES_UNKNOWN));
    }

    private static long count(List<Finding> audit, Severity severity) {
        return audit.stream().filter(finding -> finding.severity() == severity).count();
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
