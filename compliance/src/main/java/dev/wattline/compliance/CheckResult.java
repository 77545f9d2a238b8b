package dev.wattline.compliance;

import dev.wattline.model.finding.Finding;
import java.util.List;

/**
 * What one check of the official checker says.
 *
 * @param name the official name, such as {@code Check UUID}
 * @param message the official text; empty on a pass; our words where the official checker raises an exception
 * @param unexpected whether the official checker would end in an exception here, so that the text is ours
 */
public record CheckResult(String name, Verdict verdict, String message, boolean unexpected, List<Finding> findings) {
    public CheckResult {
        findings = List.copyOf(findings);
    }
}
