package dev.wattline.analysis.result;

/**
 * The analyzer's energy, and wall power as base + slope x the GPUs' reported sum. The slope contains the supply's
 * losses, the cards' gain and all that follows the GPUs (CPU, fans), so the share is an upper bound and the slope no
 * efficiency.
 *
 * @param energyJ estimate of the energy in J over the window; the same as the window's phase has
 * @param energyCi95J 95 % interval of it
 * @param meanW estimate of the mean power in W over the window, not the official metric's mean of samples
 * @param meanCi95W 95 % interval of it
 * @param windowS seconds of the window that the analyzer's log covers
 * @param slope W of wall power per W reported; NaN where no regression was possible
 * @param slopeCi interval of the slope at 95 %
 * @param interceptW wall power with all GPUs at 0 W
 * @param r2 share of the variance explained
 * @param rmsW residual RMS in W
 * @param durbinWatson Durbin-Watson statistic of the residuals
 * @param lag1Autocorrelation their lag-1 autocorrelation
 * @param maxCookDistance largest Cook's distance of a pair
 * @param blockS length of the averaged blocks in s
 * @param pairs number of pairs
 * @param gpuCorrelatedSharePct share of the window's wall energy that follows the GPUs, in percent, more than 0 and less than
 *     100; NaN where the line leaves less than nothing for the rest of the machine, or holes leave too little of the window
 * @param gpuCorrelatedJ the same in J
 * @param shareIsUpperBound always true: CPU and fans follow the GPUs too
 * @param reason why there is no regression, or no share; empty where there are both
 */
public record WallResult(
        double energyJ,
        Interval energyCi95J,
        double meanW,
        Interval meanCi95W,
        double windowS,
        double slope,
        Interval slopeCi,
        double interceptW,
        double r2,
        double rmsW,
        double durbinWatson,
        double lag1Autocorrelation,
        double maxCookDistance,
        double blockS,
        int pairs,
        double gpuCorrelatedSharePct,
        double gpuCorrelatedJ,
        boolean shareIsUpperBound,
        String reason) {}
