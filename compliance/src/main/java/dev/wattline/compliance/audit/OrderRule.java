package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SessionFacts.Exchange;
import dev.wattline.compliance.facts.SessionFacts.PhaseTimes;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What a summary tells happened in an order that is possible: replies follow their commands, messages each other, marks
 * each other, and each mark lies with the message that it belongs to.
 */
final class OrderRule implements AuditRule {
    private static final double TOLERANCE_SECONDS = 0.5; // a mark is taken within milliseconds of its message

    @Override
    public List<String> ids() {
        return List.of("messages-order", "marks-order", "marks-beside-messages");
    }

    @Override
    public void run(AuditRun audit) {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        audit.part(null, facts.client()::require);
        audit.part(null, facts.server()::require);
        for (Summary summary : List.of(facts.client(), facts.server())) {
            List<Exchange> messages = facts.messages(summary);
            messages(summary, messages, findings);
            marks(facts, summary, findings);
            for (Phase phase : Phase.values()) {
                together(summary, messages, facts.marks(summary, phase), phase, findings);
            }
        }
    }

    private static void messages(Summary summary, List<Exchange> messages, Consumer<Finding> findings) {
        double before = Double.NEGATIVE_INFINITY;
        for (Exchange message : messages) {
            boolean backwards = message.commandAt() < before || message.replyAt() < message.commandAt();
            if (backwards) {
                findings.accept(Finding.error(
                                "messages-order",
                                "in " + summary.name() + " message " + message.index()
                                        + " was answered before it was sent, or came before the one in front of it")
                        .at(summary.name(), summary.line("messages", message.index()))
                        .with("command", message.command())
                        .with("command at s", Effect.seconds(message.commandAt()))
                        .with("reply at s", Effect.seconds(message.replyAt())));
                return;
            }
            before = Double.isNaN(message.replyAt()) ? before : message.replyAt();
        }
    }

    private static void marks(SessionFacts facts, Summary summary, Consumer<Finding> findings) {
        double before = Double.NEGATIVE_INFINITY;
        for (Phase phase : Phase.values()) {
            List<PhaseTimes> marks = facts.marks(summary, phase);
            for (int i = 0; i < marks.size(); i++) {
                if (marks.get(i).wall() < before) {
                    findings.accept(Finding.error(
                                    "marks-order",
                                    "in " + summary.name() + " mark " + (i + 1) + " of the " + phase
                                            + " phase lies before the mark in front of it")
                            .at(summary.name(), summary.line("phases", phase.word(), i))
                            .with("mark at s", Effect.seconds(marks.get(i).wall()))
                            .with("before it at s", Effect.seconds(before)));
                    return;
                }
                before = marks.get(i).wall();
            }
        }
    }

    /** Marks 1 and 2 stand around the start command, 3 and 4 around the stop command. */
    private static void together(
            Summary summary, List<Exchange> messages, List<PhaseTimes> marks, Phase phase, Consumer<Finding> findings) {
        for (Exchange message : messages) {
            int first = message.command().endsWith(",start," + phase.word())
                    ? 0
                    : message.command().endsWith(",stop," + phase.word()) ? 2 : -1;
            if (first < 0 || marks.size() < first + 2) {
                continue;
            }
            double begin = marks.get(first).wall() - message.commandAt();
            double end = marks.get(first + 1).wall() - message.replyAt();
            if (Math.abs(begin) > TOLERANCE_SECONDS || Math.abs(end) > TOLERANCE_SECONDS) {
                int mark = Math.abs(begin) > TOLERANCE_SECONDS ? first : first + 1;
                findings.accept(Finding.error(
                                "marks-beside-messages",
                                String.format(
                                        Locale.ROOT,
                                        "in %s mark %d of the %s phase lies %.3f s beside its message",
                                        summary.name(),
                                        mark + 1,
                                        phase,
                                        mark == first ? begin : end))
                        .at(summary.name(), summary.line("phases", phase.word(), mark))
                        .with("command", message.command())
                        .limit(TOLERANCE_SECONDS + " s"));
                return;
            }
        }
    }
}
