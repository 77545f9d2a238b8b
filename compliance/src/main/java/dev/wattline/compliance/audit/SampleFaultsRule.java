package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.SplFacts;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.sample.FaultTally;
import dev.wattline.compliance.sample.PowerStatistics;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the rules on single samples have against the power logs: gaps, duplicates, samples of a kind that the metric drops
 * in silence, readings above the range, rows merged out of time; and lines that are no rows.
 */
final class SampleFaultsRule implements AuditRule {
    private static final Set<String> DROPPED =
            Set.of("sample-error", "sample-missed", "sample-out-of-range", "sample-zero");

    @Override
    public List<String> ids() {
        return List.of(
                "sample-gap",
                "sample-duplicate",
                "sample-order",
                "sample-error",
                "sample-missed",
                "sample-out-of-range",
                "sample-zero",
                "range-exceeded",
                "merge-skew",
                "row-malformed",
                "row-mark");
    }

    @Override
    public boolean guardsMetric() {
        return true;
    }

    @Override
    public void run(AuditRun audit) {
        audit.eachPhase(phase -> phase(audit, phase));
        audit.part(Phase.TESTING, () -> ranges(audit));
    }

    private static void phase(AuditRun audit, Phase phase) throws IOException {
        SplFacts spl = audit.facts().spl(phase);
        Map<String, FaultTally.Entry> inside = new TreeMap<>(spl.windowFaults().all());
        Map<String, FaultTally.Entry> anywhere = new TreeMap<>(spl.faults().all());
        for (Map.Entry<String, FaultTally.Entry> fault : anywhere.entrySet()) {
            FaultTally.Entry counted = inside.getOrDefault(fault.getKey(), fault.getValue());
            // Where the window is not known, every sample may be one of its samples.
            boolean matters = phase == Phase.TESTING && (spl.window() == null || inside.containsKey(fault.getKey()));
            audit.add(finding(
                    spl, phase, fault.getKey(), counted, fault.getValue().count(), matters));
        }
        lines(spl, phase, audit::add);
    }

    /** Whether the rule on ranges could run: it needs the ranges that PTDaemon's log tells. */
    private static void ranges(AuditRun audit) throws IOException {
        try {
            if (audit.facts().ptdLog().measurement(Phase.TESTING).isEmpty()) {
                audit.missing(Phase.TESTING, PtdLog.FILE, "it does not show the testing measurement", "range-exceeded");
            }
        } catch (PyError e) {
            audit.missing(Phase.TESTING, PtdLog.FILE, e.words(), "range-exceeded");
        }
    }

    private static Finding finding(
            SplFacts spl, Phase phase, String id, FaultTally.Entry entry, long anywhere, boolean matters) {
        Severity severity = severity(id, matters);
        String where = matters && spl.window() != null ? "in the power window" : "of the " + phase + " phase";
        String text = entry.count() == 1
                ? entry.worst().message() + " (once " + where + ")"
                : entry.worst().message() + " (the worst of " + entry.count() + " " + where + ")";
        Finding finding = Finding.of(id, severity, text)
                .at(spl.file(), entry.worstLine())
                .with("number", entry.count())
                .with("number in the whole log", anywhere)
                .with("first line", entry.firstLine());
        return matters && spl.window() != null ? effect(finding, spl, id) : finding;
    }

    private static Severity severity(String id, boolean matters) {
        if (id.equals("sample-order")) {
            return Severity.ERROR; // the log was put together, wherever that shows
        }
        return !matters ? Severity.INFO : id.equals("sample-zero") ? Severity.WARNING : Severity.ERROR;
    }

    private static Finding effect(Finding finding, SplFacts spl, String id) {
        PowerStatistics power = spl.inWindow();
        double metric = power.positiveMean();
        if (DROPPED.contains(id)) {
            return finding.with("mean of the samples above zero in W", Effect.watts(metric))
                    .with("mean with the decoded ones in W", Effect.watts(power.decodedMean()))
                    .with("mean with the encoded ones, as up to v3.0, in W", Effect.watts(power.mean()))
                    .with(Effect.NAME, Effect.ofMeans(metric, power.decodedMean()));
        }
        if (id.equals("merge-skew")) {
            double apart = spl.analyzers().stream()
                    .mapToDouble(PowerStatistics::decodedMean)
                    .sum();
            return finding.with("mean of the merged rows in W", Effect.watts(metric))
                    .with("sum of each analyzer's mean in W", Effect.watts(apart))
                    .with(Effect.NAME, Effect.ofMeans(metric, apart));
        }
        if (id.equals("range-exceeded")) {
            return finding.with(Effect.NAME, "unknown: the analyzer's accuracy is not specified above the range");
        }
        return finding.with(Effect.NAME, Effect.ofMeans(metric, power.timeWeightedMean()));
    }

    private static void lines(SplFacts spl, Phase phase, Consumer<Finding> findings) {
        spl.firstRejection()
                .ifPresent(first -> findings.accept(Finding.warning(
                                "row-malformed",
                                spl.rejected() + " lines of the power log are no samples: " + first.reason())
                        .at(spl.file(), first.line())
                        .with("number", spl.rejected())));
        if (spl.otherMarks() > 0) {
            findings.accept(Finding.error(
                            "row-mark", spl.otherMarks() + " rows do not carry the mark of the " + phase + " phase")
                    .at(spl.file(), spl.otherMarkLine())
                    .with("number", spl.otherMarks())
                    .limit("<session>_" + phase.word()));
        }
    }
}
