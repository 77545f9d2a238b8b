package dev.wattline.compliance.audit;

import dev.wattline.compliance.Finding;
import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.session.Summary;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;

/** The data come from an analyzer, and not from a mock or from PTDaemon's own dummy. */
final class MockRule implements AuditRule {

    @Override
    public void run(SessionFacts facts, Consumer<Finding> findings) throws IOException {
        facts.identity().ifPresent(identity -> {
            String text = String.join(",", identity.fields()).toLowerCase(Locale.ROOT);
            if (text.contains("mock") || text.contains("dummy")) {
                findings.accept(mock().at(Summary.SERVER, facts.server().line("ptd_messages", 1, "reply"))
                        .with("identity", String.join(",", identity.fields())));
            }
        });
        if (facts.view().exists(PtdLog.FILE) && facts.ptdLog().mock()) {
            findings.accept(mock().in(PtdLog.FILE)
                    .with("version", facts.ptdLog().version().orElse("not in the log")));
        }
    }

    private static Finding mock() {
        return Finding.error("data-mock", "the power data were made by a mock, not measured")
                .with(Effect.NAME, "it is no measurement");
    }
}
