package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The replies in {@code server.json} are those that PTDaemon printed when it sent them, and its version is the one that
 * it printed when it started. No hash protects {@code server.json}; PTDaemon's log, which one does, tells on it.
 */
final class PtdDialogueRule implements AuditRule {

    private static final String RANGES = "Ranges,";

    @Override
    public List<String> ids() {
        return List.of("ptd-version-contradicts", "ptd-reply-contradicts");
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        facts.server().require();
        PtdLog log = facts.ptdLog();
        version(facts, log, findings);
        if (!log.severalAnalyzers()) {
            replies(facts, log, findings);
        }
    }

    private static void version(SessionFacts facts, PtdLog log, Consumer<Finding> findings) {
        facts.identity().ifPresent(identity -> {
            Optional<String> banner = log.version();
            if (banner.isPresent()
                    && !identity.build().isEmpty()
                    && !banner.get().equals(identity.build())) {
                findings.accept(Finding.error(
                                "ptd-version-contradicts",
                                "server.json and PTDaemon's log name different versions of PTDaemon")
                        .at(Summary.SERVER, facts.server().line("ptd_messages", 1, "reply"))
                        .with("server.json", identity.build())
                        .with("ptd_logs.txt", banner.get()));
            }
        });
    }

    private static void replies(SessionFacts facts, PtdLog log, Consumer<Finding> findings) {
        List<String> printed = new ArrayList<>(log.replies());
        List<SessionFacts.Exchange> recorded = facts.ptdMessages();
        int at = 0;
        for (SessionFacts.Exchange message : recorded) {
            String reply = message.reply().strip();
            if (at >= printed.size()) {
                return; // the rest of the log is missing, which another rule tells
            }
            if (!printed.get(at).strip().equals(reply)) {
                findings.accept(Finding.error(
                                "ptd-reply-contradicts",
                                "server.json holds another reply of PTDaemon than PTDaemon's own log")
                        .at(Summary.SERVER, facts.server().line("ptd_messages", message.index(), "reply"))
                        .with("command", message.command())
                        .with("server.json", reply)
                        .with("ptd_logs.txt", printed.get(at).strip()));
                return; // from the first difference on the two run apart
            }
            at++;
        }
        // Our director reads the restored ranges back when the summary is written: that takes nothing and sets nothing.
        boolean onlyReadBack = printed.subList(at, printed.size()).stream().allMatch(reply -> reply.startsWith(RANGES));
        if (!onlyReadBack) {
            findings.accept(Finding.error("ptd-reply-contradicts", "PTDaemon sent more replies than server.json holds")
                    .at(Summary.SERVER, facts.server().line("ptd_messages"))
                    .with("server.json", recorded.size())
                    .with("ptd_logs.txt", printed.size()));
        }
    }
}
