package dev.wattline.analysis.result;

/**
 * How wrong nvidia-smi is on this run: its plain reading (trapezoid over the stamps as they are) against the best
 * estimate of the GPUs' true energy.
 *
 * @param pct error of the plain reading in percent of the true energy, negative where it reads low; NaN where unknown
 * @param ci95Pct 95 % interval of it
 * @param components what the half-width is made of
 * @param timingPct the part of {@code pct} that comes from late, smeared readings at the window's ends
 * @param gainPct the part that comes from the gain
 * @param offsetPct the part that comes from the offset
 * @param reportedJ plain reading over the window in J
 * @param estimateJ estimate of the true energy in J
 * @param estimateCi95J 95 % interval of the estimate
 * @param shareJ the analyzer's GPU-correlated energy over the window in J, an upper bound of what the GPUs drew
 * @param againstSharePct the plain reading against that energy, in percent
 * @param againstShareCi95Pct interval of it, from the slope's
 * @param reference {@code calibration} or {@code prior}
 * @param because the reason in one sentence
 * @param window name of the phase this was computed over
 * @param contradiction what contradicts the readings, so that the interval was widened to what it allows; empty where
 *     nothing does
 */
public record ErrorResult(
        double pct,
        Interval ci95Pct,
        Components components,
        double timingPct,
        double gainPct,
        double offsetPct,
        double reportedJ,
        double estimateJ,
        Interval estimateCi95J,
        double shareJ,
        double againstSharePct,
        Interval againstShareCi95Pct,
        String reference,
        String because,
        String window,
        String contradiction) {
    /** No statement, and why. */
    public static ErrorResult none(String because) {
        double nan = Double.NaN;
        return new ErrorResult(
                nan,
                Interval.NONE,
                Components.NONE,
                nan,
                nan,
                nan,
                nan,
                nan,
                Interval.NONE,
                nan,
                nan,
                Interval.NONE,
                "",
                because,
                "",
                "");
    }
}
