package dev.wattline.analysis.clock;

import dev.wattline.analysis.result.Curve;
import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.series.WallSeries;
import dev.wattline.analysis.stats.CrossCorrelation;
import dev.wattline.analysis.stats.HuberLine;
import dev.wattline.analysis.stats.Stats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;

/**
 * Finds the lag at which the GPUs' reported power explains the analyzer's best. Cross-correlation only nominates
 * candidates, because its peak is off by half a second; the residual of a robust line decides, and refuses where a second
 * optimum is nearly as good.
 */
public final class LagEstimator {
    private static final double GRID_S = 0.25;
    private static final int PEAKS = 5;
    private static final double MIN_OVERLAP_S = 60;
    private static final double MIN_RATIO = 1.5;
    private static final double MIN_RATIO_OF_SLOW = 2; // means over 20 s of a run are few
    private static final double MIN_RATIO_OF_VALLEYS = 2; // within two seconds, a load's period apart
    private static final double APART_S = 2;
    private static final double Z95 = 1.96;
    private static final double MIN_SLOPE = 0.5;
    private static final double MAX_SLOPE = 3;
    private static final double BLOCK_S = 20;
    private static final double CALM_S = 20; // what repeats within seconds is averaged away
    private static final int MAX_PAIRS = 20_000;
    private static final double MIN_SPREAD = 1e-4; // below that the reading is constant up to rounding

    private final WallSeries wall;
    private final Polyline gpus;
    private final int maxLag; // in grid steps
    private final int @org.jspecify.annotations.Nullable [] subset;
    private final Map<Double, Double> tried = new TreeMap<>();

    private LagEstimator(WallSeries wall, Polyline gpus, double maxLagS) {
        this.wall = wall;
        this.gpus = gpus;
        this.maxLag = (int) Math.round(maxLagS / GRID_S);
        this.subset = wall.size() <= MAX_PAIRS ? null : informative(wall);
    }

    /**
     * @param gpus the GPUs' sum over stamps moved by zone, half a window and half a period
     * @param maxLagS the largest lag to look for in s
     * @param unseenS the part of the uncertainty that all seconds share: 0.15 D (1 - c) + T/2, in s
     * @param seed of the bootstrap
     */
    public static Lag estimate(WallSeries wall, Polyline gpus, double maxLagS, double unseenS, long seed) {
        return new LagEstimator(wall, gpus, maxLagS).run(unseenS, seed);
    }

    private Lag run(double unseenS, long seed) {
        double overlap = (Math.min(wall.lastMs(), gpus.lastMs()) - Math.max(wall.firstMs(), gpus.firstMs())) / 1e3;
        if (overlap < MIN_OVERLAP_S) {
            return Lag.refused(
                    Math.max(0, overlap),
                    String.format(
                            Locale.ROOT,
                            "the logs overlap for %.0f s, %.0f s are needed",
                            Math.max(0, overlap),
                            MIN_OVERLAP_S));
        }
        for (double candidate : candidates()) {
            for (int k = -4; k <= 4; k++) {
                sse(candidate + k * GRID_S);
            }
        }
        double start = best(Double.NaN);
        if (Double.isNaN(start)) {
            return Lag.refused(
                    overlap, "the GPUs' reported power does not change, or no second is covered by both logs");
        }
        double nearby = LagProfile.around(wall, gpus, start, subset, 1).best();
        double tau = brent(sse(nearby) < sse(start) ? nearby : start);
        double ratio = second(tau) / sse(tau);
        int calm = (int) Math.max(1, Math.round(CALM_S * 1e3 / wall.medianMs()));
        boolean alike = !(ratio >= MIN_RATIO);
        if (alike) {
            // A load that repeats in step with the polls looks alike at several lags; its slow course does not.
            double slowly = slowest(calm, Double.NaN);
            double clear = meanSquare(slowest(calm, slowly), calm) / meanSquare(slowly, calm);
            if (clear >= MIN_RATIO_OF_SLOW) {
                tau = LagProfile.around(wall, gpus, slowly, subset, calm).best();
                ratio = clear;
            }
        }
        LagProfile fast = LagProfile.around(wall, gpus, tau, subset, 1);
        LagProfile slow = LagProfile.around(wall, gpus, tau, subset, calm);
        double slope = slope(tau);
        String objection = objection(ratio, slope, pairs(tau).size() * wall.medianMs() / 1e3);
        double spread = fast.spread(seed);
        double slowSpread = slow.spread(seed);
        double apart = Math.abs(fast.best() - slow.best());
        boolean misled = apart > Z95 * Math.hypot(unseenS, Math.hypot(spread, slowSpread))
                || !fast.rivals(MIN_RATIO_OF_VALLEYS).isEmpty();
        // A load that repeats within seconds pulls the lag of the seconds to where its beats meet.
        if (alike || slowSpread < spread || (misled && slow.isLongEnough())) {
            tau = slow.best();
            spread = slowSpread;
        }
        if (misled && !alike) {
            spread = Math.hypot(spread, apart / 2 / Z95);
        }
        return new Lag(
                objection.isEmpty() ? tau : Double.NaN,
                objection.isEmpty() ? Math.hypot(spread, unseenS) : Double.NaN,
                ratio,
                slope,
                objection.isEmpty(),
                overlap,
                objection,
                profile());
    }

