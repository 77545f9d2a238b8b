package dev.wattline.compliance.audit;

import java.io.IOException;
import java.util.List;

/** One rule of the audit. Stateless. */
interface AuditRule {

    /** The findings that it can make; they name the rule where it could not run. */
    List<String> ids();

    /** Whether the metric can be wrong where this rule, on the testing phase, would have found something. */
    default boolean guardsMetric() {
        return false;
    }

    /**
     * Adds a finding for each thing in the session that breaks this rule. What concerns one phase or one file goes to {@link
     * AuditRun#eachPhase} or {@link AuditRun#part}, so that a file that cannot be used ends only that part.
     *
     * @throws dev.wattline.compliance.python.PyError if a file that the whole rule needs is not there
     * @throws IOException if such a file cannot be read
     */
    void run(AuditRun audit) throws IOException;
}
