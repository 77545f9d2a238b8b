package dev.wattline.compliance.text;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Decimals;
import dev.wattline.compliance.Explanation;
import dev.wattline.compliance.Finding;
import dev.wattline.compliance.FindingCatalog;
import dev.wattline.compliance.Severity;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.SessionReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports for people: every check, what is wrong and why, what to do, and the metric. */
public final class TextReport {
    private static final String NEWLINE = "\n";
    private static final String INDENT = "        ";
    private static final int MESSAGE_LIMIT = 600; // a message may hold a whole list of source files

    private final Style style;

    public TextReport(Style style) {
        this.style = style;
    }

    /** A whole report, with a blank line at its end. */
    public String full(SessionReport report) {
        StringBuilder out = new StringBuilder();
        head(out, report);
        for (CheckResult check : report.checks()) {
            check(out, check);
        }
        audit(out, report.audit());
        metric(out, report.metric());
        return out.append(NEWLINE).toString();
    }

    /** A report in a line, for long lists; what is wrong follows in short. */
    public String brief(SessionReport report) {
        StringBuilder out = new StringBuilder();
        head(out, report);
        for (CheckResult check : report.checks()) {
            if (check.verdict() != Verdict.PASS) {
                out.append("  ")
                        .append(style.verdict(check.verdict()))
                        .append("  ")
                        .append(check.name())
                        .append(": ");
                out.append(oneLine(check.message())).append(NEWLINE);
            }
        }
        for (Finding finding : report.audit()) {
            if (finding.severity() != Severity.INFO) {
                out.append("  audit ")
                        .append(style.severity(finding.severity()))
                        .append("  ");
                out.append(finding.id())
                        .append(": ")
                        .append(SafeText.of(finding.message()))
                        .append(NEWLINE);
            }
        }
        return out.toString();
    }

    private void head(StringBuilder out, SessionReport report) {
        out.append(style.strong(SafeText.of(report.session().toString()))).append("  ");
        out.append(style.verdict(report.overall())).append("  ");
        out.append(style.faint("round " + report.round() + " (" + report.roundReason() + ")"));
        out.append(NEWLINE);
    }

    private void check(StringBuilder out, CheckResult check) {
        out.append("  ")
                .append(style.verdict(check.verdict()))
                .append("  ")
                .append(check.name())
                .append(NEWLINE);
        if (!check.message().isEmpty()) {
            String message = check.message().strip();
            String cut = message.length() > MESSAGE_LIMIT ? message.substring(0, MESSAGE_LIMIT) + " ..." : message;
            out.append(INDENT)
                    .append(SafeText.of(cut).replace("\n", NEWLINE + INDENT))
                    .append(NEWLINE);
        }
        for (Finding finding : check.findings()) {
            if (!check.message().endsWith(finding.message())) { // where the texts are ours, they are the same
                place(out, finding);
            }
            particulars(out, finding);
        }
    }

    private void audit(StringBuilder out, List<Finding> audit) {
        if (audit.isEmpty()) {
            return;
        }
        out.append("  ").append(style.strong("audit")).append(style.faint(" (does not touch the official verdict)"));
        out.append(NEWLINE);
        for (Finding finding : audit) {
            out.append("  ")
                    .append(style.severity(finding.severity()))
                    .append("  ")
                    .append(finding.id());
            out.append(NEWLINE);
            place(out, finding);
            particulars(out, finding);
        }
    }

    private static void place(StringBuilder out, Finding finding) {
        out.append(INDENT);
        if (finding.file() != null) {
            out.append(finding.file());
            if (finding.line() > 0) {
                out.append(':').append(finding.line());
            }
            out.append(": ");
        }
        out.append(SafeText.of(finding.message())).append(NEWLINE);
    }

    private void particulars(StringBuilder out, Finding finding) {
        for (Map.Entry<String, String> value : finding.values().entrySet()) {
            out.append(INDENT).append("  ").append(value.getKey()).append(": ");
            out.append(oneLine(value.getValue())).append(NEWLINE);
        }
        if (!finding.limit().isEmpty()) {
            out.append(INDENT)
                    .append("  right would be: ")
                    .append(oneLine(finding.limit()))
                    .append(NEWLINE);
        }
        if (finding.severity() != Severity.INFO) {
            Explanation explanation = FindingCatalog.explain(finding.id());
            out.append(INDENT)
                    .append(style.faint("usual cause: "))
                    .append(explanation.cause())
                    .append(NEWLINE);
            out.append(INDENT)
                    .append(style.faint("what to do: "))
                    .append(explanation.remedy())
                    .append(NEWLINE);
        }
    }

    private static String oneLine(String text) {
        String line = SafeText.of(text).replace('\n', ' ').strip();
        return line.length() > MESSAGE_LIMIT ? line.substring(0, MESSAGE_LIMIT) + " ..." : line;
    }

    private void metric(StringBuilder out, @Nullable PowerMetric metric) {
        if (metric != null) {
            out.append(metricText(metric));
        }
    }

    /** The metric with its interval, a line or more. */
    public String metricText(PowerMetric metric) {
        StringBuilder out =
                new StringBuilder("  ").append(style.strong("metric")).append("  ");
        if (metric.value() == null) {
            out.append("none");
        } else {
            out.append(number(metric.value())).append(' ').append(metric.unit());
            PowerMetric.Interval ci95 = metric.ci95();
            if (ci95 != null) {
                out.append(" (")
                        .append(number(ci95.low()))
                        .append(" to ")
                        .append(number(ci95.high()))
                        .append(')');
            }
        }
        if (!metric.scenario().isEmpty()) {
            out.append(", ").append(metric.scenario());
        }
        if (metric.averageWatts() != null && metric.energyJoules() != null) {
            out.append(", mean ")
                    .append(number(metric.averageWatts()))
                    .append(" W of ")
                    .append(metric.samples());
            out.append(" samples, ").append(number(metric.energyJoules())).append(" J");
        }
        if (metric.efficiency() != null) {
            out.append(", efficiency ").append(number(metric.efficiency()));
            out.append("W".equals(metric.unit()) ? " samples per s and W" : " samples per J");
        }
        out.append(NEWLINE);
        for (PowerMetric.Inferred inferred : metric.inferred()) {
            out.append("          submitted as ").append(inferred.scenario()).append(": ");
            out.append(number(inferred.value()))
                    .append(' ')
                    .append(inferred.unit())
                    .append(NEWLINE);
        }
        metric.notes()
                .forEach(note -> out.append("          ")
                        .append(style.faint(SafeText.of(note)))
                        .append(NEWLINE));
        return out.toString();
    }

    private static String number(double value) {
        return Decimals.significant(value, 6);
    }

    /** What a finding's id means. */
    public String explanation(Explanation explanation) {
        return style.strong(explanation.id()) + NEWLINE + "  rule:        " + explanation.title() + NEWLINE
                + "  usual cause: " + explanation.cause() + NEWLINE + "  what to do:  " + explanation.remedy()
                + NEWLINE;
    }
}
