package dev.wattline.analysis.sensor;

import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.stats.Sandwich;
import dev.wattline.analysis.stats.Stats;
import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.jspecify.annotations.Nullable;

/**
 * Fits the boxcar model {@code v = g * mean(P over [u-d-W, u-d]) + o} to the updates of a sensor, P from a meter that is
 * faster than about W/5. For each W and d gain and offset follow by least squares; W and d by a grid, then a simplex.
 */
public final class WindowFitter {
    private static final double SHORT_WINDOW_MS = 200;
    private static final double LONG_WINDOW_MS = 1500;
    private static final double MAX_DELAY_MS = 50;
    private static final double MIN_R2 = 0.98;
    private static final int MIN_UPDATES = 8;
    private static final double DERIVATIVE_STEP_MS = 0.5;

    private final Polyline meter;
    private final UpdatePeriod period;
    private final double[] allUpdates;
    private final double[] allValues;
    private double[] updates = new double[0];
    private double[] values = new double[0];

    private WindowFitter(Polyline meter, UpdatePeriod period, Changes changes) {
        this.meter = meter;
        this.period = period;
        this.allValues = changes.watts();
        this.allUpdates = changes.updatesMs(period);
    }

    /** Gain, offset and their sum of squared residuals for one W and d. */
    private record Line(double gain, double offset, double sse, double gainSigma, double offsetSigma) {}

    /**
     * @param series the readings, times in UTC
     * @param period their update period
     * @param meter the meter, times in UTC
     */
    public static WindowFit fit(PowerSeries series, UpdatePeriod period, Polyline meter) {
        if (!period.isUsable()) {
            return WindowFit.none("without an update period there is no window: " + period.reason());
        }
        double rate = (meter.lastMs() - meter.firstMs()) / Math.max(1, meter.size() - 1);
        if (rate > 20) {
            return WindowFit.none(String.format(
                    Locale.ROOT, "the reference gives a value every %.0f ms: too slow to show a window", rate));
        }
        return new WindowFitter(meter, period, Changes.of(series, Integer.MAX_VALUE)).run();
    }

    private WindowFit run() {
        if (!select(LONG_WINDOW_MS) && !select(SHORT_WINDOW_MS)) {
            return WindowFit.none("fewer than " + MIN_UPDATES + " updates lie within the reference");
        }
        boolean room = select(LONG_WINDOW_MS);
        double coarse = room ? grid(5, LONG_WINDOW_MS, 20, 10, null)[0] : 0;
        if (coarse < SHORT_WINDOW_MS - 20 && select(SHORT_WINDOW_MS)) {
            WindowFit fit = fit(SHORT_WINDOW_MS, 1, 1);
            if (fit.windowMs() < SHORT_WINDOW_MS - 5 || !room) {
                return fit;
            }
        }
        select(LONG_WINDOW_MS);
        return fit(LONG_WINDOW_MS, 5, 5);
    }

    /** Keeps the updates whose window lies in the meter's time for every W and d of the grid, so that n is the same. */
    private boolean select(double longest) {
        int n = 0;
        double[] u = new double[allUpdates.length];
        double[] v = new double[allUpdates.length];
        for (int i = 0; i < allUpdates.length; i++) {
            boolean inside = allUpdates[i] - MAX_DELAY_MS - longest >= meter.firstMs()
                    && allUpdates[i] + MAX_DELAY_MS <= meter.lastMs();
            if (inside) {
                u[n] = allUpdates[i];
                v[n++] = allValues[i];
            }
        }
        updates = Arrays.copyOf(u, n);
        values = Arrays.copyOf(v, n);
        return n >= MIN_UPDATES;
    }

    /** Best W and d of a grid; {@code profile} takes the least sum of squares by W, if given. */
    private double[] grid(
            double shortest, double longest, double windowStep, double delayStep, double @Nullable [] profile) {
        double best = Double.POSITIVE_INFINITY;
        double[] at = {shortest, 0};
        for (int i = 0; shortest + i * windowStep <= longest; i++) {
            double window = shortest + i * windowStep;
            double least = Double.POSITIVE_INFINITY;
            for (double delay = -MAX_DELAY_MS; delay <= MAX_DELAY_MS; delay += delayStep) {
                double sse = line(window, delay).sse;
                least = Math.min(least, sse);
                if (sse < best) {
                    best = sse;
                    at = new double[] {window, delay};
                }
            }
            if (profile != null) {
                profile[i] = least;
            }
        }
        return at;
    }

