package dev.wattline.report.trace;

import dev.wattline.charts.Axis;
import dev.wattline.charts.Chart;
import dev.wattline.charts.Layer;
import dev.wattline.files.PowerWindow;
import dev.wattline.report.trace.PowerOverview.Stretch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Draws a whole phase of a power log. */
public final class OverviewChart {
    /** The name of such charts' horizontal axis. */
    public static final String TIME = "time of day [UTC]";

    /** The name of such charts' vertical axis. */
    public static final String POWER = "power [W]";

    /** How high such charts are, in pixels. */
    public static final int HEIGHT = 130;

    private static final double MILLIS = 1e3;

    private OverviewChart() {}

    /**
     * The phase, with LoadGen's power window shaded and a line at each mark; empty if there is nothing to draw.
     *
     * @param marks times in ms since the epoch
     */
    public static Optional<Chart> of(List<Stretch> stretches, Optional<PowerWindow> window, List<Long> marks) {
        if (stretches.size() < 2) {
            return Optional.empty();
        }
        Instant from = Instant.ofEpochMilli(stretches.get(0).millis());
        Instant to = Instant.ofEpochMilli(stretches.get(stretches.size() - 1).millis());
        double top = stretches.stream().mapToDouble(Stretch::greatest).max().orElse(1);
        Chart chart = new Chart(Axis.time(TIME, from, to), Axis.linear(POWER, 0, Math.max(0, top))).height(HEIGHT);
        window.ifPresent(w ->
                chart.add(new Layer.Shade(Axis.seconds(w.begin()), Axis.seconds(w.end()), "LoadGen's power window")));
        chart.add(new Layer.Band(
                "power",
                "first solid",
                stretches.stream()
                        .map(stretch -> new Layer.Span(stretch.millis() / MILLIS, stretch.least(), stretch.greatest()))
                        .toList()));
        marks.forEach(mark -> chart.add(new Layer.Mark(mark / MILLIS, "")));
        return Optional.of(chart);
    }
}
