package dev.wattline.analysis.study;

import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.SensorReport;
import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.series.PowerSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a fitted gain and offset may be written as a calibration. They may not where the evidence of their own capture
 * speaks against them: a fit that noise does not explain, another column of the same sensor whose window excludes this one's,
 * a reading that freezes part-way, or an energy that they would take further from the meter's.
 */
public final class CalibrationCheck {
    private static final double SLIGHTLY_PCT = 0.3; // what noise of a good fit may cost
    private static final double UNEXPLAINED = 0.001; // of the variance: what the noise of meter and stamps leaves
    private static final double SAME_PERIOD = 0.01;
    private static final double SAME_KIND = 2; // ratio of two windows: 25 and 1000 ms are two sensors
    private static final double FROZEN_MS = 3000;
    private static final double FROZEN_PERIODS = 20;
    private static final double METER_MOVES = 0.1; // of its mean over the stretch

    private CalibrationCheck() {}

    /** The sensors with windows widened where columns exclude each other, and with what speaks against each fit. */
    public static List<SensorReport.Sensor> judge(List<SensorReport.Sensor> sensors) {
        List<SensorReport.Sensor> judged = new ArrayList<>();
        for (SensorReport.Sensor sensor : sensors) {
            Interval others = excludedBy(sensor, sensors);
            String objection = sensor.noCalibration().isEmpty() ? objection(sensor, others) : sensor.noCalibration();
            judged.add(with(sensor, others, objection));
        }
        return judged;
    }

    private static String objection(SensorReport.Sensor sensor, Interval others) {
        SensorReport.Window window = sensor.window();
        if (window == null || !window.accepted()) {
            return "";
        }
        double variance = window.rmseW() * window.rmseW() / (1 - window.r2());
        double rounding = sensor.wholeWatts() ? 1.0 / 12 / variance : 0;
        if (1 - window.r2() > UNEXPLAINED + 2 * rounding) {
            return String.format(
                    Locale.ROOT,
                    "the fit leaves %.2f %% of the variance unexplained (R2 %.4f), more than noise does",
                    100 * (1 - window.r2()),
                    window.r2());
        }
        if (others.isKnown()) {
            return "another column of the same sensor gives a window that excludes this one's";
        }
        SensorReport.Energy energy = sensor.energy();
        if (energy != null
                && Math.abs(energy.selfPct()) > Math.abs(energy.shiftedPct()) + SLIGHTLY_PCT + energy.holesPct()) {
            return String.format(
                    Locale.ROOT,
                    "they would change the energy error of their own capture from %+.2f to %+.2f %%; the load may repeat in"
                            + " step with the sensor",
                    energy.shiftedPct(),
                    energy.selfPct());
        }
        return "";
    }

    /** The windows in ms of another column of the same sensor that exclude this one's; {@link Interval#NONE} if none does. */
    private static Interval excludedBy(SensorReport.Sensor one, List<SensorReport.Sensor> sensors) {
        for (SensorReport.Sensor other : sensors) {
            SensorReport.Window ours = one.window();
            SensorReport.Window others = other.window();
            if (ours == null || others == null || !other.key().equals(one.key()) || !sameSensor(one, other)) {
                continue;
            }
            Interval mine = ours.windowCi95Ms();
            Interval theirs = others.windowCi95Ms();
            if (mine.high() < theirs.low() || theirs.high() < mine.low()) {
                return theirs;
            }
        }
        return Interval.NONE;
    }

    private static boolean sameSensor(SensorReport.Sensor one, SensorReport.Sensor other) {
        if (one.window() == null
                || other.window() == null
                || !one.window().identifiable()
                || !other.window().identifiable()) {
            return false;
        }
        double periods = one.period().periodMs() / other.period().periodMs();
        double windows = one.window().windowMs() / other.window().windowMs();
        return Math.abs(periods - 1) <= SAME_PERIOD && windows < SAME_KIND && windows > 1 / SAME_KIND;
    }

    private static SensorReport.Sensor with(SensorReport.Sensor sensor, Interval others, String objection) {
        SensorReport.Window window = sensor.window();
        if (others.isKnown() && window != null) {
            // Both cannot be right, and nothing says that either is: what divides them may lie beyond each as well.
            double apart = Math.abs(others.low()
                            + others.high()
                            - window.windowCi95Ms().low()
                            - window.windowCi95Ms().high())
                    / 2;
            window = window.withWindowCi(new Interval(
                    Math.max(0, Math.min(others.low(), window.windowCi95Ms().low()) - apart),
                    Math.max(others.high(), window.windowCi95Ms().high()) + apart));
        }
        return sensor.judged(window, objection);
    }

    /** For how many seconds a reading stands still at most while the meter moves; 0 where it follows. */
    public static double frozenS(PowerSeries series, double periodMs, Polyline meter) {
        double longest = 0;
        int from = 0;
        for (int i = 1; i <= series.size(); i++) {
            if (i < series.size() && series.milliwatts(i) == series.milliwatts(from)) {
                continue;
            }
            double begin = series.timeMs(from);
            double end = series.timeMs(i - 1);
            boolean still = end - begin >= Math.max(FROZEN_MS, FROZEN_PERIODS * periodMs)
                    && begin >= meter.firstMs()
                    && end <= meter.lastMs();
            if (still
                    && moves(
                            meter,
                            begin + FROZEN_MS / 2,
                            end)) { // what came before a long window's reading is let pass
                longest = Math.max(longest, (end - begin) / 1e3);
            }
            from = i;
        }
        return longest;
    }

    private static boolean moves(Polyline meter, double fromMs, double toMs) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        double step = (toMs - fromMs) / 20;
        for (double t = fromMs; t + step <= toMs + 1e-6; t += step) {
            double mean = meter.mean(t, t + step);
            low = Math.min(low, mean);
            high = Math.max(high, mean);
        }
        return high - low > METER_MOVES * high;
    }
}
