package dev.wattline.cli.demo;

import dev.wattline.analysis.result.Interval;
import java.util.Locale;

/**
 * How wrong the mock nvidia-smi really was, known because its cards draw a known part of a known signal.
 *
 * @param pct error of the reported energy, percent of the true one; negative where it reads low
 */
public record DemoTruth(double pct) {

    /**
     * The truth of a window.
     *
     * @param reportedJ what nvidia-smi says the cards took, J
     * @param trueJ what they took, integrated from the signal over the window, J
     */
    public static DemoTruth of(double reportedJ, double trueJ) {
        return new DemoTruth(100 * (reportedJ / trueJ - 1));
    }

    /** Whether it lies in the interval that the analysis gave. */
    public boolean isIn(Interval interval) {
        return interval.isKnown() && interval.contains(pct);
    }

    /** A line about it, and whether it lies in the interval that the analysis gave. */
    String against(Interval interval) {
        return String.format(
                Locale.ROOT,
                "true error (known from the mock): %.2f %% %s, %s the interval",
                Math.abs(pct),
                pct < 0 ? "low" : "high",
                isIn(interval) ? "inside" : "outside");
    }
}
