package dev.wattline.cli.demo;

import dev.wattline.analysis.result.Interval;
import dev.wattline.model.PowerSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * How wrong the mock nvidia-smi really was, which only mocks can tell: the mock analyzer's power holds a known part of the
 * cards'. The analyzer's samples are means of whole seconds that do not begin and end with the window, so that where the
 * power changes at one of its ends, part of a sample belongs to the other side.
 *
 * @param pct error of the reported energy, percent of the true one; negative where it reads low
 * @param openPct how far off that may be because of the ends of the window, percent
 */
record DemoTruth(double pct, double openPct) {

    /**
     * The truth of a window.
     *
     * @param reportedJ what nvidia-smi says the cards took, J
     * @param trueJ what they took by the analyzer's mean power, J
     * @param cardShare the cards' part of a change of the power at the wall
     * @param samples the analyzer's, one a second, in order of time
     */
    static DemoTruth of(
            double reportedJ, double trueJ, double cardShare, List<PowerSample> samples, Instant start, Instant end) {
        double steps = stepAt(start, samples) + stepAt(end, samples);
        return new DemoTruth(100 * (reportedJ / trueJ - 1), 100 * steps * cardShare / trueJ);
    }

    /** The greatest change of the power from second to second around an end of the window, in W and so for 1 s in J. */
    private static double stepAt(Instant edge, List<PowerSample> samples) {
        double greatest = 0;
        for (int i = 1; i < samples.size(); i++) {
            Duration away = Duration.between(edge, samples.get(i).at()).abs();
            if (away.compareTo(Duration.ofSeconds(2)) <= 0) {
                double step = samples.get(i).reading().watts()
                        - samples.get(i - 1).reading().watts();
                greatest = Math.max(greatest, Math.abs(step));
            }
        }
        return greatest;
    }

    /** A line about it, and whether it lies in the interval that the analysis gave. */
    String against(Interval interval) {
        boolean inside = interval.high() >= pct - openPct && interval.low() <= pct + openPct;
        return String.format(
                        Locale.ROOT,
                        "in truth %.1f %% %s, which the mocks alone can tell: %s the interval",
                        Math.abs(pct),
                        pct < 0 ? "low" : "high",
                        inside ? "inside" : "one of twenty runs lies, as this one, outside of")
                + (openPct < 0.05
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " (give or take %.1f %%: the analyzer's seconds do not end with the window)",
                                openPct));
    }
}
