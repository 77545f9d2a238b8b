package dev.wattline.director.phase;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.model.UncertaintyStatistics;
import dev.wattline.model.WattsStatistics;
import dev.wattline.ptd.PtdCommandRejectedException;
import java.util.Optional;

/**
 * What PTDaemon says of a measurement. An analyzer that knows no uncertainty refuses the question, which is no reason to
 * lose the measurement: the refusal stands in the record as the reply it was.
 *
 * @param wattsReply the reply to {@code Watts} as it came
 * @param uncertaintyReply the reply to {@code Uncertainty} as it came
 * @param watts what the former says; empty if it was a refusal
 * @param uncertainty what the latter says; empty if it was a refusal
 */
public record PhaseStatistics(
        String wattsReply,
        String uncertaintyReply,
        Optional<WattsStatistics> watts,
        Optional<UncertaintyStatistics> uncertainty) {

    /** Asks for both; the reference asks for watts first while measuring, and last after the samples. */
    public static PhaseStatistics ask(Analyzer analyzer, boolean wattsFirst) throws InterruptedException {
        Optional<WattsStatistics> watts = wattsFirst ? watts(analyzer) : Optional.empty();
        Optional<UncertaintyStatistics> uncertainty = uncertainty(analyzer);
        if (!wattsFirst) {
            watts = watts(analyzer);
        }
        return new PhaseStatistics(analyzer.lastReply("Watts"), analyzer.lastReply("Uncertainty"), watts, uncertainty);
    }

    private static Optional<WattsStatistics> watts(Analyzer analyzer) throws InterruptedException {
        try {
            return Optional.of(analyzer.watts());
        } catch (PtdCommandRejectedException e) {
            return Optional.empty(); // recorded as a reply
        }
    }

    private static Optional<UncertaintyStatistics> uncertainty(Analyzer analyzer) throws InterruptedException {
        try {
            return Optional.of(analyzer.uncertainty());
        } catch (PtdCommandRejectedException e) {
            return Optional.empty(); // recorded as a reply
        }
    }
}