    private double slope(double tau) {
        WallPairs pairs = pairs(tau);
        return HuberLine.fit(pairs.gpuW(), pairs.wallW()).slope();
    }

    private static String objection(double ratio, double slope, double overlapS) {
        if (overlapS < MIN_OVERLAP_S) {
            return String.format(Locale.ROOT, "at the best lag the logs share only %.0f s", overlapS);
        }
        if (!(slope >= MIN_SLOPE && slope <= MAX_SLOPE)) {
            return String.format(
                    Locale.ROOT, "wall power rises by %.2f W per W reported, which no GPU server does", slope);
        }
        boolean alike = !(ratio >= MIN_RATIO);
        if (alike) {
            return String.format(
                    Locale.ROOT, "another lag fits nearly as well (residual ratio %.2f, 1.5 is needed)", ratio);
        }
        return "";
    }

    private Curve profile() {
        double[] lags = tried.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        double[] squares =
                tried.values().stream().mapToDouble(Double::doubleValue).toArray();
        return new Curve("lag [s]", "mean square [W²]", lags, squares);
    }

    private WallPairs pairs(double tau) {
        return WallPairs.of(wall, gpus, tau * 1e3, subset);
    }

    /** Mean squared residual of the Huber line at a lag; infinite where too few seconds are left. */
    private double sse(double tau) {
        Double known = tried.get(tau);
        if (known != null) {
            return known;
        }
        WallPairs pairs = pairs(tau);
        double sse = Double.POSITIVE_INFINITY;
        if (pairs.size() * wall.medianMs() / 1e3 >= MIN_OVERLAP_S / 2
                && Stats.sd(pairs.gpuW()) > MIN_SPREAD * Stats.mean(pairs.gpuW())) {
            sse = HuberLine.fit(pairs.gpuW(), pairs.wallW()).meanSquare(pairs.gpuW(), pairs.wallW());
            tried.put(tau, sse);
        }
        return sse;
    }

    /** The best lag tried so far, more than 2 s from {@code away} if that is a number; NaN if there is none. */
    private double best(double away) {
        return tried.entrySet().stream()
                .filter(entry -> Double.isNaN(away) || Math.abs(entry.getKey() - away) > APART_S)
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(Double.NaN);
    }

    /** The lag tried at which means over this many values fit best, more than 2 s from {@code away} if that is a number. */
    private double slowest(int smoothing, double away) {
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (double lag : tried.keySet()) {
            double square = meanSquare(lag, smoothing);
            if (square < least && (Double.isNaN(away) || Math.abs(lag - away) > APART_S)) {
                least = square;
                best = lag;
            }
        }
        return best;
    }

    private double meanSquare(double tau, int smoothing) {
        if (Double.isNaN(tau)) {
            return Double.NaN;
        }
        WallPairs pairs = pairs(tau).smoothed(smoothing);
        return pairs.size() * wall.medianMs() / 1e3 < MIN_OVERLAP_S / 2
                ? Double.POSITIVE_INFINITY
                : HuberLine.fit(pairs.gpuW(), pairs.wallW()).meanSquare(pairs.gpuW(), pairs.wallW());
    }

