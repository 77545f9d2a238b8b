package dev.wattline.analysis.report;

import dev.wattline.analysis.report.page.Headline;
import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.Interval;

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
                    "nvidia-smi reads " + lowOrHigh(error.pct()),
                    "95 % interval: " + range(error.ci95Pct()) + " " + against(error),
                    "Because " + error.because() + ".",
                    notes(facts));
        }
        String because = facts.hasTelemetry()
                ? "How far nvidia-smi is off cannot be said: "
                        + facts.found().error().because() + "."
                : "";
        return new Headline(power(facts), "", because, notes(facts));
    }

    private static String notes(RunFacts facts) {
        String missing = missing(facts);
        String made = facts.madeBy();
        String warning = made.isEmpty() ? "" : "Made data, not a measurement: " + made + ".";
        return missing.isEmpty() || warning.isEmpty() ? warning + missing : warning + " " + missing;
    }

    private static String power(RunFacts facts) {
        double watts = facts.averageWatts();
        return Double.isNaN(watts)
                ? "No power could be told"
                : Numbers.watts(watts) + " on average over " + Numbers.duration(facts.windowSeconds());
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
                ? "No analyzer: the report holds nvidia-smi's part alone, without wall power and without clock comparison."
                : "";
    }

    private static String against(ErrorResult error) {
        String reference = error.reference().equals("calibration")
                ? "(calibrated cards)"
                : "(cards not calibrated: gain and offset of a population of cards are assumed)";
        boolean open = error.ci95Pct().isKnown() && error.ci95Pct().contains(0);
        return open ? reference + "; no error at all is inside the interval" : reference;
    }

    /** As {@code 4.8 % low}. */
    static String lowOrHigh(double percent) {
        if (Math.abs(percent) < 0.005) {
            return "true, within 0.01 %";
        }
        return Numbers.percent(Math.abs(percent)) + (percent < 0 ? " low" : " high");
    }

    private static String range(Interval interval) {
        if (!interval.isKnown()) {
            return "unknown";
        }
        return lowOrHigh(interval.low()) + " to " + lowOrHigh(interval.high());
    }
}
