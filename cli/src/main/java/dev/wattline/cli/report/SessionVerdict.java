package dev.wattline.cli.report;

import dev.wattline.analysis.report.VerdictSummary;
import dev.wattline.analysis.result.Interval;
import dev.wattline.compliance.Finding;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.SessionReport;
import org.jspecify.annotations.Nullable;

/** What the checks say of a session, as the report takes it. */
final class SessionVerdict {
    private SessionVerdict() {}

    static VerdictSummary of(SessionReport report) {
        return new VerdictSummary(
                report.overall().word(),
                report.round(),
                report.roundReason(),
                report.checks().stream()
                        .map(check -> new VerdictSummary.Check(
                                check.name(), check.verdict().word(), check.message()))
                        .toList(),
                report.audit().stream().map(SessionVerdict::note).toList(),
                metric(report.metric()));
    }

    private static VerdictSummary.Note note(Finding finding) {
        String file = finding.file();
        String place = file == null ? "" : finding.line() == 0 ? file : file + ":" + finding.line();
        return new VerdictSummary.Note(finding.id(), finding.severity().word(), finding.message(), place);
    }

    private static VerdictSummary.@Nullable Metric metric(@Nullable PowerMetric metric) {
        if (metric == null) {
            return null;
        }
        String unit = metric.unit();
        PowerMetric.Interval ci95 = metric.ci95();
        return new VerdictSummary.Metric(
                number(metric.value()),
                unit == null ? "" : unit,
                metric.scenario(),
                number(metric.averageWatts()),
                number(metric.energyJoules()),
                ci95 == null ? Interval.NONE : new Interval(ci95.low(), ci95.high()),
                metric.samples(),
                number(metric.efficiency()),
                metric.notes());
    }

    private static double number(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
