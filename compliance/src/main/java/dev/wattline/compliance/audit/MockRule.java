package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The data come from an analyzer, and not from a mock or from PTDaemon's own dummy. */
final class MockRule implements AuditRule {

    @Override
    public List<String> ids() {
        return List.of("data-mock");
    }

    @Override
    public boolean guardsMetric() {
        return true;
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        SessionFacts facts = audit.facts();
        Optional<String> identity = facts.identity()
                .map(told -> String.join(",", told.fields()))
                .filter(told -> told.toLowerCase(Locale.ROOT).matches(".*(mock|dummy).*"));
        if (identity.isPresent()) {
            audit.add(mock().at(Summary.SERVER, facts.server().line("ptd_messages", 1, "reply"))
                    .with("identity", identity.get()));
        } else if (facts.ptdLog().mock()) { // one finding, whichever file tells it
            audit.add(mock().in(PtdLog.FILE)
                    .with("version", facts.ptdLog().version().orElse("not in the log")));
        }
    }

    private static Finding mock() {
        return Finding.error("data-mock", "the power data were made by a mock, not measured")
                .with(Effect.NAME, "it is no measurement");
    }
}
