package dev.wattline.analysis.source;

import dev.wattline.analysis.result.TimeSeries;

/**
 * The power of all devices of one scope over time, as one source read it.
 *
 * @param scope what is inside
 * @param source such as {@code rapl}
 * @param watts means of a second each, NaN where not known; by the machine's clock
 */
public record SourceSeries(String scope, String source, TimeSeries watts) {}
