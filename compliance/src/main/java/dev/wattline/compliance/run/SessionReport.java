package dev.wattline.compliance.run;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Finding;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.metric.PowerMetric;
import java.nio.file.Path;
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
 * @param audit our own findings, which do not touch the verdict
 */
public record SessionReport(
        Path session,
        String round,
        String roundReason,
        Verdict overall,
        List<CheckResult> checks,
        List<Finding> audit,
        @Nullable PowerMetric metric) {

    public SessionReport {
        checks = List.copyOf(checks);
        audit = List.copyOf(audit);
    }

    /** The exit status of the official checker: 0 if all checks passed, with or without warnings, else 1. */
    public int exitCode() {
        return overall.bad() ? 1 : 0;
    }
}
