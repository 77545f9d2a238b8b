package dev.wattline.analysis.error;

import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.SubSampling;
import dev.wattline.analysis.sensor.SensorModel;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.stats.Stats;
import java.util.ArrayList;
import java.util.List;

/**
 * What other polling rates would have given: a log that is faster is thinned at every phase; for a rate the log does not
 * reach the error budget predicts.
 */
public final class SubSampler {
    private static final double[] RATES_HZ = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100};
    private static final double MIN_RATIO = 1.8;
    private static final int MAX_PHASES = 50;
    private static final int MIN_POLLS = 5;
    private static final int MIN_PHASES = 5;
    private static final long MAX_POLLS = 20_000_000;

    private final List<PowerSeries> gpus;
    private final List<Readings> readings;
    private final double fromMs;
    private final double toMs;
    private final double lagMs;

    /**
     * @param gpus the GPUs' polls, stamps in the SUT's clock with the zone taken out
     * @param readings the same as readings
     * @param fromMs begin of the window in ms since the epoch
     * @param toMs end of it
     * @param lagMs how far the SUT's clock is ahead
     */
    public SubSampler(List<PowerSeries> gpus, List<Readings> readings, double fromMs, double toMs, double lagMs) {
        this.gpus = gpus;
        this.readings = readings;
        this.fromMs = fromMs;
        this.toMs = toMs;
        this.lagMs = lagMs;
    }

    /** The curve, slowest rate first; rates with fewer than five polls in the window are left out. */
    public List<SubSampling> curve() {
        double poll = readings.stream().mapToDouble(Readings::pollMs).max().orElse(Double.NaN);
        List<SubSampling> curve = new ArrayList<>();
        double full = Double.NaN;
        for (double rate : RATES_HZ) {
            double step = 1e3 / rate;
            if ((toMs - fromMs) / step < MIN_POLLS) {
                continue;
            }
            if (step >= MIN_RATIO * poll) {
                full = Double.isNaN(full) ? held(fromMs, poll) : full;
                SubSampling thinned = thinned(rate, step, poll, full);
                SubSampling predicted = predicted(rate, step);
                boolean tooFew = thinned.phases() < MIN_PHASES && !Double.isNaN(predicted.sdPct());
                curve.add(tooFew ? predicted : thinned); // a spread of two or three phases is chance
            } else {
                curve.add(predicted(rate, step));
            }
        }
        return curve;
    }

    private SubSampling thinned(double rate, double step, double poll, double full) {
        long polls = (long) ((toMs - fromMs) / step * gpus.size());
        double affordable = (double) MAX_POLLS / Math.max(1, polls);
        int phases = (int) Math.max(2, Math.min(MAX_PHASES, Math.min(step / poll, affordable)));
        double[] deviations = new double[phases];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < phases; k++) {
            deviations[k] = 100 * (held(fromMs + step * k / phases, step) / full - 1);
            low = Math.min(low, deviations[k]);
            high = Math.max(high, deviations[k]);
        }
        return new SubSampling(
                rate, Stats.sd(deviations), Stats.mean(deviations), new Interval(low, high), phases, "thinned");
    }

    /** Mean of what polls at these times would have read, summed over the GPUs. */
    private double held(double first, double step) {
        double sum = 0;
        for (PowerSeries gpu : gpus) {
            int next = Math.max(1, gpu.indexAtOrAfter(first + lagMs));
            double own = 0;
            long n = 0;
            for (double t = first + lagMs; t < toMs + lagMs; t = first + lagMs + ++n * step) {
                while (next < gpu.size() && gpu.timeMs(next) <= t) {
                    next++;
                }
                own += gpu.watts(next - 1);
            }
            sum += own / n;
        }
        return sum;
    }

    private SubSampling predicted(double rate, double step) {
        double variance = 0;
        double mean = 0;
        for (Readings one : readings) {
            double[] values = one.inside(fromMs, toMs);
            SensorModel model = one.model();
            if (values.length < PhaseBudget.MIN_VALUES || !model.isKnown()) {
                return new SubSampling(rate, Double.NaN, Double.NaN, Interval.NONE, 0, "unknown");
            }
            double d = model.stepMs(step);
            double age = step >= model.periodMs() ? model.periodMs() * model.periodMs() / (d * d) / 6 : 0;
            double unseen = Math.max(1 - model.coverage(step), age);
            int lags = (int) Math.ceil(Math.sqrt(values.length));
            double s2 = Math.max(Stats.variance(values), Stats.longRunVariance(values, lags));
            variance += unseen * s2 * d / (toMs - fromMs);
            mean += Stats.mean(values);
        }
        return new SubSampling(rate, 100 * Math.sqrt(variance) / mean, 0, Interval.NONE, 0, "predicted");
    }
}
