package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.LoadgenDetail;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.Window;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** LoadGen itself calls the result valid, and it ran long enough. */
final class LoadgenResultRule implements AuditRule {
    private static final double LEAST_SECONDS = 60; // a minute of samples gives the mean

    @Override
    public List<String> ids() {
        return List.of("loadgen-invalid", "window-short");
    }

    @Override
    public boolean guardsMetric() {
        return true;
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        LoadgenDetail detail = facts.loadgen(Phase.TESTING);
        Optional<String> validity = detail.text("result_validity");
        if (validity.isPresent() && !validity.get().equals("VALID")) {
            findings.accept(Finding.error("loadgen-invalid", "LoadGen calls the result " + validity.get())
                    .at(detail.file(), detail.line("result_validity"))
                    .limit("VALID"));
        }
        Optional<Window> window = detail.window();
        if (window.isPresent() && window.get().seconds() >= 0 && window.get().seconds() < LEAST_SECONDS) {
            findings.accept(Finding.warning("window-short", "the power window is short")
                    .at(detail.file(), detail.line("power_end"))
                    .with("window in s", Effect.seconds(window.get().seconds()))
                    .limit("at least 60 s"));
        }
    }
}
