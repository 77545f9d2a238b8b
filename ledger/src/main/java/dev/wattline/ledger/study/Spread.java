package dev.wattline.ledger.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * A 95 % interval of where the middle of some values lies: from six values on the interval of the median by their ranks,
 * which supposes nothing of their distribution; of two to five, Student's interval of the mean of their logarithms.
 *
 * @param low above 0
 */
record Spread(double low, double high) {
    private static final int ENOUGH_RANKS = 6;
    private static final double TAIL = 0.025;

    boolean overlaps(Spread other) {
        return low <= other.high && other.low <= high;
    }

    /** The interval; empty of a single value. */
    static Optional<Spread> of(List<Double> values) {
        int n = values.size();
        if (n < 2) {
            return Optional.empty();
        }
        if (n >= ENOUGH_RANKS) {
            List<Double> sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            BinomialDistribution halves = new BinomialDistribution(n, 0.5);
            int rank = 0;
            while (halves.cumulativeProbability(rank) <= TAIL) {
                rank++;
            }
            // rank values may lie below the median by chance in 2.5 % of cases at most
            return Optional.of(new Spread(sorted.get(rank - 1), sorted.get(n - rank)));
        }
        List<Double> logs = values.stream().map(Math::log).toList();
        double mean = logs.stream().mapToDouble(x -> x).average().orElseThrow();
        double variance =
                logs.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum() / (n - 1);
        double half = new TDistribution(n - 1.0).inverseCumulativeProbability(1 - TAIL) * Math.sqrt(variance / n);
        return Optional.of(new Spread(Math.exp(mean - half), Math.exp(mean + half)));
    }
}
