package dev.wattline.report.trace;

import dev.wattline.analysis.result.TimeSeries;

/**
 * One line of a plot over time.
 *
 * @param label its name
 * @param role its colour: {@code wall}, {@code gpu}, {@code residual} or {@code card0} to {@code card7}
 * @param points what to draw, NaN for a hole
 */
public record DrawnSeries(String label, String role, TimeSeries points) {}
