package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SessionFacts.Exchange;
import dev.wattline.compliance.facts.SessionFacts.PhaseTimes;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.ClockStep;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * On each side wall time passes as fast as monotonic time: a difference means that the clock was stepped, or that one of
 * the two was edited. And the two sides' clocks agree better than the 800 ms that the official checker forgives: by the
 * client's own questions for the director's time, and only without such by the marks, as far as these tell it.
 */
final class ClockRule implements AuditRule {
    private static final double LARGE_STEP_SECONDS = 0.5;
    private static final double MAX_SKEW_SECONDS = 0.2; // 99 % of the recorded sessions are better

    @Override
    public List<String> ids() {
        return List.of("clock-step", "clock-skew", "message-delayed");
    }

    @Override
    public void run(AuditRun audit) {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        audit.part(null, facts.client()::require);
        audit.part(null, facts.server()::require);
        for (Phase phase : audit.phases()) {
            List<PhaseTimes> client = facts.marks(facts.client(), phase);
            List<PhaseTimes> server = facts.marks(facts.server(), phase);
            steps(facts.client(), client, phase, findings);
            steps(facts.server(), server, phase, findings);
            clocks(facts, client, server, phase, findings);
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

    /**
     * Between what the director's clock minus the client's lies, s: a question for the time tells by its two times on one
     * side, and so do two marks around an exchange, since no message arrives before it was sent.
     *
     * @param least the director's time minus the client's when the reply was there
     * @param most the director's time minus the client's when the question went out
     */
    private record Difference(double least, double most) {
        /** By how much the clocks differ for certain, with its sign; 0 if they may agree. */
        double certain() {
            return least > 0 ? least : Math.min(most, 0);
        }

        double middle() {
            return (least + most) / 2;
        }

        double uncertainty() {
            return (most - least) / 2;
        }
    }

    private static void clocks(
            SessionFacts facts,
            List<PhaseTimes> client,
            List<PhaseTimes> server,
            Phase phase,
            Consumer<Finding> findings) {
        List<Difference> measured = measured(facts, client);
        if (measured.isEmpty()) {
            measured = between(client, server);
        }
        Optional<Difference> worst = measured.stream().max(Comparator.comparingDouble(one -> Math.abs(one.certain())));
        if (worst.isPresent() && Math.abs(worst.get().certain()) > MAX_SKEW_SECONDS) {
            Difference difference = worst.get();
            findings.accept(Finding.warning(
                            "clock-skew",
                            String.format(
                                    Locale.ROOT,
                                    "the director's clock is %.0f ms %s the client's in the %s phase (uncertainty %.0f ms)",
                                    Math.abs(difference.middle()) * 1000,
                                    difference.middle() > 0 ? "ahead of" : "behind",
                                    phase,
                                    difference.uncertainty() * 1000))
                    .at(Summary.CLIENT, facts.client().line("phases", phase.word(), 0))
                    .with("difference in s", Effect.seconds(difference.middle()))
                    .with(Effect.NAME, "the power window lies that much beside the load")
                    .limit(MAX_SKEW_SECONDS + " s"));
        } else {
            delays(facts, client, server, phase, findings);
        }
    }

    /** What the client measured in the phase; before it, clocks may still be set. */
    private static List<Difference> measured(SessionFacts facts, List<PhaseTimes> marks) {
        if (marks.isEmpty()) {
            return List.of();
        }
        double from = marks.get(0).wall();
        double to = marks.get(marks.size() - 1).wall();
        List<Difference> measured = new ArrayList<>();
        for (Exchange exchange : facts.messages(facts.client())) {
            if (exchange.command().equals("time") && exchange.commandAt() >= from && exchange.replyAt() <= to) {
                seconds(exchange.reply())
                        .ifPresent(time ->
                                measured.add(new Difference(time - exchange.replyAt(), time - exchange.commandAt())));
            }
        }
        return measured;
    }

    private static OptionalDouble seconds(String reply) {
        try {
            return OptionalDouble.of(Double.parseDouble(reply.strip()));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty(); // it was answered with an error
        }
    }

    /** Marks 1 and 3 are the client's before it asks and the director's when it is asked; 2 and 4 lie around the reply. */
    private static List<Difference> between(List<PhaseTimes> client, List<PhaseTimes> server) {
        List<Difference> between = new ArrayList<>();
        for (int i = 0; i + 1 < Math.min(client.size(), server.size()); i += 2) {
            Difference difference = new Difference(apart(client, server, i + 1), apart(client, server, i));
            if (difference.least() <= difference.most()) { // else a clock was stepped, or a mark edited
                between.add(difference);
            }
        }
        return between;
    }

    private static double apart(List<PhaseTimes> client, List<PhaseTimes> server, int mark) {
        return server.get(mark).wall() - client.get(mark).wall();
    }

    /** What marks are apart where the clocks are not is the time that a message took. */
    private static void delays(
            SessionFacts facts,
            List<PhaseTimes> client,
            List<PhaseTimes> server,
            Phase phase,
            Consumer<Finding> findings) {
        double worst = 0;
        int at = 0;
        for (int i = 0; i < Math.min(client.size(), server.size()); i++) {
            double delay = apart(client, server, i) * (i % 2 == 0 ? 1 : -1);
            if (delay > worst) {
                worst = delay;
                at = i;
            }
        }
        if (worst > MAX_SKEW_SECONDS) {
            findings.accept(Finding.of(
                            "message-delayed",
                            Severity.INFO,
                            String.format(
                                    Locale.ROOT,
                                    "%.0f ms passed between the two sides' mark %d of the %s phase",
                                    worst * 1000,
                                    at + 1,
                                    phase))
                    .at(Summary.CLIENT, facts.client().line("phases", phase.word(), at))
                    .with("time in s", Effect.seconds(worst))
                    .limit(MAX_SKEW_SECONDS + " s"));
        }
    }
}
