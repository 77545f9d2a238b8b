package dev.wattline.records.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.hipparchus.stat.descriptive.moment.Mean;
import org.hipparchus.stat.ranking.NaturalRanking;

/**
 * Whether values rose or fell with the order in which they were measured: Spearman's rank correlation of that order with the
 * values' logarithms less their group's mean. The probability of one as far from 0 where the order makes no difference is
 * that of exchanging the values within their groups, which holds for any distribution.
 *
 * @param correlation from -1 to 1; NaN where too few groups have two values
 * @param probability at least 1 in 10,000; NaN where the correlation is
 * @param number of values
 */
public record OrderTrend(double correlation, double probability, int number) {
    private static final int EXCHANGES = 9_999;
    private static final int FEWEST = 5;
    private static final double SELDOM = 0.01;
    private static final int SEED = 1; // the same figures for the same sessions

    /** Whether chance alone would do as much less than once in a hundred times. */
    public boolean isDrift() {
        return probability < SELDOM;
    }

    /** A value and its place in the order. */
    public record Placed(int place, double value) {}

    /** Of all groups' values; groups of fewer than two say nothing and are left out, as are values that are not above 0. */
    public static OrderTrend of(Collection<List<Placed>> groups) {
        List<Integer> groupOf = new ArrayList<>();
        List<Double> places = new ArrayList<>();
        List<Double> residuals = new ArrayList<>();
        int number = 0;
        for (List<Placed> all : groups) {
            List<Placed> group = all.stream().filter(one -> one.value() > 0).toList();
            if (group.size() >= 2) {
                double mean = new Mean()
                        .evaluate(group.stream()
                                .mapToDouble(one -> Math.log(one.value()))
                                .toArray());
                for (Placed one : group) {
                    groupOf.add(number);
                    places.add((double) one.place());
                    residuals.add(Math.log(one.value()) - mean);
                }
                number++;
            }
        }
        int n = residuals.size();
        if (n < FEWEST) {
            return new OrderTrend(Double.NaN, Double.NaN, n);
        }
        double[] place = new NaturalRanking().rank(array(places));
        double[] residual = new NaturalRanking().rank(array(residuals));
        double correlation = new SpearmansCorrelation().correlation(place, residual);
        return new OrderTrend(correlation, probability(place, residual, groupOf), n);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double probability(double[] place, double[] residual, List<Integer> groupOf) {
        double middle = (place.length + 1) / 2.0; // the mean of ranks
        double seen = Math.abs(covariance(place, residual, middle));
        Random random = new Random(SEED);
        double[] exchanged = residual.clone();
        int asFar = 1; // the order that was measured is one of the possible ones
        for (int i = 0; i < EXCHANGES; i++) {
            shuffleWithinGroups(exchanged, groupOf, random);
            if (Math.abs(covariance(place, exchanged, middle)) >= seen * (1 - 1e-12)) {
                asFar++;
            }
        }
        return asFar / (EXCHANGES + 1.0);
    }

    /** Values of a group lie one behind the other. */
    private static void shuffleWithinGroups(double[] values, List<Integer> groupOf, Random random) {
        int begin = 0;
        for (int i = 0; i < values.length; i++) {
            if (!groupOf.get(i).equals(groupOf.get(begin))) {
                begin = i;
            }
            int other = begin + random.nextInt(i - begin + 1);
            double value = values[i];
            values[i] = values[other];
            values[other] = value;
        }
    }

    private static double covariance(double[] one, double[] other, double middle) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - middle) * (other[i] - middle);
        }
        return sum;
    }
}
