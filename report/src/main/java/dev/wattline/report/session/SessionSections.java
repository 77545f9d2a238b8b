package dev.wattline.report.session;

import dev.wattline.analysis.result.ProfileEntry;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import java.util.ArrayList;
import java.util.List;

/** The power profile, the compliance checks, and what the session does not hold. */
final class SessionSections {
    private SessionSections() {}

    static Section profile(RunFacts facts) {
        List<List<String>> rows = new ArrayList<>();
        for (ProfileEntry entry : facts.found().profile()) {
            rows.add(List.of(
                    entry.quantity(),
                    Numbers.within(entry.value(), entry.bounds()),
                    Numbers.ends(entry.bounds(), ""),
                    entry.unit(),
                    entry.confidence(),
                    entry.source()));
        }
        return new Section(
                "profile",
                "Power profile",
                "What is known of this machine under this load, with bounds and how far to trust each line.",
                List.of(),
                List.of(new Table(
                        "The profile",
                        Table.columns("Quantity", "#Value", "#Bounds", "Unit", "Confidence", "Source"),
                        rows,
                        false)),
                List.of("profile"));
    }

    static Section checks(SessionReport checked) {
        List<Table> tables = new ArrayList<>();
        tables.add(new Table(
                "Official checks",
                Table.columns("Check", "Verdict", "What it says"),
                checked.checks().stream()
                        .map(check -> List.of(
                                check.name(),
                                check.verdict().word(),
                                check.message().strip()))
                        .toList(),
                checked.checks().stream().anyMatch(check -> check.verdict() != Verdict.PASS)));
        if (!checked.audit().isEmpty()) {
            tables.add(new Table(
                    "What our own audit found; it does not touch the official verdict",
                    Table.columns("Finding", "Severity", "What was found", "Where"),
                    checked.audit().stream()
                            .map(finding ->
                                    List.of(finding.id(), finding.severity().word(), finding.message(), place(finding)))
                            .toList(),
                    checked.audit().stream().anyMatch(finding -> finding.severity() != Severity.INFO)));
        }
        PowerMetric metric = checked.metric();
        String notes = metric == null || metric.noteTexts().isEmpty()
                ? ""
                : " About the metric: " + String.join("; ", metric.noteTexts()) + ".";
        String doubts = metric == null || metric.doubts().isEmpty()
                ? ""
                : " This is no clean metric: " + String.join("; ", metric.doubtTexts()) + ".";
        return new Section(
                "checks",
                "Compliance",
                "Judged by the rules of " + checked.round() + " (" + checked.roundReason() + "): "
                        + RunFacts.passed(checked) + " of " + checked.checks().size() + " official checks pass."
                        + doubts + notes,
                List.of(),
                tables,
                List.of("verdict", "metric"));
    }

    private static String place(Finding finding) {
        String file = finding.file();
        return file == null ? "" : finding.line() == 0 ? file : file + ":" + finding.line();
    }

    /** Every figure would be one over another stretch of time, and would be taken for the run's. */
    static Section uncovered(RunFacts facts) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Average power and energy at the wall"));
        if (facts.hasTelemetry()) {
            rows.add(List.of("How wrong nvidia-smi is, with its interval and error budget"));
            rows.add(List.of("Power and energy of each GPU, and how their sensors work"));
            rows.add(List.of("Share of the wall energy that follows the GPUs, and residuals"));
            rows.add(List.of("Sub-sampling and the worst periodic load"));
            rows.add(List.of("Correlation of the GPUs"));
        }
        rows.add(List.of("Power profile"));
        return new Section(
                "missing",
                "What this report cannot say",
                "There are no figures, for " + RunFacts.UNCOVERED
                        + ". The checks say why; with --phases FILE other times can be given.",
                List.of(),
                List.of(new Table("Left out", Table.columns("What"), rows, true)),
                List.of());
    }

    static Section missing(RunFacts facts) {
        boolean unread = !facts.found().inputs().smi().isEmpty();
        String why = unread ? "no nvidia-smi log that can be read" : "no nvidia-smi log";
        List<List<String>> rows = List.of(
                List.of("How wrong nvidia-smi is, with its interval and error budget", why),
                List.of("Power and energy of each GPU", why),
                List.of("Share of the wall energy that follows the GPUs, and residuals", why),
                List.of("Sub-sampling and the worst periodic load", why),
                List.of("Correlation of the GPUs", why),
                List.of("Lag between the clocks", why));
        return new Section(
                "missing",
                "What this report cannot say",
                unread
                        ? "The telemetry of this session could not be read. Another log can be given with --smi FILE."
                        : "There is no telemetry in this session. " + HeadlineText.HOW_TO_GET_TELEMETRY
                                + " A log that was written by other means can be given with --smi FILE.",
                List.of(),
                List.of(new Table("Left out", Table.columns("What", "Because there is"), rows, false)),
                List.of());
    }
}
