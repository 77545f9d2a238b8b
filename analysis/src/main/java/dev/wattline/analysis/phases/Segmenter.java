package dev.wattline.analysis.phases;

import dev.wattline.analysis.stats.Stats;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds where the level or the spread of several signals changes: PELT (pruned exact linear time) with the cost of
 * normal noise whose mean and variance are each segment's own. One noise level for all would hide small steps beside a
 * restless phase.
 */
public final class Segmenter {
    private static final double DEFAULT_PENALTY = 4;
    private static final double FLOOR_SHARE = 0.002;
    private static final int MAX_POINTS = 8000;

    private final double[][] sums;
    private final double[][] squares;
    private final double[] floors; // least variance, so that a constant reading does not count as certain
    private final int n;
    private final int shortest;
    private final double penalty;

    private Segmenter(double[][] signals, int shortest, double penaltyFactor) {
        this.n = signals[0].length;
        this.shortest = shortest;
        this.sums = new double[signals.length][n + 1];
        this.squares = new double[signals.length][n + 1];
        this.floors = new double[signals.length];
        for (int k = 0; k < signals.length; k++) {
            double[] signal = signals[k];
            double centre = Stats.median(signal);
            double highest = 0;
            for (int i = 0; i < n; i++) {
                double value = signal[i] - centre;
                sums[k][i + 1] = sums[k][i] + value;
                squares[k][i + 1] = squares[k][i] + value * value;
                highest = Math.max(highest, Math.abs(signal[i]));
            }
            floors[k] = Math.pow(FLOOR_SHARE * highest, 2);
        }
        this.penalty = penaltyFactor * signals.length * 3 * Math.log(n);
    }

    /**
     * Positions at which a new segment begins, rising; without 0.
     *
     * @param signals equally long series of finite values on one time axis
     * @param shortest least number of values of a segment
     * @param penaltyFactor times the default penalty; larger gives fewer segments
     */
    public static List<Integer> changes(double[][] signals, int shortest, double penaltyFactor) {
        int n = signals[0].length;
        if (n < 2 * shortest) {
            return List.of();
        }
        int bin = (n + MAX_POINTS - 1) / MAX_POINTS;
        if (bin == 1) {
            return new Segmenter(signals, shortest, DEFAULT_PENALTY * penaltyFactor).pelt();
        }
        double[][] coarse = new double[signals.length][];
        for (int k = 0; k < signals.length; k++) {
            coarse[k] = binned(signals[k], bin);
        }
        List<Integer> found =
                new Segmenter(coarse, Math.max(2, shortest / bin), DEFAULT_PENALTY * penaltyFactor).pelt();
        return new Segmenter(signals, shortest, DEFAULT_PENALTY * penaltyFactor).refined(found, bin);
    }

    private static double[] binned(double[] values, int bin) {
        double[] means = new double[values.length / bin];
        for (int i = 0; i < means.length; i++) {
            means[i] = Stats.mean(java.util.Arrays.copyOfRange(values, i * bin, (i + 1) * bin));
        }
        return means;
    }

    private double cost(int from, int to) {
        double length = to - from;
        double cost = 0;
        for (int k = 0; k < floors.length; k++) {
            double mean = (sums[k][to] - sums[k][from]) / length;
            double variance = (squares[k][to] - squares[k][from]) / length - mean * mean;
            cost += length * Math.log(Math.max(0, variance) + floors[k]);
        }
        return cost;
    }

    private List<Integer> pelt() {
        double[] best = new double[n + 1];
        int[] previous = new int[n + 1];
        java.util.Arrays.fill(best, Double.POSITIVE_INFINITY);
        best[0] = -penalty;
        List<Integer> candidates = new ArrayList<>(List.of(0));
        for (int to = shortest; to <= n; to++) {
            for (int from : candidates) {
                double total = to - from < shortest ? Double.POSITIVE_INFINITY : best[from] + cost(from, to) + penalty;
                if (total < best[to]) {
                    best[to] = total;
                    previous[to] = from;
                }
            }
            int end = to;
            // The cost of a split never exceeds that of the whole, so what lost by more than the penalty stays lost.
            candidates.removeIf(from -> end - from >= shortest && best[from] + cost(from, end) > best[end] + penalty);
            if (to + 1 - shortest >= shortest) {
                candidates.add(to + 1 - shortest);
            }
        }
        List<Integer> changes = new ArrayList<>();
        for (int at = previous[n]; at > 0; at = previous[at]) {
            changes.add(0, at);
        }
        return changes;
    }

    /** Moves changes that were found in bins to the exact value. */
    private List<Integer> refined(List<Integer> coarse, int bin) {
        List<Integer> fine = new ArrayList<>();
        for (int i = 0; i < coarse.size(); i++) {
            int low = i == 0 ? 0 : fine.get(i - 1);
            int high = i + 1 < coarse.size() ? coarse.get(i + 1) * bin : n;
            int guess = coarse.get(i) * bin;
            int best = guess;
            double least = Double.POSITIVE_INFINITY;
            for (int at = Math.max(low + 2, guess - 2 * bin); at <= Math.min(high - 2, guess + 2 * bin); at++) {
                double total = cost(low, at) + cost(at, high);
                if (total < least) {
                    least = total;
                    best = at;
                }
            }
            if (best > low) {
                fine.add(best);
            }
        }
        return fine;
    }
}
