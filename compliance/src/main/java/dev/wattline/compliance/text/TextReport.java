package dev.wattline.compliance.text;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.OverallVerdict;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.Rounding;
import dev.wattline.model.finding.Explanation;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.util.ArrayList;
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
        report.kinds().forEach(kind -> ours(out, report, kind.finding()));
        for (CheckResult check : report.checks()) {
            check(out, report, check);
        }
        audit(out, report);
        metric(out, report.metric());
        together(out, report.together());
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
        List<Finding> ours = new ArrayList<>();
        report.kinds().forEach(kind -> ours.add(kind.finding()));
        ours.addAll(report.audit());
        for (Finding finding : ours) {
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

    private void together(StringBuilder out, OverallVerdict verdict) {
        out.append("  ").append(style.strong("together")).append("  ").append(style.level(verdict.level()));
        out.append("  ").append(verdict.text()).append(NEWLINE);
    }

    private void check(StringBuilder out, SessionReport report, CheckResult check) {
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
            particulars(out, report, finding);
        }
    }

    private void audit(StringBuilder out, SessionReport report) {
        if (report.audit().isEmpty()) {
            return;
        }
        out.append("  ").append(style.strong("audit")).append(style.faint(" (does not touch the official verdict)"));
        out.append(NEWLINE);
        report.audit().forEach(finding -> ours(out, report, finding));
    }

    private void ours(StringBuilder out, SessionReport report, Finding finding) {
        out.append("  ").append(style.severity(finding.severity())).append("  ").append(finding.id());
        out.append(NEWLINE);
        place(out, finding);
        particulars(out, report, finding);
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

    private void particulars(StringBuilder out, SessionReport report, Finding finding) {
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
            Explanation explanation = report.explain(finding);
            out.append(INDENT)
                    .append(style.faint(report.isExplainedByKind(finding) ? "cause: " : "usual cause: "))
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
            double half = metric.halfWidth();
            out.append(Rounding.within(metric.value(), half)).append(' ').append(metric.unit());
            PowerMetric.Interval ci95 = metric.ci95();
            if (ci95 != null) {
                out.append(" (")
                        .append(Rounding.within(ci95.low(), half))
                        .append(" to ")
                        .append(Rounding.within(ci95.high(), half))
                        .append(')');
            }
        }
        if (!metric.scenario().isEmpty()) {
            out.append(", ").append(metric.scenario());
        }
        if (metric.averageWatts() != null && metric.energyJoules() != null) {
            out.append(", mean ")
                    .append(metric.rounded(metric.averageWatts()))
                    .append(" W of ")
                    .append(metric.samples());
            out.append(" samples, ")
                    .append(metric.rounded(metric.energyJoules()))
                    .append(" J");
        }
        String separator = ", efficiency ";
        for (PowerMetric.Efficiency efficiency : metric.efficiencies()) {
            out.append(separator)
                    .append(metric.rounded(efficiency.value()))
                    .append(' ')
                    .append(efficiency.unit());
            separator = ", ";
        }
        out.append(NEWLINE);
        for (String doubt : metric.doubtTexts()) {
            out.append("          ").append(style.severity(Severity.WARNING)).append(": ");
            out.append(metric.value() == null ? "there is no metric, and " : "this is no clean metric: ");
            out.append(SafeText.of(doubt)).append(NEWLINE);
        }
        for (PowerMetric.Inferred inferred : metric.inferred()) {
            out.append("          submitted as ").append(inferred.scenario()).append(": ");
            out.append(metric.rounded(inferred.value()))
                    .append(' ')
                    .append(inferred.unit())
                    .append(NEWLINE);
        }
        metric.noteTexts()
                .forEach(note -> out.append("          ")
                        .append(style.faint(SafeText.of(note)))
                        .append(NEWLINE));
        return out.toString();
    }

    /** What a finding's id means. */
    public String explanation(Explanation explanation) {
        return style.strong(explanation.id()) + NEWLINE + "  rule:        " + explanation.title() + NEWLINE
                + "  usual cause: " + explanation.cause() + NEWLINE + "  what to do:  " + explanation.remedy()
                + NEWLINE;
    }
}
