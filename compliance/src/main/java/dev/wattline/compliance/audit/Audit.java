package dev.wattline.compliance.audit;

import dev.wattline.compliance.Finding;
import dev.wattline.compliance.Severity;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.python.PyError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All rules of the audit, worst findings first. Safe for use by several threads. */
public final class Audit {
    private static final List<AuditRule> RULES = List.of(
            new WindowRule(),
            new SampleFaultsRule(),
            new LostRowsRule(),
            new TestingComplaintsRule(),
            new PtdLogCutRule(),
            new PtdDialogueRule(),
            new DirectorLogRule(),
            new SessionIdsRule(),
            new PtdCommandRule(),
            new ClockRule(),
            new OrderRule(),
            new LoadgenClockRule(),
            new LoadgenResultRule(),
            new UncertaintyReplyRule(),
            new RangeUseRule(),
            new HiddenPowerDropRule(),
            new MockRule(),
            new ExtraFilesRule());

    private Audit() {}

    /** What the rules find in a session. */
    public static List<Finding> run(SessionFacts facts) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Finding> unreadable = new LinkedHashMap<>();
        for (AuditRule rule : RULES) {
            try {
                rule.run(facts, findings::add);
            } catch (PyError e) {
                String file = String.valueOf(e.file());
                unreadable.putIfAbsent(
                        file,
                        Finding.of(
                                        "audit-incomplete",
                                        Severity.INFO,
                                        "the audit could not use " + file + ": " + e.words())
                                .at(e.file(), e.line()));
            } catch (IOException e) {
                unreadable.putIfAbsent(
                        "",
                        Finding.of(
                                "audit-incomplete",
                                Severity.INFO,
                                "the audit could not read a file: " + e.getMessage()));
            }
        }
        findings.addAll(unreadable.values());
        findings.sort((one, two) -> two.severity().compareTo(one.severity()));
        return findings;
    }
}
