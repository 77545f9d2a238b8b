package dev.wattline.analysis.clock;

import dev.wattline.analysis.result.Curve;
import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.series.WallSeries;
import dev.wattline.analysis.stats.CrossCorrelation;
import dev.wattline.analysis.stats.HuberLine;
import dev.wattline.analysis.stats.Stats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;
import org.jspecify.annotations.Nullable;

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
    private static final double MIN_RATIO_OF_QUIET = 1.2;
    private static final double MOST_LOST = 0.01; // of draws in which the second lag fits the quiet seconds better
    private static final double MIN_RATIO_OF_VALLEYS = 2; // within two seconds, a load's period apart
    private static final double NEAR_S = 60;
    private static final double APART_S = 2;
    private static final double Z95 = 1.96;
    private static final double MIN_SLOPE = 0.5;
    private static final double MAX_SLOPE = 3;
    private static final double BLOCK_S = 20;
    private static final int DRAWS = 400;
    private static final double MIN_POLLS = 2; // in one of the analyzer's seconds: slower ones beat with them
    private static final int MAX_PAIRS = 20_000;
    private static final int MAX_GRID = 1 << 17; // steps of the correlation that nominates candidates: nine hours
    private static final double MIN_SPREAD = 1e-4; // below that the reading is constant up to rounding

    private final WallSeries wall;
    private final Polyline gpus;
    private final int maxLag; // in grid steps
    private final int @Nullable [] subset;
    private final double[] quiet; // weights by the analyzer's values
    private final Map<Double, Double> tried = new TreeMap<>();

    private LagEstimator(WallSeries wall, Polyline gpus, double maxLagS) {
        this.wall = wall;
        this.gpus = gpus;
        this.maxLag = (int) Math.round(maxLagS / GRID_S);
        this.subset = wall.size() <= MAX_PAIRS ? null : informative(wall);
        this.quiet = QuietSeconds.weights(wall);
    }

    /**
     * @param gpus the GPUs' sum over stamps moved by zone, half a window and half a period
     * @param maxLagS the largest lag to look for in s
     * @param pollS the interval of the GPUs' readings in s
     * @param unseenS the part of the uncertainty that all seconds share: 0.15 D (1 - c) + T/2, in s
     * @param seed of the bootstrap
     */
    public static Lag estimate(
            WallSeries wall, Polyline gpus, double maxLagS, double pollS, double unseenS, long seed) {
        boolean beats = MIN_POLLS * pollS > wall.medianMs() / 1e3;
        // Where the stamps hardly overlap, the search begins where the logs lie upon each other best.
        double most = Math.rint(likeliestS(wall, gpus, maxLagS));
        if (overlapS(wall, gpus, 0) >= overlapS(wall, gpus, most) / 2) {
            return new LagEstimator(wall, gpus, maxLagS).run(beats, unseenS, seed);
        }
        double reach = Math.max(maxLagS - Math.abs(most), Math.min(maxLagS, NEAR_S));
        Lag lag = new LagEstimator(wall, gpus.movedBy(-1e3 * most), reach)
                .run(beats, unseenS, seed)
                .plus(most);
        return lag.accepted() && Math.abs(lag.seconds()) > maxLagS
                ? Lag.refused(lag.overlapS(), "the logs fit together at a lag beyond --max-lag only")
                : lag;
    }

    private Lag run(boolean beats, double unseenS, long seed) {
        double overlap = overlapS(wall, gpus, likeliestS(wall, gpus, maxLag * GRID_S));
        if (overlap < MIN_OVERLAP_S) {
            return Lag.refused(
                    Math.max(0, overlap),
                    String.format(
                            Locale.ROOT,
                            "the logs overlap for %.0f s, %.0f s are needed (at any lag up to %.0f s, see --max-lag)",
                            Math.max(0, overlap),
                            MIN_OVERLAP_S,
                            maxLag * GRID_S));
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
        double nearby = LagProfile.around(wall, gpus, start, subset, null).best();
        double tau = brent(sse(nearby) < sse(start) ? nearby : start);
        double ratio = second(tau) / sse(tau);
        boolean alike = !(ratio >= MIN_RATIO);
        boolean atQuiet = false;
        if (alike) {
            // A load that repeats in step with the polls looks alike at several lags; the steps between its phases do
            // not.
            double best = quietest(Double.NaN);
            double other = quietest(best);
            if (quietSquare(other) >= MIN_RATIO_OF_QUIET * quietSquare(best)
                    && lostDraws(best, other, seed) <= MOST_LOST) {
                tau = best;
                alike = false;
                atQuiet = true;
            }
        }
        LagProfile all = LagProfile.around(wall, gpus, tau, subset, null);
        LagProfile steps = LagProfile.around(wall, gpus, tau, subset, quiet);
        if (steps.endsLow()) {
            steps = LagProfile.around(wall, gpus, steps.best(), subset, quiet);
        }
        double slope = slope(tau);
        String objection = objection(alike, ratio, slope, pairs(tau).size() * wall.medianMs() / 1e3);
        double spread = all.spread(seed);
        double stepsSpread = steps.spread(seed);
        double apart = Math.abs(all.best() - steps.best());
        boolean misled = all.hasRivals(MIN_RATIO_OF_VALLEYS)
                || apart > Z95 * Math.hypot(unseenS, Math.hypot(spread, stepsSpread));
        if (atQuiet || misled || stepsSpread < spread) {
            tau = steps.best();
            spread = stepsSpread;
        } else if (beats) {
            spread = Math.hypot(spread, apart / Z95);
        }
        return new Lag(
                objection.isEmpty() ? tau : Double.NaN,
                objection.isEmpty() ? Math.hypot(known(spread), unseenS) : Double.NaN,
                ratio,
                slope,
                objection.isEmpty(),
                overlap,
                objection,
                profile());
    }

    /**
     * The spread of the blocks or, where holes leave too few seconds that every lag around shares, that of an interval up to
     * where the second optimum may lie: it was not accepted nearer.
     */
    private static double known(double spread) {
        return Double.isNaN(spread) ? APART_S / Z95 : spread;
    }

    private double slope(double tau) {
        WallPairs pairs = pairs(tau);
        return HuberLine.fit(pairs.gpuW(), pairs.wallW()).slope();
    }

    /** The lag up to one in s at which both logs cover the longest time, in s. */
    private static double likeliestS(WallSeries wall, Polyline gpus, double maxLagS) {
        double apart = (gpus.firstMs() + gpus.lastMs()) / 2 - (wall.firstMs() + wall.lastMs()) / 2;
        return Math.max(-maxLagS, Math.min(maxLagS, apart / 1e3));
    }

    /** The time that both logs cover at a lag, in s; negative where there is none. */
    private static double overlapS(WallSeries wall, Polyline gpus, double lagS) {
        double lag = lagS * 1e3;
        return (Math.min(wall.lastMs(), gpus.lastMs() - lag) - Math.max(wall.firstMs(), gpus.firstMs() - lag)) / 1e3;
    }

    private static String objection(boolean alike, double ratio, double slope, double overlapS) {
        if (overlapS < MIN_OVERLAP_S) {
            return String.format(Locale.ROOT, "at the best lag the logs share only %.0f s", overlapS);
        }
        if (!(slope >= MIN_SLOPE && slope <= MAX_SLOPE)) {
            return String.format(
                    Locale.ROOT, "wall power rises by %.2f W per W reported, which no GPU server does", slope);
        }
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

    /** The lag tried at which the quiet seconds fit best, more than 2 s from {@code away} if that is a number. */
    private double quietest(double away) {
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (double lag : tried.keySet()) {
            double square = quietSquare(lag);
            if (square < least && (Double.isNaN(away) || Math.abs(lag - away) > APART_S)) {
                least = square;
                best = lag;
            }
        }
        return best;
    }

    /** The share of draws of 20 s blocks in which the quiet seconds fit one lag no better than another. */
    private double lostDraws(double lag, double other, long seed) {
        int[] others = pairs(other).index();
        int[] common = Arrays.stream(pairs(lag).index())
                .filter(i -> Arrays.binarySearch(others, i) >= 0)
                .toArray();
        double[] gain = squares(WallPairs.of(wall, gpus, other * 1e3, common));
        double[] own = squares(WallPairs.of(wall, gpus, lag * 1e3, common));
        for (int i = 0; i < gain.length; i++) {
            gain[i] -= own[i];
        }
        int block = (int) Math.max(1, Math.round(BLOCK_S * 1e3 / wall.medianMs()));
        if (gain.length < 2 * block) {
            return 1;
        }
        SplittableRandom random = new SplittableRandom(seed);
        int blocks = (gain.length + block - 1) / block;
        int lost = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (int b = 0; b < blocks; b++) {
                int from = random.nextInt(gain.length - block + 1);
                for (int i = from; i < from + block; i++) {
                    sum += gain[i];
                }
            }
            lost += sum > 0 ? 0 : 1;
        }
        return (double) lost / DRAWS;
    }

    /** Squares of the residuals of a line, each by what its second counts. */
    private double[] squares(WallPairs pairs) {
        double[] counts =
                Arrays.stream(pairs.index()).mapToDouble(i -> quiet[i]).toArray();
        double[] residuals = HuberLine.fit(pairs.gpuW(), pairs.wallW(), counts).residuals(pairs.gpuW(), pairs.wallW());
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] *= counts[i] * residuals[i];
        }
        return residuals;
    }

    private double quietSquare(double tau) {
        if (Double.isNaN(tau)) {
            return Double.NaN;
        }
        WallPairs pairs = pairs(tau);
        double all = Arrays.stream(pairs.index()).mapToDouble(i -> quiet[i]).sum();
        return Arrays.stream(squares(pairs)).sum() / all;
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
        if ((to - from) / (GRID_S * 1e3) > MAX_GRID) {
            from = densest(from, MAX_GRID * GRID_S * 1e3);
            to = Math.min(to, from + MAX_GRID * GRID_S * 1e3);
        }
        int n = (int) Math.max(0, (to - from) / (GRID_S * 1e3));
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

    /** Where a stretch of this length begins that holds most of the analyzer's values: in a log of years they may be few. */
    private double densest(double fromMs, double lengthMs) {
        int most = 0;
        double best = fromMs;
        for (int first = 0, behind = 0; first < wall.size(); first++) {
            if (wall.endMs(first) < fromMs) {
                continue;
            }
            behind = Math.max(behind, first);
            while (behind < wall.size() && wall.endMs(behind) <= wall.endMs(first) + lengthMs) {
                behind++;
            }
            if (behind - first > most) {
                most = behind - first;
                best = Math.max(fromMs, wall.endMs(first) - wall.medianMs());
            }
        }
        return best;
    }

    private static double[] differences(double[] values) {
        return IntStream.range(1, Math.max(1, values.length))
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
