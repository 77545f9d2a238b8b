package dev.wattline.compliance.audit;

import dev.wattline.compliance.Finding;
import dev.wattline.compliance.facts.SessionFacts;
import java.io.IOException;
import java.util.function.Consumer;

/** One rule of the audit. Stateless. */
interface AuditRule {

    /**
     * Reports what the session does not keep.
     *
     * @throws dev.wattline.compliance.python.PyError if a file that the rule needs is not there
     * @throws IOException if a file cannot be read
     */
    void run(SessionFacts facts, Consumer<Finding> findings) throws IOException;
}
