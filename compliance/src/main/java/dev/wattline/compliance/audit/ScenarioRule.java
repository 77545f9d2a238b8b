package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.LoadgenDetail;
import dev.wattline.compliance.facts.ScenarioChoice;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.util.List;

/** The run is of the scenario that its folder, its label and the user name, or of one that theirs may be inferred from. */
final class ScenarioRule implements AuditRule {

    @Override
    public List<String> ids() {
        return List.of("scenario-contradicts");
    }

    @Override
    public boolean guardsMetric() {
        return true;
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        LoadgenDetail detail = audit.facts().loadgen(Phase.TESTING);
        String ran = detail.text("effective_scenario").orElse("");
        if (ran.isEmpty()) {
            audit.missing(Phase.TESTING, detail.file(), "it does not tell the scenario");
            return;
        }
        ScenarioChoice.of(audit.askedScenario(), audit.facts().view().folder(), audit.facts(), detail)
                .ifPresent(choice -> {
                    for (ScenarioChoice.Contradiction contradiction : choice.contradictions()) {
                        audit.add(Finding.of(
                                        "scenario-contradicts",
                                        contradiction.certain() ? Severity.ERROR : Severity.WARNING,
                                        contradiction.where() + " says " + contradiction.scenario()
                                                + ", but LoadGen ran in "
                                                + ran + ", from which no result for " + contradiction.scenario()
                                                + " can be inferred")
                                .at(detail.file(), detail.line("effective_scenario"))
                                .with(Effect.NAME, "it is no metric of " + contradiction.scenario())
                                .limit(ran));
                    }
                });
    }
}