    private WindowFit fit(double longest, double windowStep, double delayStep) {
        double[] profile = new double[(int) ((longest - 5) / windowStep) + 1];
        double[] start = grid(5, longest, windowStep, delayStep, profile);
        PointValuePair optimum = new SimplexOptimizer(1e-10, 1e-10)
                .optimize(
                        new MaxEval(4000),
                        new ObjectiveFunction(p -> p[0] < 1 ? Double.MAX_VALUE : line(p[0], p[1]).sse),
                        GoalType.MINIMIZE,
                        new InitialGuess(start),
                        new NelderMeadSimplex(new double[] {windowStep, delayStep}));
        double window = optimum.getPoint()[0];
        double delay = optimum.getPoint()[1];
        Line line = line(window, delay);
        Interval grid = profileInterval(profile, windowStep, line.sse);
        Interval between = ofDerivatives(window, delay, line);
        Interval interval = new Interval(
                Math.min(Math.min(grid.low(), window), between.low()),
                Math.max(Math.max(grid.high(), window), between.high()));
        double total = 0;
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        for (double value : values) {
            total += (value - mean) * (value - mean);
        }
        double r2 = 1 - line.sse / total;
        String reason = objection(r2, window, delay, longest);
        boolean narrow = interval.high() - interval.low() <= 0.4 * window;
        return new WindowFit(
                window,
                interval,
                delay,
                line.gain,
                line.gainSigma,
                line.offset,
                line.offsetSigma,
                r2,
                Math.sqrt(line.sse / values.length),
                values.length,
                reason.isEmpty(),
                reason.isEmpty() && narrow,
                reason.isEmpty() && !narrow ? "the window's interval is wider than 40 % of it" : reason);
    }

    private String objection(double r2, double window, double delay, double longest) {
        if (!(r2 >= MIN_R2)) {
            return String.format(Locale.ROOT, "the sensor is no moving average of the reference: R2 = %.3f", r2);
        }
        if (Math.abs(delay) > Math.min(period.periodMs() / 2, MAX_DELAY_MS - 1)) {
            return String.format(Locale.ROOT, "the delay of %.0f ms exceeds half a period: no moving average", delay);
        }
        if (window < 6 || window > longest - 6) {
            return String.format(Locale.ROOT, "the window of %.0f ms is at the end of the search", window);
        }
        return "";
    }

    private Interval profileInterval(double[] profile, double step, double least) {
        double limit = least * (1 + 3.84 / Math.max(1, values.length - 4));
        double low = Double.NaN;
        double high = Double.NaN;
        for (int i = 0; i < profile.length; i++) {
            if (profile[i] <= limit) {
                low = Double.isNaN(low) ? 5 + i * step : low;
                high = 5 + i * step;
            }
        }
        if (Double.isNaN(low)) {
            int best = 0;
            for (int i = 1; i < profile.length; i++) {
                best = profile[i] < profile[best] ? i : best;
            }
            return Interval.around(5 + best * step, step); // narrower than the grid
        }
        return new Interval(low, high);
    }

    /**
     * The window's interval from how the readings change with it at the optimum, delay, gain and offset let free.
     * The profile's ends lie on its grid, and its residuals count as independent; but updates lie early or late for many
     * readings in a row, as the period is off by a little, and readings at steps of the power miss by more than others.
     */
    private Interval ofDerivatives(double window, double delay, Line line) {
        int n = values.length;
        double step = DERIVATIVE_STEP_MS;
        double[][] design = new double[n][];
        double[] residuals = new double[n];
        for (int i = 0; i < n; i++) {
            double end = updates[i] - delay;
            double mean = meter.mean(end - window, end);
            double wider = meter.mean(end - window - step, end) - meter.mean(end - window + step, end);
            double later = meter.mean(end - window - step, end - step) - meter.mean(end - window + step, end + step);
            design[i] = new double[] {line.gain * wider / (2 * step), line.gain * later / (2 * step), mean, 1};
            residuals[i] = values[i] - line.offset - line.gain * mean;
        }
        double se = Sandwich.firstError(design, residuals);
        return Double.isNaN(se) ? new Interval(window, window) : Interval.around(window, Stats.t95(n - 4.0) * se);
    }

    private Line line(double window, double delay) {
        int n = values.length;
        double[] x = new double[n];
        double mx = 0;
        double my = 0;
        for (int i = 0; i < n; i++) {
            double end = updates[i] - delay;
            x[i] = meter.mean(end - window, end);
            mx += x[i] / n;
            my += values[i] / n;
        }
        double sxx = 0;
        double sxy = 0;
        for (int i = 0; i < n; i++) {
            sxx += (x[i] - mx) * (x[i] - mx);
            sxy += (x[i] - mx) * (values[i] - my);
        }
        double gain = sxx == 0 ? 0 : sxy / sxx;
        double offset = my - gain * mx;
        double sse = 0;
        for (int i = 0; i < n; i++) {
            double residual = values[i] - offset - gain * x[i];
            sse += residual * residual;
        }
        double variance = sse / Math.max(1, n - 4);
        return new Line(gain, offset, sse, Math.sqrt(variance / sxx), Math.sqrt(variance * (1.0 / n + mx * mx / sxx)));
    }
}
