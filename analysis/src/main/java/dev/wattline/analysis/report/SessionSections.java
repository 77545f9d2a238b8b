package dev.wattline.analysis.report;

import dev.wattline.analysis.report.page.Section;
import dev.wattline.analysis.report.page.Table;
import dev.wattline.analysis.result.ProfileEntry;
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
                    Numbers.digits(entry.value(), 5),
                    Numbers.interval(entry.bounds(), 5, ""),
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

    static Section checks(VerdictSummary verdict) {
        List<Table> tables = new ArrayList<>();
        tables.add(new Table(
                "Official checks",
                Table.columns("Check", "Verdict", "What it says"),
                verdict.checks().stream()
                        .map(check -> List.of(
                                check.name(), check.verdict(), check.message().strip()))
                        .toList(),
                verdict.verdict().equals("fail") || verdict.verdict().equals("crash")));
        if (!verdict.findings().isEmpty()) {
            tables.add(new Table(
                    "What our own audit found; it does not touch the verdict",
                    Table.columns("Finding", "Severity", "What was found", "Where"),
                    verdict.findings().stream()
                            .map(note -> List.of(note.id(), note.severity(), note.message(), note.place()))
                            .toList(),
                    false));
        }
        VerdictSummary.Metric metric = verdict.metric();
        String notes = metric == null || metric.notes().isEmpty()
                ? ""
                : " About the metric: " + String.join("; ", metric.notes()) + ".";
        return new Section(
                "checks",
                "Compliance",
                "Judged by the rules of " + verdict.round() + " (" + verdict.roundReason() + "): " + verdict.passed()
                        + " of " + verdict.checks().size() + " official checks pass." + notes,
                List.of(),
                tables,
                List.of("verdict", "metric"));
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
