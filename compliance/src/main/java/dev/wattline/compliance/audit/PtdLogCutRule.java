package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** PTDaemon's log is whole: it shows the end of testing and, if the director set the ranges back, that too. */
final class PtdLogCutRule implements AuditRule {

    @Override
    public List<String> ids() {
        return List.of("ptd-log-cut");
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        PtdLog log = facts.ptdLog();
        Optional<PtdLog.Measurement> testing = log.measurement(Phase.TESTING);
        String missing = null;
        if (testing.isEmpty()) {
            missing = "the beginning of the testing measurement";
        } else if (!testing.get().completed()) {
            missing = "the end of the testing measurement";
        } else if (testing.get().average().isEmpty()) {
            missing = "PTDaemon's statistics of the testing measurement";
        } else if (restored(facts) && !log.restoredAfterTesting()) {
            missing = "the last commands of the session";
        }
        if (missing != null) {
            String last = log.lastLine();
            findings.accept(Finding.warning("ptd-log-cut", "ptd_logs.txt is cut short: it lacks " + missing)
                    .at(PtdLog.FILE, log.lines())
                    .with("last line", last.length() > 120 ? last.substring(0, 120) + "..." : last)
                    .with(Effect.NAME, "none, but complaints behind the cut are not seen"));
        }
    }

    /** Whether the director says that it set a range after the last measurement. */
    private static boolean restored(SessionFacts facts) {
        boolean testing = false;
        for (SessionFacts.Exchange message : facts.ptdMessages()) {
            testing |= message.command().startsWith("Go,") && message.command().endsWith("_" + Phase.TESTING.word());
            if (testing && message.command().startsWith("SR,A")) {
                return true;
            }
        }
        return false;
    }
}
