package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.PtdLog.Complaint;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.Window;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.sample.UncertaintyRule;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * PTDaemon complains of nothing while testing. The official checker looks for warnings only 800 s inside the load, where
 * 800 ms were meant, knows one of four wordings, and stops at the first line that only warns.
 */
final class TestingComplaintsRule implements AuditRule {

    @Override
    public List<String> ids() {
        return List.of("testing-errors", "load-uncertainty", "load-warnings");
    }

    @Override
    public boolean guardsMetric() {
        return true;
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        List<Complaint> complaints = facts.ptdLog().complaints().testing();
        if (complaints.isEmpty()) {
            return;
        }
        double shift = facts.loadgenOffset() - facts.ptdOffsetByMarks().orElse(facts.ptdOffset());
        Optional<Window> window = window(audit).map(own -> own.shifted(shift));
        List<Complaint> errors = new ArrayList<>();
        List<Complaint> high = new ArrayList<>();
        List<Complaint> others = new ArrayList<>();
        for (Complaint complaint : complaints) {
            boolean inside = window.isPresent() && window.get().holds(complaint.micros());
            if (complaint.said().error()) {
                errors.add(complaint);
            } else if (inside) {
                (Double.isNaN(complaint.said().uncertaintyPercent()) ? others : high).add(complaint);
            }
        }
        errors(errors, facts, findings);
        high(high, findings);
        others(others, findings);
    }

    /** LoadGen's window; without it only errors can be told. */
    private static Optional<Window> window(AuditRun audit) throws IOException {
        try {
            Optional<Window> window = audit.facts().loadgen(Phase.TESTING).window();
            if (window.isPresent()) {
                return window;
            }
        } catch (PyError e) {
            audit.missing(Phase.TESTING, String.valueOf(e.file()), e.words(), "load-uncertainty", "load-warnings");
            return Optional.empty();
        }
        audit.missing(
                Phase.TESTING,
                audit.facts().loadgen(Phase.TESTING).file(),
                "it does not tell the power window",
                "load-uncertainty",
                "load-warnings");
        return Optional.empty();
    }

    private static void errors(List<Complaint> errors, SessionFacts facts, Consumer<Finding> findings)
            throws IOException {
        if (errors.isEmpty()) {
            return;
        }
        Complaint first = errors.get(0);
        findings.accept(Finding.error(
                        "testing-errors",
                        "PTDaemon reported " + errors.size() + " errors while testing: "
                                + first.said().text())
                .at(PtdLog.FILE, first.line())
                .with("number", errors.size())
                .with("last line", errors.get(errors.size() - 1).line())
                .with("samples out of range in the power log", outOfRange(facts))
                .limit("no ERROR line while testing"));
    }

    private static String outOfRange(SessionFacts facts) throws IOException {
        try {
            return facts.spl(Phase.TESTING)
                    .windowFaults()
                    .of("sample-out-of-range")
                    .map(entry -> Long.toString(entry.count()))
                    .orElse("0");
        } catch (PyError e) {
            return "unknown: " + e.words();
        }
    }

    private static void high(List<Complaint> high, Consumer<Finding> findings) {
        if (high.isEmpty()) {
            return;
        }
        double worst = high.stream()
                .mapToDouble(complaint -> complaint.said().uncertaintyPercent())
                .max()
                .orElse(Double.NaN);
        Finding finding = Finding.of(
                        "load-uncertainty",
                        worst > 100 * UncertaintyRule.MAX_AVERAGE ? Severity.ERROR : Severity.WARNING,
                        "PTDaemon warned " + high.size() + " times of an uncertainty above 1 % within the load")
                .at(PtdLog.FILE, high.get(0).line())
                .with("number", high.size())
                .with("worst", String.format(Locale.ROOT, "%.2f %%", worst))
                .limit("1.00 %");
        findings.accept(
                finding.with(Effect.NAME, String.format(Locale.ROOT, "up to %.2f %% of the samples concerned", worst)));
    }

    private static void others(List<Complaint> others, Consumer<Finding> findings) {
        if (others.isEmpty()) {
            return;
        }
        Complaint first = others.get(0);
        findings.accept(Finding.warning(
                        "load-warnings",
                        "PTDaemon warned " + others.size() + " times within the load: "
                                + first.said().text())
                .at(PtdLog.FILE, first.line())
                .with("number", others.size()));
    }
}
