package dev.wattline.analysis.error;

import dev.wattline.analysis.result.CorrelationResult;
import dev.wattline.analysis.stats.Stats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Correlation of the GPUs among each other inside one phase; between phases it would be 1 whatever they do. Unseen time
 * attenuates it, which is corrected where the readings are reliable enough.
 */
public final class GpuCorrelation {
    private static final int MIN_VALUES = 12;
    private static final int MAX_VALUES = 20_000;
    private static final double MIN_RELIABILITY = 0.3;
    private static final double MIN_SPREAD = 0.005;
    private static final double LEAST_PAIRS = 4; // Fisher's z has a standard error of 1 there: nothing is known of r

    private GpuCorrelation() {}

    /**
     * Readings of all GPUs at common times over an interval in ms: a row a GPU. A time at which one of them has no reading,
     * since it begins later, ends earlier or has a hole there, is left out; no columns if fewer than twelve are left.
     */
    public static double[][] sample(List<Readings> gpus, double fromMs, double toMs) {
        double step = gpus.stream().mapToDouble(Readings::stepMs).max().orElse(1000);
        double margin =
                gpus.stream().mapToDouble(r -> r.model().trimWindowMs()).max().orElse(0) / 2 + step;
        int n = (int) Math.min(MAX_VALUES, Math.max(0, (toMs - fromMs - 2 * margin) / step));
        double[] times = IntStream.range(0, n < MIN_VALUES ? 0 : n)
                .mapToDouble(i -> fromMs + margin + i * step)
                .toArray();
        double[][] all = gpus.stream().map(gpu -> gpu.at(times)).toArray(double[][]::new);
        int[] common = IntStream.range(0, times.length)
                .filter(i -> Arrays.stream(all).noneMatch(row -> Double.isNaN(row[i])))
                .toArray();
        int[] kept = common.length < MIN_VALUES ? new int[0] : common;
        return Arrays.stream(all)
                .map(row -> Arrays.stream(kept).mapToDouble(i -> row[i]).toArray())
                .toArray(double[][]::new);
    }

    /** Median of Pearson's r over all pairs; NaN if no two GPUs vary. */
    public static double median(double[][] values) {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            for (int k = 0; k < i; k++) {
                boolean vary = varies(values[i]) && varies(values[k]);
                all.add(vary ? pearson(values[i], values[k]) : Double.NaN);
            }
        }
        return Stats.median(all.stream()
                .filter(r -> !Double.isNaN(r))
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    private static boolean varies(double[] values) {
        return Stats.sd(values) > MIN_SPREAD * Stats.mean(values);
    }

    /** All of it for one phase. */
    public static CorrelationResult of(
            String phase, List<String> keys, List<Readings> gpus, double[][] values, boolean lagCorrected) {
        int n = gpus.size();
        double[] reliability = new double[n];
        for (int i = 0; i < n; i++) {
            double variance = Stats.variance(values[i]);
            int lags = (int) Math.ceil(Math.sqrt(values[i].length));
            double s2 = Math.max(variance, Stats.longRunVariance(values[i], lags));
            reliability[i] =
                    variance == 0 ? Double.NaN : Math.max(0, 1 - PhaseBudget.unseen(gpus.get(i)) * s2 / variance);
        }
        double[][] ranks = Arrays.stream(values).map(GpuCorrelation::ranks).toArray(double[][]::new);
        List<List<Double>> pearson = new ArrayList<>();
        List<List<Double>> spearman = new ArrayList<>();
        List<List<Double>> corrected = new ArrayList<>();
        List<Double> effective = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            List<Double> p = new ArrayList<>();
            List<Double> s = new ArrayList<>();
            List<Double> c = new ArrayList<>();
            for (int k = 0; k < n; k++) {
                double r = i == k ? 1 : pearson(values[i], values[k]);
                p.add(r);
                s.add(i == k ? 1 : pearson(ranks[i], ranks[k]));
                boolean reliable = reliability[i] > MIN_RELIABILITY && reliability[k] > MIN_RELIABILITY;
                double raised = r / Math.sqrt(reliability[i] * reliability[k]);
                c.add(i == k ? 1 : reliable ? Math.max(-1, Math.min(1, raised)) : Double.NaN);
                if (k < i) {
                    double product = Stats.lag1(values[i]) * Stats.lag1(values[k]);
                    effective.add(values[i].length * (1 - product) / (1 + product));
                }
            }
            pearson.add(p);
            spearman.add(s);
            corrected.add(c);
        }
        double nEff =
                Stats.median(effective.stream().mapToDouble(Double::doubleValue).toArray());
        double r = median(values);
        double z = 1.96 / Math.sqrt(nEff - 3);
        double half = nEff > LEAST_PAIRS ? (Math.tanh(atanh(r) + z) - Math.tanh(atanh(r) - z)) / 2 : Double.NaN;
        return new CorrelationResult(
                phase,
                keys,
                pearson,
                spearman,
                corrected,
                lagCorrected,
                Arrays.stream(reliability).boxed().toList(),
                nEff,
                half);
    }

    private static double atanh(double r) {
        double inside = Math.max(-0.999999, Math.min(0.999999, r));
        return 0.5 * Math.log((1 + inside) / (1 - inside));
    }

    /** Pearson's r; NaN if either does not vary. */
    static double pearson(double[] a, double[] b) {
        double ma = Stats.mean(a);
        double mb = Stats.mean(b);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - ma) * (b[i] - mb);
            aa += (a[i] - ma) * (a[i] - ma);
            bb += (b[i] - mb) * (b[i] - mb);
        }
        return aa == 0 || bb == 0 ? Double.NaN : ab / Math.sqrt(aa * bb);
    }

    /** Ranks from 1, ties at their mean; all NaN are one tie behind the numbers. */
    static double[] ranks(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (i, k) -> Double.compare(values[i], values[k]));
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            // Equal as the sort has it: by == a NaN is not even equal to itself, and no step would be made.
            while (to < order.length && Double.compare(values[order[to]], values[order[from]]) == 0) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + to + 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }
}
