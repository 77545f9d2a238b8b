package dev.wattline.compliance.run;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.facts.SessionKind;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.model.finding.Explanation;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.FindingCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is said of one session.
 *
 * @param session absolute path of the folder that holds {@code power}
 * @param round the round whose rules it was judged by
 * @param roundReason why this round
 * @param overall the official verdicts together
 * @param checks the official checks in their order, or the one result {@code (load)}
 * @param kinds what kind of session it is, if no ordinary one: the cause of what single checks find
 * @param audit our own findings, which do not touch the verdict
 */
public record SessionReport(
        Path session,
        String round,
        String roundReason,
        Verdict overall,
        List<CheckResult> checks,
        List<SessionKind> kinds,
        List<Finding> audit,
        @Nullable PowerMetric metric) {

    public SessionReport {
        checks = List.copyOf(checks);
        kinds = List.copyOf(kinds);
        audit = List.copyOf(audit);
    }

    /** What checks, kind and audit say together. */
    public OverallVerdict together() {
        List<Finding> ours = new ArrayList<>(audit);
        kinds.forEach(kind -> ours.add(kind.finding()));
        return OverallVerdict.of(overall, checks, ours);
    }

    /** The cause of a finding and what to do: those of the session's kind if that explains it, else the usual ones. */
    public Explanation explain(Finding finding) {
        Explanation usual = FindingCatalog.explain(finding.id());
        return kinds.stream()
                .filter(kind -> kind.explains(finding))
                .findFirst()
                .map(kind -> new Explanation(
                        usual.id(),
                        usual.title(),
                        kind.finding().message() + ".",
                        FindingCatalog.explain(kind.finding().id()).remedy()))
                .orElse(usual);
    }

    /** Whether the session's kind explains a finding. */
    public boolean isExplainedByKind(Finding finding) {
        return kinds.stream().anyMatch(kind -> kind.explains(finding));
    }

    /** The exit status of the official checker: 0 if all checks passed, with or without warnings, else 1. */
    public int exitCode() {
        return overall.bad() ? 1 : 0;
    }
}