    private double second(double tau) {
        double other = best(tau);
        if (Double.isNaN(other)) { // all candidates were one: look around before calling it unique
            for (int k = -maxLag; k <= maxLag; k += 4) {
                sse(k * GRID_S);
            }
            other = best(tau);
        }
        return Double.isNaN(other) ? Double.NaN : sse(other);
    }

    private double brent(double start) {
        return new BrentOptimizer(1e-9, 5e-4)
                .optimize(
                        new MaxEval(60),
                        new UnivariateObjectiveFunction(this::untracked),
                        GoalType.MINIMIZE,
                        new SearchInterval(start - GRID_S, start + GRID_S, start))
                .getPoint();
    }

    private double untracked(double tau) {
        WallPairs pairs = pairs(tau);
        return HuberLine.fit(pairs.gpuW(), pairs.wallW()).meanSquare(pairs.gpuW(), pairs.wallW());
    }

    /** Five best peaks of the correlation of levels and five of that of derivatives. */
    private List<Double> candidates() {
        double from = Math.max(wall.firstMs(), gpus.firstMs() - maxLag * GRID_S * 1e3);
        double to = Math.min(wall.lastMs(), gpus.lastMs() + maxLag * GRID_S * 1e3);
        int n = (int) ((to - from) / (GRID_S * 1e3));
        double[] w = new double[n];
        double[] g = new double[n];
        int second = 0;
        for (int i = 0; i < n; i++) {
            double t = from + (i + 0.5) * GRID_S * 1e3;
            while (second < wall.size() - 1 && wall.endMs(second) < t) {
                second++;
            }
            w[i] = wall.isGood(second) ? wall.watts(second) : i == 0 ? 0 : w[i - 1];
            double clipped = Math.max(gpus.firstMs(), Math.min(gpus.lastMs(), t));
            g[i] = gpus.mean(clipped - 1, clipped + 1);
        }
        List<Double> found = new ArrayList<>(peaks(CrossCorrelation.of(w, g, maxLag)));
        found.addAll(peaks(CrossCorrelation.of(differences(w), differences(g), maxLag)));
        return found;
    }

    private static double[] differences(double[] values) {
        return IntStream.range(1, values.length)
                .mapToDouble(i -> values[i] - values[i - 1])
                .toArray();
    }

    private List<Double> peaks(double[] correlation) {
        List<Integer> peaks = new ArrayList<>();
        for (int i = 0; i < correlation.length; i++) {
            boolean left = i == 0 || correlation[i] >= correlation[i - 1];
            boolean right = i == correlation.length - 1 || correlation[i] > correlation[i + 1];
            if (left && right) {
                peaks.add(i);
            }
        }
        return peaks.stream()
                .sorted(Comparator.comparingDouble(i -> -correlation[i]))
                .limit(PEAKS)
                .map(i -> (i - maxLag) * GRID_S)
                .toList();
    }

    /** Of a long log: the blocks in which wall power varies most, and as many spread evenly. */
    private static int[] informative(WallSeries wall) {
        int block = (int) Math.max(1, Math.round(BLOCK_S * 1e3 / wall.medianMs()));
        int blocks = wall.size() / block;
        double[] spread = new double[blocks];
        for (int b = 0; b < blocks; b++) {
            double[] values = new double[block];
            for (int i = 0; i < block; i++) {
                double watts = wall.watts(b * block + i);
                values[i] = Double.isNaN(watts) ? 0 : watts;
            }
            spread[b] = Stats.variance(values);
        }
        int half = MAX_PAIRS / block / 2;
        java.util.TreeSet<Integer> chosen = new java.util.TreeSet<>();
        IntStream.range(0, blocks)
                .boxed()
                .sorted(Comparator.comparingDouble(b -> -spread[b]))
                .limit(half)
                .forEach(chosen::add);
        for (int k = 0; k < half; k++) {
            chosen.add((int) ((long) k * blocks / half));
        }
        return chosen.stream()
                .flatMapToInt(b -> IntStream.range(b * block, (b + 1) * block))
                .toArray();
    }
}
