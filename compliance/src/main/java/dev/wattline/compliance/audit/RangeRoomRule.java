package dev.wattline.compliance.audit;

import dev.wattline.compliance.Decimals;
import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.SplFacts;
import dev.wattline.compliance.peaks.PhasePeaks;
import dev.wattline.compliance.peaks.PhasePeaks.AnalyzerPeaks;
import dev.wattline.compliance.peaks.PhasePeaks.ChannelPeak;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.util.List;

/**
 * The ranging phase saw the load that the testing phase had to hold: power did not rise any more at its end, and the
 * testing phase's currents leave room in their range.
 */
final class RangeRoomRule implements AuditRule {
    private static final double LEAST_RISE = 0.01; // samples of a steady load differ by less
    private static final double TIGHT = 0.95;

    @Override
    public List<String> ids() {
        return List.of("ranging-rising", "range-tight");
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        if (audit.phases().contains(Phase.RANGING)) {
            audit.part(Phase.RANGING, () -> rising(audit));
        }
        if (audit.phases().contains(Phase.TESTING)) {
            audit.part(Phase.TESTING, () -> tight(audit));
        }
    }

    private static void rising(AuditRun audit) throws IOException {
        SplFacts spl = audit.facts().spl(Phase.RANGING);
        PhasePeaks peaks = PhasePeaks.of(audit.facts(), Phase.RANGING);
        if (peaks.risen() > LEAST_RISE) {
            audit.add(Finding.of("ranging-rising", Severity.INFO, "power still rose when ranging ended")
                    .in(spl.file())
                    .with("rise in the last tenth of the window", Decimals.percent(peaks.risen(), 2))
                    .with(Effect.NAME, "none by itself; testing may draw more than the ranges were chosen for")
                    .limit("at most 1 %"));
        }
    }

    private static void tight(AuditRun audit) throws IOException {
        SplFacts spl = audit.facts().spl(Phase.TESTING);
        PtdLog log = audit.facts().ptdLog();
        double set =
                log.measurement(Phase.TESTING).map(PtdLog.Measurement::amps).orElse(Double.NaN);
        if (log.severalAnalyzers()) {
            audit.inapplicable(Phase.TESTING, "PTDaemon's log tells the ranges of the first analyzer alone");
            return;
        }
        for (AnalyzerPeaks analyzer :
                PhasePeaks.of(audit.facts(), Phase.TESTING).analyzers()) {
            for (ChannelPeak peak : analyzer.columns()) {
                double share = peak.amps() / set; // NaN where a range or a sum's current is not known
                if (!peak.isSum() && share > TIGHT && share <= 1) {
                    audit.add(Finding.of("range-tight", Severity.INFO, "the greatest current nearly fills its range")
                            .in(spl.file())
                            .with("channel", peak.name())
                            .with("greatest current in A", Decimals.fixed(peak.amps(), 3))
                            .with("range in A", Decimals.fixed(set, 3))
                            .with("share of the range", Decimals.percent(share, 1))
                            .with(Effect.NAME, "none; a little more current would have been outside the range")
                            .limit("at most 95 %"));
                }
            }
        }
    }
}
