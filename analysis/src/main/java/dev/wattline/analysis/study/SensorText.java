package dev.wattline.analysis.study;

import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.Rounded;
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
            line(lines, "window", window(sensor, report.reference()));
            line(lines, "gain, offset", gain(sensor.window()));
            line(lines, "table", table(sensor.table()));
            if (!Double.isNaN(sensor.coverage())) {
                String seen =
                        format("%.1f %% of the time (%s window)", 100 * sensor.coverage(), sensor.coverageSource());
                line(lines, "seen", seen);
            }
            line(lines, "coverage error", spread(sensor.phaseShift()));
            energy(lines, sensor.energy());
            line(lines, "no calibration", sensor.noCalibration());
            if (sensor.stuck()) {
                line(lines, "STUCK", "the reading hardly changes, which that of a live sensor does");
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
        return format("%s ms (R %.2f, %s)", around(period.periodMs(), period.sigmaMs()), period.r(), period.status())
                + because(period.reason());
    }

    private static String window(SensorReport.Sensor sensor, String reference) {
        SensorReport.Window window = sensor.window();
        if (window == null) {
            return "not identifiable: "
                    + (reference.isEmpty()
                            ? "no reference was given"
                            : sensor.stuck()
                                    ? "the reading is stuck"
                                    : "the reference could not be laid beside the log; give --smi-zone, and"
                                            + " --reference-start where its times do not count from 1970");
        }
        if (!window.identifiable()) {
            return "not identifiable" + because(window.reason());
        }
        Interval bounds = window.windowCi95Ms();
        String interval = bounds.isKnown() ? " (" + Rounded.ends(bounds) + ")" : "";
        return format("%s%s ms, delay %.1f ms", Rounded.value(window.windowMs(), bounds), interval, window.delayMs())
                + because(window.reason());
    }

    private static String gain(SensorReport.@Nullable Window window) {
        return window == null || !window.accepted()
                ? ""
                : format(
                        "%s, %s%s W (R2 %.5f, %d updates)",
                        around(window.gain(), window.gainSigma()),
                        window.offsetW() > 0 ? "+" : "",
                        around(window.offsetW(), window.offsetSigmaW()),
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
                : Double.isNaN(energy.guardBiasPct())
                        ? "guard not usable (too little of the log lies around the load)"
                        : format("guard not usable (its own bias may be %.1f %%)", energy.guardBiasPct());
        line(
                lines,
                "energy error",
                format(
                        "mean %s, held %s, trapezoid %s, shifted %s, %s",
                        percent(energy.meanPct()),
                        percent(energy.zohPct()),
                        percent(energy.trapezoidPct()),
                        percent(energy.shiftedPct()),
                        guard));
        List<String> calibrated = new ArrayList<>();
        if (!Double.isNaN(energy.calibratedPct())) {
            calibrated.add(format("%+.2f %% with the gain and offset given", energy.calibratedPct()));
        }
        if (!Double.isNaN(energy.selfPct())) {
            calibrated.add(format("%+.2f %% with those found here", energy.selfPct()));
        }
        line(lines, "calibrated", String.join(", ", calibrated));
        if (energy.holesPct() > 0) {
            line(lines, "holes", format("may change each of these by up to %.2g points", energy.holesPct()));
        }
    }

    private static String percent(double value) {
        return Double.isNaN(value) ? "not known" : format("%+.2f %%", value);
    }

    /** With a 95 % half-width where the standard uncertainty is known. */
    private static String around(double value, double sigma) {
        Interval interval = Interval.around(value, Z95 * sigma);
        return Rounded.value(value, interval) + (interval.isKnown() ? " ± " + Rounded.width(Z95 * sigma) : "");
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
