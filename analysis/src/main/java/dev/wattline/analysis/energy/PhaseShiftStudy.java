package dev.wattline.analysis.energy;

import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.SensorReport;
import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.stats.Stats;

/** Coverage error alone: a perfect sensor's windows laid over a fast meter's series at many phases. */
public final class PhaseShiftStudy {
    private static final int PHASES = 200;
    private static final int MIN_VALUES = 3;

    private final Polyline meter;
    private final double fromMs;
    private final double toMs;

    /** Of a load between two times in ms since the epoch. */
    public PhaseShiftStudy(Polyline meter, double fromMs, double toMs) {
        this.meter = meter;
        this.fromMs = fromMs;
        this.toMs = toMs;
    }

    /** Spread of the mean over 200 phases for windows of W every D, in ms; NaNs for fewer than three windows. */
    public SensorReport.Spread spread(double stepMs, double windowMs) {
        double nan = Double.NaN;
        if (toMs - fromMs < MIN_VALUES * stepMs + windowMs) {
            return new SensorReport.Spread(nan, nan, Interval.NONE);
        }
        double truth = meter.mean(fromMs, toMs);
        double[] errors = new double[PHASES];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < PHASES; k++) {
            double sum = 0;
            int n = 0;
            for (double start = fromMs + stepMs * k / PHASES; start + windowMs <= toMs; start += stepMs) {
                sum += meter.mean(start, start + windowMs);
                n++;
            }
            errors[k] = 100 * (sum / n / truth - 1);
            low = Math.min(low, errors[k]);
            high = Math.max(high, errors[k]);
        }
        return new SensorReport.Spread(Stats.mean(errors), Stats.sd(errors), new Interval(low, high));
    }
}
