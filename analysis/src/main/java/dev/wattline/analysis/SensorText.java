package dev.wattline.analysis;

import dev.wattline.analysis.result.SensorReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A sensor report as lines of text for a terminal. */
public final class SensorText {
    private SensorText() {}

    /** The lines, a few for each sensor. */
    public static List<String> lines(SensorReport report) {
        List<String> lines = new ArrayList<>();
        for (SensorReport.Sensor sensor : report.sensors()) {
            lines.add(sensor.key().isEmpty() ? sensor.field() : sensor.key() + " " + sensor.field());
            lines.add("  update period  " + period(sensor.period()));
            lines.add("  window         " + window(sensor.window()));
            SensorReport.Table table = sensor.table();
            if (table != null) {
                String w = Double.isNaN(table.windowMs()) ? "none, an RC sensor" : format("%.0f ms", table.windowMs());
                lines.add(format("  table          T %.0f ms, W %s (%s)", table.periodMs(), w, table.generation()));
            }
            if (!Double.isNaN(sensor.coverage())) {
                lines.add(format(
                        "  seen           %.1f %% of the time (%s window)",
                        100 * sensor.coverage(), sensor.coverageSource()));
            }
            SensorReport.Energy energy = sensor.energy();
            if (energy != null) {
                lines.add(format(
                        "  energy error   mean %+.2f %%, held %+.2f %%, trapezoid %+.2f %%, shifted %+.2f %%, guard %+.2f %%",
                        energy.meanPct(),
                        energy.zohPct(),
                        energy.trapezoidPct(),
                        energy.shiftedPct(),
                        energy.guardPct()));
            }
            if (sensor.stuck()) {
                lines.add("  STUCK          the reading hardly changes although the utilisation does");
            }
        }
        return lines;
    }

    private static String period(SensorReport.Period period) {
        String value = Double.isNaN(period.periodMs())
                ? "not identifiable"
                : format("%.3f ms (R %.2f, %s)", period.periodMs(), period.r(), period.status());
        return value + because(period.reason());
    }

    private static String window(SensorReport.@org.jspecify.annotations.Nullable Window window) {
        if (window == null) {
            return "not identifiable: no reference was given";
        }
        if (!window.accepted()) {
            return "not identifiable" + because(window.reason());
        }
        String width = window.identifiable()
                ? format("%.1f ms, delay %.1f ms", window.windowMs(), window.delayMs())
                : "not identifiable";
        return width
                + format(
                        ", gain %.4f, offset %+.2f W (R2 %.5f, %d updates)",
                        window.gain(), window.offsetW(), window.r2(), window.updates())
                + because(window.reason());
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
