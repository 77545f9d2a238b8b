package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.sample.UncertaintyRule;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** PTDaemon's own statistics of the testing measurement keep to 1 %; the official checker does not look at them. */
final class UncertaintyReplyRule implements AuditRule {

    @Override
    public List<String> ids() {
        return List.of("uncertainty-high", "uncertainty-unknown", "uncertainty-samples");
    }

    @Override
    public void run(AuditRun audit) {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        facts.server().require();
        facts.testingUncertainty()
                .ifPresent(statistics -> UncertaintyRule.check(statistics)
                        .ifPresent(fault -> findings.accept(Finding.of(
                                        fault.id(),
                                        fault.id().equals("uncertainty-samples") ? Severity.WARNING : Severity.ERROR,
                                        fault.message())
                                .at(Summary.SERVER, facts.server().line("ptd_messages"))
                                .with("average", percent(statistics.average()))
                                .with("greatest", percent(statistics.max()))
                                .with("samples above 1 %", statistics.invalid())
                                .with("samples unknown", statistics.unknown())
                                .with("samples", statistics.total())
                                .with(Effect.NAME, "up to " + percent(statistics.average()))
                                .limit("1 %"))));
    }

    private static String percent(double fraction) {
        return fraction < 0 ? "unknown" : String.format(Locale.ROOT, "%.3f %%", fraction * 100);
    }
}
