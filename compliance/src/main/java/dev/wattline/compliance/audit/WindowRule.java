package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.LoadgenDetail;
import dev.wattline.compliance.facts.SplFacts;
import dev.wattline.compliance.facts.Window;
import dev.wattline.compliance.sample.CountRule;
import dev.wattline.compliance.sample.PowerStatistics;
import dev.wattline.compliance.sample.PowerWindowRule;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The power window is full of samples: one a second, from its beginning to its end. */
final class WindowRule implements AuditRule {
    private static final int TOLERATED = 1; // where the window's ends fall between two samples

    @Override
    public List<String> ids() {
        return List.of("window-empty", "samples-missing", "window-uncovered");
    }

    @Override
    public boolean guardsMetric() {
        return true;
    }

    @Override
    public void run(AuditRun audit) {
        audit.eachPhase(phase -> check(audit, phase));
    }

    private static void check(AuditRun audit, Phase phase) throws IOException {
        Consumer<Finding> findings = audit::add;
        SplFacts spl = audit.facts().spl(phase);
        Window window = spl.window();
        if (window == null) {
            LoadgenDetail detail = audit.facts().loadgen(phase); // if it is not there, that is said
            audit.missing(phase, detail.file(), "it does not tell the power window");
            return;
        }
        Severity severity = phase == Phase.TESTING ? Severity.ERROR : Severity.WARNING;
        PowerStatistics power = spl.inWindow();
        if (power.count() == 0) {
            findings.accept(Finding.of(
                            "window-empty",
                            severity,
                            window.seconds() < 0
                                    ? "LoadGen's power window of the " + phase + " phase ends before it begins"
                                    : "no sample of the " + phase + " phase lies in LoadGen's power window")
                    .in(spl.file())
                    .with("rows", spl.rows())
                    .with("window in s", Effect.seconds(window.seconds()))
                    .with(Effect.NAME, "there is no metric"));
            return;
        }
        long expected = (long) window.seconds();
        CountRule.check(power.count(), window.seconds(), TOLERATED)
                .ifPresent(fault -> findings.accept(Finding.of(
                                fault.id(),
                                severity,
                                fault.message() + " in the power window of the " + phase + " phase")
                        .in(spl.file())
                        .with("samples", power.count())
                        .with("share missing", String.format(Locale.ROOT, "%.3f %%", 100.0 * fault.size() / expected))
                        .with(Effect.NAME, Effect.ofMeans(power.positiveMean(), power.timeWeightedMean()))
                        .limit(expected + " samples")));
        uncovered(spl, window, severity, findings);
    }

    private static void uncovered(SplFacts spl, Window window, Severity severity, Consumer<Finding> findings) {
        double first = spl.firstMicros() / 1e6;
        double last = spl.lastMicros() / 1e6;
        PowerWindowRule.covered(window.begin(), window.end(), first, last)
                .ifPresent(fault -> findings.accept(Finding.of(fault.id(), severity, fault.message())
                        .in(spl.file())
                        .with("first sample after the begin in s", Effect.seconds(first - window.begin()))
                        .with("last sample before the end in s", Effect.seconds(window.end() - last))
                        .with(
                                "share uncovered",
                                String.format(Locale.ROOT, "%.3f %%", 100 * fault.size() / window.seconds()))
                        .limit(PowerWindowRule.MAX_EDGE_SECONDS + " s at each end")));
    }
}
