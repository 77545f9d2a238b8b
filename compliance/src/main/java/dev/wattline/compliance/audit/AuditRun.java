package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.python.PyError;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The audit of one session while it runs: what was found, and what could not run for want of a file. */
final class AuditRun {
    private final SessionFacts facts;
    private final List<Phase> phases;
    private final @Nullable String askedScenario;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, NotRun> notRun = new LinkedHashMap<>(); // by what is missing
    private final Set<String> unguarded = new TreeSet<>();
    private @Nullable AuditRule rule;

    /** What did not run because one thing was missing. */
    private static final class NotRun {
        final String reason;
        final @Nullable String file;
        final long line;
        final boolean limit; // of the method, and not a fault of the session
        final Set<String> rules = new LinkedHashSet<>();

        NotRun(String reason, @Nullable String file, long line, boolean limit) {
            this.reason = reason;
            this.file = file;
            this.line = line;
            this.limit = limit;
        }
    }

    /** Part of a rule. */
    interface Part {
        void run() throws IOException;
    }

    /**
     * @param phases that the session has
     * @param askedScenario the scenario that the user says the result counts for, or null
     */
    AuditRun(SessionFacts facts, List<Phase> phases, @Nullable String askedScenario) {
        this.facts = facts;
        this.askedScenario = askedScenario;
        this.phases = List.copyOf(phases);
    }

    SessionFacts facts() {
        return facts;
    }

    /** The phases that the session has: one with fixed ranges has no ranging. */
    List<Phase> phases() {
        return phases;
    }

    /** The scenario that the user says the result counts for, or null. */
    @Nullable
    String askedScenario() {
        return askedScenario;
    }

    void add(Finding finding) {
        findings.add(finding);
    }

    void run(AuditRule next) {
        rule = next;
        part(null, () -> next.run(this));
    }

    /**
     * Runs a part of the present rule; a file that it cannot use ends only this part.
     *
     * @param phase that the part is about, or null
     */
    void part(@Nullable Phase phase, Part part) {
        try {
            part.run();
        } catch (PyError e) {
            skip(phase, e.words(), e.file(), e.line(), false);
        } catch (IOException e) {
            skip(phase, "a file cannot be read: " + e.getMessage(), null, 0, false);
        }
    }

    /** Runs a part of the present rule for each phase of the session, each by itself. */
    void eachPhase(PhasePart part) {
        for (Phase phase : phases) {
            part(phase, () -> part.run(phase));
        }
    }

    /** Part of a rule that is about one phase. */
    interface PhasePart {
        void run(Phase phase) throws IOException;
    }

    /** Notes that the present rule, or these of its findings, could not run on a phase although the file is there. */
    void missing(@Nullable Phase phase, String file, String what, String... ids) {
        skip(phase, what, file, 0, false, ids);
    }

    /** Notes that the present rule does not apply to such a session, by the nature of its data. */
    void inapplicable(@Nullable Phase phase, String why) {
        skip(phase, why, null, 0, true);
    }

    private void skip(
            @Nullable Phase phase, String reason, @Nullable String file, long line, boolean limit, String... only) {
        AuditRule present = Objects.requireNonNull(rule);
        NotRun group = notRun.computeIfAbsent(file + "\n" + reason, key -> new NotRun(reason, file, line, limit));
        for (String id : only.length > 0 ? List.of(only) : present.ids()) {
            group.rules.add(phase == null ? id : id + " (" + phase.word() + ")");
            if (present.guardsMetric() && phase != Phase.RANGING) {
                unguarded.add(id);
            }
        }
    }

    /** What was found, worst first. */
    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(findings);
        for (NotRun group : notRun.values()) {
            String where =
                    Optional.ofNullable(group.file).map(file -> file + ": ").orElse("");
            all.add(Finding.of(
                            group.limit ? "audit-limited" : "audit-incomplete",
                            group.limit ? Severity.INFO : Severity.WARNING,
                            (group.rules.size() == 1 ? "a rule" : group.rules.size() + " rules") + " did not run: "
                                    + where + group.reason)
                    .at(group.file, group.line)
                    .with("rules that did not run", String.join(", ", group.rules)));
        }
        all.sort((one, two) -> two.severity().compareTo(one.severity()));
        return List.copyOf(all);
    }

    /** The rules that guard the metric and did not run, or not on all that they look at. */
    List<String> unguarded() {
        return List.copyOf(unguarded);
    }
}
