package dev.wattline.compliance.audit;

import dev.wattline.compliance.Finding;
import dev.wattline.compliance.Severity;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SessionFacts.PhaseTimes;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.ClockStep;
import dev.wattline.model.Phase;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * On each side wall time passes as fast as monotonic time: a difference means that the clock was stepped, or that one of
 * the two was edited. And the two sides' clocks agree better than the 800 ms that the official checker forgives.
 */
final class ClockRule implements AuditRule {
    private static final double LARGE_STEP_SECONDS = 0.5;
    private static final double MAX_SKEW_SECONDS = 0.2; // 99 % of the recorded sessions are better

    @Override
    public void run(SessionFacts facts, Consumer<Finding> findings) {
        for (Phase phase : Phase.values()) {
            List<PhaseTimes> client = facts.marks(facts.client(), phase);
            List<PhaseTimes> server = facts.marks(facts.server(), phase);
            steps(facts.client(), client, phase, findings);
            steps(facts.server(), server, phase, findings);
            skew(facts, client, server, phase, findings);
        }
        betweenPhases(facts, facts.client(), findings);
        betweenPhases(facts, facts.server(), findings);
    }

    private static void betweenPhases(SessionFacts facts, Summary summary, Consumer<Finding> findings) {
        List<PhaseTimes> ranging = facts.marks(summary, Phase.RANGING);
        List<PhaseTimes> testing = facts.marks(summary, Phase.TESTING);
        if (!ranging.isEmpty() && !testing.isEmpty()) {
            report(
                    summary,
                    ranging.get(ranging.size() - 1),
                    testing.get(0),
                    "between the phases",
                    "testing",
                    0,
                    findings);
        }
    }

    private static void steps(Summary summary, List<PhaseTimes> marks, Phase phase, Consumer<Finding> findings) {
        for (int i = 1; i < marks.size(); i++) {
            report(summary, marks.get(i - 1), marks.get(i), "in the " + phase + " phase", phase.word(), i, findings);
        }
    }

    private static void report(
            Summary summary,
            PhaseTimes before,
            PhaseTimes after,
            String where,
            String phase,
            int index,
            Consumer<Finding> findings) {
        double wall = after.wall() - before.wall();
        double monotonic = after.monotonic() - before.monotonic();
        double step = wall - monotonic;
        if (ClockStep.isStep(step)) {
            findings.accept(Finding.of(
                            "clock-step",
                            Math.abs(step) > LARGE_STEP_SECONDS ? Severity.ERROR : Severity.WARNING,
                            String.format(Locale.ROOT, "wall and monotonic time differ by %.3f s %s", step, where))
                    .at(summary.name(), summary.line("phases", phase, index))
                    .with("wall time in s", Effect.seconds(wall))
                    .with("monotonic time in s", Effect.seconds(monotonic))
                    .limit(ClockStep.LIMIT.toMillis() + " ms"));
        }
    }

    private static void skew(
            SessionFacts facts,
            List<PhaseTimes> client,
            List<PhaseTimes> server,
            Phase phase,
            Consumer<Finding> findings) {
        double worst = 0;
        int at = 0;
        for (int i = 0; i < Math.min(client.size(), server.size()); i++) {
            double skew = client.get(i).wall() - server.get(i).wall();
            if (Math.abs(skew) > Math.abs(worst)) {
                worst = skew;
                at = i;
            }
        }
        if (Math.abs(worst) > MAX_SKEW_SECONDS) {
            findings.accept(Finding.warning(
                            "clock-skew",
                            String.format(
                                    Locale.ROOT,
                                    "the clocks of client and director differ by %.0f ms in the %s phase",
                                    worst * 1000,
                                    phase))
                    .at(Summary.CLIENT, facts.client().line("phases", phase.word(), at))
                    .with("difference in s", Effect.seconds(worst))
                    .with(Effect.NAME, "the power window lies that much beside the load")
                    .limit(MAX_SKEW_SECONDS + " s"));
        }
    }
}
