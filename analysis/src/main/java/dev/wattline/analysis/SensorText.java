package dev.wattline.analysis;

import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.SensorReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A sensor report as lines of text for a terminal. */
public final class SensorText {
    private static final double Z95 = 1.96;

    private SensorText() {}

    /** The lines, a few for each sensor; what is behind a sign of ± or in brackets is a 95 % interval. */
    public static List<String> lines(SensorReport report) {
        List<String> lines = new ArrayList<>();
        for (SensorReport.Sensor sensor : report.sensors()) {
            lines.add(sensor.key().isEmpty() ? sensor.field() : sensor.key() + " " + sensor.field());
            line(lines, "update period", period(sensor.period()));
            line(lines, "window", window(sensor.window()));
            line(lines, "gain, offset", gain(sensor.window()));
            line(lines, "table", table(sensor.table()));
            if (!Double.isNaN(sensor.coverage())) {
                String seen =
                        format("%.1f %% of the time (%s window)", 100 * sensor.coverage(), sensor.coverageSource());
                line(lines, "seen", seen);
            }
            line(lines, "coverage error", spread(sensor.phaseShift()));
            energy(lines, sensor.energy());
            if (sensor.stuck()) {
                line(lines, "STUCK", "the reading hardly changes although the utilisation does");
            }
        }
        return lines;
    }

    private static void line(List<String> lines, String head, String text) {
        if (!text.isEmpty()) {
            lines.add(format("  %-14s %s", head, text));
        }
    }

    private static String period(SensorReport.Period period) {
        if (Double.isNaN(period.periodMs())) {
            return "not identifiable" + because(period.reason());
        }
        String sigma = Double.isNaN(period.sigmaMs()) ? "" : format(" ± %.3f", Z95 * period.sigmaMs());
        return format("%.3f%s ms (R %.2f, %s)", period.periodMs(), sigma, period.r(), period.status())
                + because(period.reason());
    }

    private static String window(SensorReport.@Nullable Window window) {
        if (window == null) {
            return "not identifiable: no reference was given";
        }
        if (!window.identifiable()) {
            return "not identifiable" + because(window.reason());
        }
        Interval bounds = window.windowCi95Ms();
        String interval = bounds.isKnown() ? format(" [%.1f, %.1f]", bounds.low(), bounds.high()) : "";
        return format("%.1f%s ms, delay %.1f ms", window.windowMs(), interval, window.delayMs())
                + because(window.reason());
    }

    private static String gain(SensorReport.@Nullable Window window) {
        return window == null || !window.accepted()
                ? ""
                : format(
                        "%.4f ± %.4f, %+.2f ± %.2f W (R2 %.5f, %d updates)",
                        window.gain(),
                        Z95 * window.gainSigma(),
                        window.offsetW(),
                        Z95 * window.offsetSigmaW(),
                        window.r2(),
                        window.updates());
    }

    private static String table(SensorReport.@Nullable Table table) {
        if (table == null) {
            return "";
        }
        String window = Double.isNaN(table.windowMs()) ? "none, an RC sensor" : format("%.0f ms", table.windowMs());
        return format("T %.0f ms, W %s (%s)", table.periodMs(), window, table.generation());
    }

    private static String spread(SensorReport.@Nullable PhaseShift shift) {
        if (shift == null || Double.isNaN(shift.everyUpdate().sdPct())) {
            return "";
        }
        String slow = Double.isNaN(shift.polled1Hz().sdPct())
                ? ""
                : format(", read once a second %.2f %%", shift.polled1Hz().sdPct());
        return format(
                        "SD %.2f %% over the phases of this load with every update read",
                        shift.everyUpdate().sdPct())
                + slow;
    }

    private static void energy(List<String> lines, SensorReport.@Nullable Energy energy) {
        if (energy == null) {
            return;
        }
        String guard = energy.guardUsable()
                ? format("guard %+.2f %%", energy.guardPct())
                : format("guard not usable (its own bias may be %.1f %%)", energy.guardBiasPct());
        line(
                lines,
                "energy error",
                format(
                        "mean %+.2f %%, held %+.2f %%, trapezoid %+.2f %%, shifted %+.2f %%, %s",
                        energy.meanPct(), energy.zohPct(), energy.trapezoidPct(), energy.shiftedPct(), guard));
        List<String> calibrated = new ArrayList<>();
        if (!Double.isNaN(energy.calibratedPct())) {
            calibrated.add(format("%+.2f %% with the gain and offset given", energy.calibratedPct()));
        }
        if (!Double.isNaN(energy.selfPct())) {
            calibrated.add(format("%+.2f %% with those found here", energy.selfPct()));
        }
        line(lines, "calibrated", String.join(", ", calibrated));
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
