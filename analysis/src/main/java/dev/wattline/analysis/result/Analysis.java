package dev.wattline.analysis.result;

/**
 * All that one analysis found.
 *
 * @param summary the figures, as written to {@code sampling-error.json}
 * @param trace both series, as written to {@code merged.csv}
 * @param diagnostics curves for the report
 */
public record Analysis(SamplingError summary, MergedTrace trace, Diagnostics diagnostics) {}
