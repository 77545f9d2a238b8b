package dev.wattline.report.trace;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that is drawn over time; the plots share their axis.
 *
 * @param plots the lines of each plot by its name
 * @param bands what is shaded behind them, in order of time
 * @param zone the zone of the times, in words
 */
public record TimePlots(Map<String, List<DrawnSeries>> plots, List<Band> bands, String zone) {

    /**
     * A stretch of time with a name.
     *
     * @param name what it is
     * @param window whether it is the one that the main figures cover
     */
    public record Band(String name, Instant start, Instant end, boolean window) {}
}
