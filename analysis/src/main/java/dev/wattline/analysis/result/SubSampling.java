package dev.wattline.analysis.result;

/**
 * What another polling rate would have given over the window.
 *
 * @param rateHz polls per second
 * @param sdPct SD over the phase of the polls, percent of the mean; NaN where not known
 * @param biasPct mean deviation from the full log in percent
 * @param rangePct smallest and largest deviation in percent
 * @param phases number of phases tried
 * @param source {@code thinned} (from the log itself), {@code predicted} (by the error budget) or {@code unknown}
 */
public record SubSampling(double rateHz, double sdPct, double biasPct, Interval rangePct, int phases, String source) {}
