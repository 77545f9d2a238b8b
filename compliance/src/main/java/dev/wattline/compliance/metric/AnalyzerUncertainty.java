package dev.wattline.compliance.metric;

import dev.wattline.compliance.Decimals;
import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.python.PyError;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.Phase;
import dev.wattline.model.UncertaintyStatistics;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * How far the analyzer may be off, as a fraction of the mean power, and where that comes from: PTDaemon's own average
 * uncertainty of the testing samples where it is recorded (round v4.1 and later), else the maker's basic accuracy at mains
 * frequency and unity power factor, a share of the reading plus a share of the range in use. The errors of an analyzer
 * are nearly the same for every sample of a run, so averaging does not lessen them.
 *
 * @param fraction 0.005 for 0.5 %
 */
record AnalyzerUncertainty(double fraction, String source) {

    /** Power accuracy from 45 to 66 Hz by the makers' data sheets: share of reading, share of range. */
    private record Accuracy(double reading, double range) {}

    private static final Map<String, Accuracy> ACCURACY = Map.of(
            "YokogawaWT210", new Accuracy(0.001, 0.001),
            "YokogawaWT310", new Accuracy(0.001, 0.0005),
            "YokogawaWT330", new Accuracy(0.001, 0.0005),
            "YokogawaWT500", new Accuracy(0.001, 0.001));

    static Optional<AnalyzerUncertainty> of(SessionFacts facts, double watts) throws IOException {
        Optional<UncertaintyStatistics> reported = facts.testingUncertainty().filter(UncertaintyStatistics::known);
        if (reported.isPresent()) {
            double fraction = reported.get().average();
            return Optional.of(new AnalyzerUncertainty(
                    fraction, "interval: PTDaemon's average uncertainty, " + Decimals.percent(fraction, 3)));
        }
        try {
            return byDataSheet(facts, watts);
        } catch (PyError e) {
            return Optional.empty(); // without PTDaemon's log the ranges are not known; the official check names it
        }
    }

    private static Optional<AnalyzerUncertainty> byDataSheet(SessionFacts facts, double watts) throws IOException {
        Optional<AnalyzerIdentity> identity = facts.identity();
        Optional<PtdLog.Measurement> testing = facts.ptdLog().measurement(Phase.TESTING);
        if (identity.isEmpty() || testing.isEmpty()) {
            return Optional.empty();
        }
        double span = testing.get().volts() * testing.get().amps();
        if (Double.isNaN(span) || facts.ptdLog().severalAnalyzers()) {
            return Optional.empty();
        }
        String model = identity.get().model();
        // A multichannel analyzer measures each channel with the same range; the log has one or two to three of them.
        int channels =
                model.endsWith("_multichannel") ? Math.max(1, identity.get().channels()) : 1;
        return ACCURACY.entrySet().stream()
                .filter(entry -> model.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .map(accuracy -> {
                    double fraction = accuracy.reading() + accuracy.range() * span * channels / watts;
                    return new AnalyzerUncertainty(
                            fraction,
                            "interval: the maker's accuracy, " + Decimals.percent(accuracy.reading(), 2)
                                    + " of reading and " + Decimals.percent(accuracy.range(), 2) + " of the range of "
                                    + Decimals.fixed(span * channels, 0) + " W, in all "
                                    + Decimals.percent(fraction, 3));
                });
    }
}
