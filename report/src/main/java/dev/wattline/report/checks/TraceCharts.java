package dev.wattline.report.checks;

import dev.wattline.charts.Axis;
import dev.wattline.charts.Chart;
import dev.wattline.charts.Layer;
import dev.wattline.report.checks.PowerTrace.Row;
import dev.wattline.report.trace.OverviewChart;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Draws the power around a finding. */
final class TraceCharts {
    private static final double MILLIS = 1e3;

    private TraceCharts() {}

    /**
     * The rows around a finding, a dot each; rows without a value stand on the base line.
     *
     * @param rows at least two
     * @param time when it happened, milliseconds since the epoch
     * @param line the row that the finding is about, 0 if it is about none
     */
    static String detail(List<Row> rows, long time, long line) {
        double top = rows.stream()
                .mapToDouble(Row::watts)
                .filter(watts -> !Double.isNaN(watts))
                .max()
                .orElse(1);
        Instant from = Instant.ofEpochMilli(Math.min(time, rows.get(0).millis()));
        Instant to =
                Instant.ofEpochMilli(Math.max(time, rows.get(rows.size() - 1).millis()));
        Chart chart = new Chart(
                        Axis.time(OverviewChart.TIME, from, to), Axis.linear(OverviewChart.POWER, 0, Math.max(0, top)))
                .height(OverviewChart.HEIGHT);
        if (line == 0) {
            chart.add(new Layer.Mark(time / MILLIS, ""));
        }
        for (Row row : rows) {
            boolean missing = Double.isNaN(row.watts());
            String role = row.line() == line ? "itself" : missing ? "missing" : "first small";
            String text = String.format(
                    Locale.ROOT,
                    "line %d, %s, %s",
                    row.line(),
                    Instant.ofEpochMilli(row.millis()),
                    missing ? "nothing measured" : String.format(Locale.ROOT, "%.3f W", row.watts()));
            chart.add(new Layer.Dots(
                    role, List.of(new Layer.Point(row.millis() / MILLIS, missing ? 0 : row.watts(), text))));
        }
        return chart.svg("Power around " + Instant.ofEpochMilli(time));
    }
}
