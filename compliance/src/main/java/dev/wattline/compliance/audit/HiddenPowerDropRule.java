package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SplFacts;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Ranging and testing ran the same load for the same time. The official checker compares durations one way only, then powers
 * one way only, and does not compare powers at all when it has warned of the durations.
 */
final class HiddenPowerDropRule implements AuditRule {
    private static final double MAX_DIFFERENCE = 0.05;
    private static final double NEAR_THE_LIMIT = -0.03; // two runs of one load differ by 0.3 % in the median

    @Override
    public List<String> ids() {
        return List.of("phases-power", "testing-below-ranging");
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        if (!audit.phases().contains(Phase.RANGING)) {
            return;
        }
        SplFacts ranging = facts.spl(Phase.RANGING);
        SplFacts testing = facts.spl(Phase.TESTING);
        if (ranging.window() == null || testing.window() == null) {
            return;
        }
        double power = testing.inWindow().positiveMean() / ranging.inWindow().positiveMean() - 1;
        Optional<Finding> finding = finding(power);
        finding.ifPresent(found -> findings.accept(found.in(testing.file())
                .with("ranging in W", Effect.watts(ranging.inWindow().positiveMean()))
                .with("testing in W", Effect.watts(testing.inWindow().positiveMean()))));
    }

    private static Optional<Finding> finding(double power) {
        String text = String.format(Locale.ROOT, "testing draws %+.2f %% against ranging", power * 100);
        if (Math.abs(power) >= MAX_DIFFERENCE) {
            return Optional.of(Finding.warning("phases-power", text)
                    .with(Effect.NAME, "none by itself; the ranges were found with another load")
                    .limit("5 % either way"));
        }
        if (power < NEAR_THE_LIMIT) {
            return Optional.of(Finding.warning("testing-below-ranging", text)
                    .with(Effect.NAME, "none by itself; at 5 % the official check fails")
                    .limit("at most 3 % below"));
        }
        return Optional.empty();
    }
}
