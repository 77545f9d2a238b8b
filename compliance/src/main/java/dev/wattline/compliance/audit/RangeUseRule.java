package dev.wattline.compliance.audit;

import dev.wattline.compliance.Decimals;
import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SplFacts;
import dev.wattline.compliance.sample.PowerStatistics;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The range suits the load: the average power is not lost in the analyzer's span (its voltage range times its current
 * range), and the current's peaks, which a poor power factor makes high, fit under the crest factor of 3 that the
 * analyzers are set to.
 */
final class RangeUseRule implements AuditRule {
    private static final double LEAST_SHARE = 0.05; // below, an error of 0.1 % of the range is 2 % of the reading
    private static final double LEAST_POWER_FACTOR = 0.6;
    private static final double CREST_FACTOR = 3;

    @Override
    public List<String> ids() {
        return List.of("span-low", "crest-risk", "power-factor-low");
    }

    @Override
    public boolean guardsMetric() {
        return true;
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        SplFacts spl = facts.spl(Phase.TESTING);
        Optional<PtdLog.Measurement> testing = facts.ptdLog().measurement(Phase.TESTING);
        PowerStatistics power = spl.inWindow();
        if (facts.ptdLog().severalAnalyzers()) {
            audit.inapplicable(Phase.TESTING, "rows are sums of several analyzers, each with ranges of its own");
            return;
        }
        if (testing.isEmpty()) {
            audit.missing(Phase.TESTING, PtdLog.FILE, "it does not show the testing measurement");
            return;
        }
        if (power.positiveCount() == 0) {
            return; // there is no average; the rules on the window and on samples say why
        }
        double volts = testing.map(PtdLog.Measurement::volts).orElse(Double.NaN);
        double amps = testing.map(PtdLog.Measurement::amps).orElse(Double.NaN);
        int channels = facts.identity()
                .filter(identity -> identity.model().endsWith("_multichannel"))
                .map(identity -> Math.max(1, identity.channels()))
                .orElse(1);
        double share = power.positiveMean() / (volts * amps * channels);
        if (share < LEAST_SHARE) {
            findings.accept(Finding.warning(
                            "span-low",
                            "the average power is only " + Decimals.percent(share, 2) + " of the analyzer's span")
                    .in(spl.file())
                    .with("average in W", Effect.watts(power.positiveMean()))
                    .with("ranges", volts + " V, " + amps + " A, " + channels + " channels")
                    .with(Effect.NAME, "0.1 % of the range are " + Decimals.fixed(0.1 / share, 2) + " % of the average")
                    .limit("at least 5 %"));
        }
        peaks(spl, power, amps, findings);
    }

    private static void peaks(SplFacts spl, PowerStatistics power, double amps, Consumer<Finding> findings) {
        double factor = power.powerFactor();
        if (Double.isNaN(factor) || factor >= LEAST_POWER_FACTOR) {
            return;
        }
        // Of a distorted current the crest factor is about that of a sine over the power factor.
        double crest = Math.sqrt(2) / factor;
        double peak = power.maxAmps() * crest;
        boolean risk = peak > CREST_FACTOR * amps;
        findings.accept((risk
                        ? Finding.warning(
                                "crest-risk",
                                "the current's peaks may exceed what the range allows: its power factor is low")
                        : Finding.of("power-factor-low", Severity.INFO, "the average power factor is low"))
                .in(spl.file())
                .with("average power factor", Decimals.fixed(factor, 3))
                .with("estimated crest factor", Decimals.fixed(crest, 1))
                .with("estimated peak in A", Decimals.fixed(peak, 3))
                .with(Effect.NAME, risk ? "clipped peaks read too low" : "a larger uncertainty")
                .limit(Decimals.fixed(CREST_FACTOR * amps, 3) + " A at a range of " + Decimals.fixed(amps, 3) + " A"));
    }
}
