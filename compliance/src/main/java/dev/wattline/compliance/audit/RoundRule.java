package dev.wattline.compliance.audit;

import dev.wattline.compliance.rounds.RoundChoice;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.util.List;

/** All that a session says of its round agrees. Labs keep an older LoadGen, which alone is nothing to look after. */
final class RoundRule implements AuditRule {

    @Override
    public List<String> ids() {
        return List.of("round-disagrees");
    }

    @Override
    public void run(AuditRun audit) {
        RoundChoice choice = audit.facts().choice();
        if (choice.against().isEmpty()) {
            return;
        }
        boolean onlyLoadgen = choice.against().stream().allMatch(clause -> clause.startsWith("LoadGen"));
        audit.add(Finding.of(
                        "round-disagrees",
                        onlyLoadgen ? Severity.INFO : Severity.WARNING,
                        "verdicts and metric are by the rules of round "
                                + choice.rules().name() + " (" + choice.reason() + "), but "
                                + String.join(", ", choice.against()))
                .limit("--round names the round to judge by"));
    }
}
