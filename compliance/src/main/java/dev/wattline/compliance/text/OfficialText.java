package dev.wattline.compliance.text;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.run.SessionReport;

/**
 * A report in the lines that the official checker logs to stderr, for scripts that read those. Where the official checker
 * prints a traceback, a line says what is wrong.
 */
public final class OfficialText {
    private OfficialText() {}

    /** The lines, each ended. */
    public static String of(SessionReport report) {
        StringBuilder out = new StringBuilder();
        boolean warned = false;
        for (CheckResult check : report.checks()) {
            warned |= check.verdict() == Verdict.WARN;
            switch (check.verdict()) {
                case PASS -> line(out, "INFO", "[x] " + check.name());
                case WARN -> {
                    line(out, "WARNING", "[x] " + check.name());
                    line(out, "WARNING", "\t" + check.message() + "\n");
                }
                case FAIL, CRASH -> {
                    line(out, "ERROR", "[ ] " + check.name());
                    line(out, "ERROR", "\t" + check.message() + "\n");
                }
            }
        }
        if (report.overall() == Verdict.CRASH) {
            return out.toString();
        }
        String suffix = warned ? ". Warnings encountered, check for audit!" : "";
        if (report.overall().bad()) {
            line(out, "ERROR", "\nERROR: Not all checks passed" + suffix);
        } else {
            line(out, "INFO", "\nAll checks passed" + suffix);
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String level, String text) {
        out.append(level).append(":main:").append(text).append('\n');
    }
}
