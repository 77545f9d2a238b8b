package dev.wattline.compliance.audit;

import dev.wattline.compliance.Finding;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SplFacts;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Ranging and testing ran the same load for the same time. The official checker compares durations one way only, then powers
 * one way only, and does not compare powers at all when it has warned of the durations.
 */
final class HiddenPowerDropRule implements AuditRule {
    private static final double MAX_DIFFERENCE = 0.05;

    @Override
    public void run(SessionFacts facts, Consumer<Finding> findings) throws IOException {
        SplFacts ranging = facts.spl(Phase.RANGING);
        SplFacts testing = facts.spl(Phase.TESTING);
        if (ranging.window() == null || testing.window() == null) {
            return;
        }
        double power = testing.inWindow().positiveMean() / ranging.inWindow().positiveMean() - 1;
        if (Math.abs(power) >= MAX_DIFFERENCE) {
            findings.accept(Finding.warning(
                            "phases-power",
                            String.format(Locale.ROOT, "testing draws %+.2f %% against ranging", power * 100))
                    .in(testing.file())
                    .with("ranging in W", Effect.watts(ranging.inWindow().positiveMean()))
                    .with("testing in W", Effect.watts(testing.inWindow().positiveMean()))
                    .with(Effect.NAME, "none by itself; the ranges were found with another load")
                    .limit("5 % either way"));
        }
    }
}
