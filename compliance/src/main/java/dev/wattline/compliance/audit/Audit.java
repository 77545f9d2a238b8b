package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All rules of the audit. Safe for use by several threads.
 *
 * @param findings what the rules found, and which could not run, worst first
 * @param unguarded the rules that guard the metric and could not run on all that they look at
 */
public record Audit(List<Finding> findings, List<String> unguarded) {
    /** No rule ran, because nothing was asked of the audit. */
    public static final Audit NONE = new Audit(List.of(), List.of());

    private static final List<AuditRule> RULES = List.of(
            new RoundRule(),
            new ScenarioRule(),
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
            new TimeZoneRule(),
            new LoadgenClockRule(),
            new LoadgenResultRule(),
            new UncertaintyReplyRule(),
            new RangeUseRule(),
            new RangeRoomRule(),
            new HiddenPowerDropRule(),
            new MockRule(),
            new NameplateRule(),
            new ExtraFilesRule());

    private static final Set<String> GUARDS = RULES.stream()
            .filter(AuditRule::guardsMetric)
            .flatMap(rule -> rule.ids().stream())
            .collect(Collectors.toUnmodifiableSet());

    public Audit {
        findings = List.copyOf(findings);
        unguarded = List.copyOf(unguarded);
    }

    /**
     * What the rules find in a session.
     *
     * @param phases that the session has
     * @param askedScenario the scenario that the user says the result counts for, or null
     */
    public static Audit of(SessionFacts facts, List<Phase> phases, @Nullable String askedScenario) {
        AuditRun run = new AuditRun(facts, phases, askedScenario);
        RULES.forEach(run::run);
        return new Audit(run.findings(), run.unguarded());
    }

    /** What is to be said against the metric: the first error of each rule that guards it; empty if nothing is. */
    public List<Finding> doubts() {
        Map<String, Finding> errors = new LinkedHashMap<>();
        for (Finding finding : findings) {
            if (finding.severity() == Severity.ERROR && GUARDS.contains(finding.id())) {
                errors.putIfAbsent(finding.id(), finding);
            }
        }
        List<Finding> doubts = new ArrayList<>(errors.values());
        if (!unguarded.isEmpty()) {
            String rules = String.join(", ", unguarded);
            doubts.add(Finding.of("metric-unguarded", "rules that guard it did not run: " + rules)
                    .with("rules", rules));
        }
        return doubts;
    }

    /** All findings that the rules can make. */
    static List<String> ids() {
        return RULES.stream().flatMap(rule -> rule.ids().stream()).distinct().toList();
    }
}
