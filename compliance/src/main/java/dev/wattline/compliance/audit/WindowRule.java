package dev.wattline.compliance.audit;

import dev.wattline.compliance.Finding;
import dev.wattline.compliance.Severity;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SplFacts;
import dev.wattline.compliance.facts.Window;
import dev.wattline.compliance.sample.GapRule;
import dev.wattline.compliance.sample.PowerStatistics;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;

/** The power window is full of samples: one a second, from its beginning to its end. */
final class WindowRule implements AuditRule {
    private static final int TOLERATED = 1; // where the window's ends fall between two samples
    private static final long EDGE_MICROS = GapRule.MAX_INTERVAL.toMillis() * 1000;

    @Override
    public void run(SessionFacts facts, Consumer<Finding> findings) throws IOException {
        for (Phase phase : Phase.values()) {
            check(facts.spl(phase), phase, findings);
        }
    }

    private static void check(SplFacts spl, Phase phase, Consumer<Finding> findings) {
        Window window = spl.window();
        if (window == null) {
            return; // without a window the official check fails, in the same words
        }
        Severity severity = phase == Phase.TESTING ? Severity.ERROR : Severity.WARNING;
        PowerStatistics power = spl.inWindow();
        if (power.count() == 0) {
            findings.accept(Finding.of(
                            "window-empty",
                            severity,
                            "no sample of the " + phase + " phase lies in LoadGen's power window")
                    .in(spl.file())
                    .with("rows", spl.rows())
                    .with("window in s", Effect.seconds(window.seconds()))
                    .with(Effect.NAME, "there is no metric"));
            return;
        }
        long expected = (long) window.seconds();
        long missing = expected - power.count();
        if (missing > TOLERATED) {
            findings.accept(Finding.of(
                            "samples-missing",
                            severity,
                            missing + " of " + expected + " samples are missing in the power window of the " + phase
                                    + " phase")
                    .in(spl.file())
                    .with("samples", power.count())
                    .with("share missing", String.format(Locale.ROOT, "%.3f %%", 100.0 * missing / expected))
                    .with(Effect.NAME, Effect.ofMeans(power.positiveMean(), power.timeWeightedMean()))
                    .limit(expected + " samples"));
        }
        uncovered(spl, window, severity, findings);
    }

    private static void uncovered(SplFacts spl, Window window, Severity severity, Consumer<Finding> findings) {
        long late = spl.firstMicros() - window.beginMicros();
        long early = window.endMicros() - spl.lastMicros();
        if (late > EDGE_MICROS || early > EDGE_MICROS) {
            double seconds = (Math.max(late, 0) + Math.max(early, 0)) / 1e6;
            findings.accept(Finding.of("window-uncovered", severity, "the samples do not cover LoadGen's power window")
                    .in(spl.file())
                    .with("first sample after the begin in s", Effect.seconds(late / 1e6))
                    .with("last sample before the end in s", Effect.seconds(early / 1e6))
                    .with("share uncovered", String.format(Locale.ROOT, "%.3f %%", 100 * seconds / window.seconds()))
                    .limit("1.5 s at each end"));
        }
    }
}
