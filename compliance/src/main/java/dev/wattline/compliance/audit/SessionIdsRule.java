package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SessionFacts.Exchange;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The ids and the name of a session are those that the two sides told each other when it began: {@code new,LABEL,ID} and
 * {@code OK NAME,ID}. These messages stand in the logs as well, which have hashes.
 */
final class SessionIdsRule implements AuditRule {

    @Override
    public List<String> ids() {
        return List.of("ids-contradict");
    }

    @Override
    public void run(AuditRun audit) {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        audit.part(null, facts.client()::require);
        audit.part(null, facts.server()::require);
        for (Summary summary : List.of(facts.client(), facts.server())) {
            for (Exchange message : facts.messages(summary)) {
                if (message.command().startsWith("new,") && message.reply().startsWith("OK ")) {
                    compare(summary, message, findings);
                }
            }
        }
    }

    private static void compare(Summary summary, Exchange message, Consumer<Finding> findings) {
        String[] reply = message.reply().substring("OK ".length()).split(",", -1);
        if (reply.length == 2) {
            Object ids = summary.field("uuid", Map.of());
            differs(
                    summary,
                    "uuid.client",
                    id(ids, "client"),
                    message.command().substring(message.command().lastIndexOf(',') + 1),
                    findings);
            differs(summary, "uuid.server", id(ids, "server"), reply[1], findings);
            differs(summary, "session_name", summary.field("session_name", ""), reply[0], findings);
        }
    }

    private static Object id(Object ids, String side) {
        return ids instanceof Map<?, ?> map && map.get(side) != null ? map.get(side) : "";
    }

    private static void differs(
            Summary summary, String field, Object recorded, String told, Consumer<Finding> findings) {
        if (recorded instanceof String text
                && !text.isEmpty()
                && !text.toLowerCase(Locale.ROOT).equals(told.strip().toLowerCase(Locale.ROOT))) {
            Object[] path = field.split("\\.", -1);
            findings.accept(Finding.error(
                            "ids-contradict", field + " of " + summary.name() + " is not what the two sides agreed on")
                    .at(summary.name(), summary.line(path))
                    .with("summary", text)
                    .with("message", told));
        }
    }
}
