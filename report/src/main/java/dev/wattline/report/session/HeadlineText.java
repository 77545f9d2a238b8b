package dev.wattline.report.session;

import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.Interval;
import dev.wattline.report.page.Headline;
import dev.wattline.report.page.Numbers;

/** The sentence at the top of the report. */
final class HeadlineText {
    /** How to get telemetry. */
    static final String HOW_TO_GET_TELEMETRY =
            "Measure again with “wattline run … --telemetry nvidia-smi” to have the GPUs' own readings beside the analyzer's.";

    private HeadlineText() {}

    static Headline of(RunFacts facts) {
        if (facts.hasError()) {
            ErrorResult error = facts.found().error();
            return new Headline(
                    title(facts.found().inputs().readingsName(), error),
                    "95 % interval: " + range(error.ci95Pct()) + " " + against(error),
                    (error.contradiction().isEmpty() ? "" : "Contradicted: " + error.contradiction() + ". ")
                            + "Because "
                            + error.because()
                            + ".",
                    notes(facts));
        }
        String because = facts.hasTelemetry()
                ? "How far " + facts.found().inputs().readingsName() + " is off cannot be said: " + facts.noError()
                        + "."
                : "";
        return new Headline(power(facts), "", because, notes(facts));
    }

    private static String title(String readings, ErrorResult error) {
        Interval interval = error.ci95Pct();
        if (!interval.isKnown()) {
            return "How far " + readings + " is off cannot be said: the evidence contradicts it";
        }
        return interval.contains(0)
                ? "No significant error of " + readings + " found: at most "
                        + Numbers.with(Numbers.within(Math.max(-interval.low(), interval.high()), interval), "%")
                : readings + " reads " + lowOrHigh(error.pct(), interval);
    }

    private static String notes(RunFacts facts) {
        String missing = missing(facts);
        String made = facts.madeBy();
        String warning = made.isEmpty() ? "" : "Made data, not a measurement: " + made + ".";
        return missing.isEmpty() || warning.isEmpty() ? warning + missing : warning + " " + missing;
    }

    private static String power(RunFacts facts) {
        double watts = facts.averageWatts();
        if (!facts.isCovered()) {
            return "No figure: " + RunFacts.UNCOVERED;
        }
        return Double.isNaN(watts)
                ? "No power could be told"
                : Numbers.within(watts, facts.halfWidthWatts()) + " W on average over "
                        + Numbers.duration(facts.windowSeconds());
    }

    private static String missing(RunFacts facts) {
        if (!facts.hasTelemetry() && !facts.found().inputs().smi().isEmpty()) {
            return "The telemetry could not be read: the report holds the analyzer's part alone, nothing about the GPUs.";
        }
        if (!facts.hasTelemetry()) {
            return "No telemetry: the report holds the analyzer's part alone, nothing about the GPUs. "
                    + HOW_TO_GET_TELEMETRY;
        }
        return facts.wall() == null
                ? "No analyzer: the report holds the telemetry's part alone, without wall power and without clock comparison."
                : "";
    }

    private static String against(ErrorResult error) {
        String reference = error.reference().equals("calibration")
                ? "(calibrated cards)"
                : "(cards not calibrated: gain and offset of a population of cards are assumed)";
        boolean open = error.ci95Pct().isKnown() && error.ci95Pct().contains(0);
        return open ? reference + "; no error at all is inside the interval" : reference;
    }

    /** As {@code 4.8 % low}, with the digits that the interval can bear. */
    private static String lowOrHigh(double percent, Interval interval) {
        if (Math.abs(percent) < 0.005) {
            return "true, within 0.01 %";
        }
        return Numbers.with(Numbers.within(Math.abs(percent), interval), "%") + (percent < 0 ? " low" : " high");
    }

    private static String range(Interval interval) {
        if (!interval.isKnown()) {
            return "unknown";
        }
        return lowOrHigh(interval.low(), interval) + " to " + lowOrHigh(interval.high(), interval);
    }
}
