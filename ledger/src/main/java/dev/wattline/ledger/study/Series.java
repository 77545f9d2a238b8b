package dev.wattline.ledger.study;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.hipparchus.stat.descriptive.rank.Percentile;
import org.hipparchus.stat.descriptive.rank.Percentile.EstimationType;

/** Order statistics of numbers. Quantiles interpolate linearly between the two nearest. Immutable. */
public final class Series {
    /** Makes the median absolute deviation of normal numbers their standard deviation. */
    private static final double NORMAL = 1.4826;

    private final double[] sorted;

    private Series(double[] sorted) {
        this.sorted = sorted;
    }

    /**
     * The numbers in order.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Series of(Collection<Double> numbers) {
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("no numbers");
        }
        double[] sorted =
                numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Series(sorted);
    }

    /** How many. */
    public int count() {
        return sorted.length;
    }

    /** The least. */
    public double min() {
        return sorted[0];
    }

    /** The greatest. */
    public double max() {
        return sorted[sorted.length - 1];
    }

    /** The median. */
    public double median() {
        return quantile(0.5);
    }

    /** The arithmetic mean. */
    public double mean() {
        return Arrays.stream(sorted).sum() / sorted.length;
    }

    /**
     * A quantile.
     *
     * @param share above 0, up to 1
     */
    public double quantile(double share) {
        return new Percentile().withEstimationType(EstimationType.R_7).evaluate(sorted, 100 * share);
    }

    /** The range of the middle half. */
    public double interquartileRange() {
        return sorted.length == 1 ? 0 : quantile(0.75) - quantile(0.25);
    }

    /** The median distance from the median, times 1.4826; 0 where half of the numbers are equal. */
    public double robustDeviation() {
        double median = median();
        List<Double> distances =
                Arrays.stream(sorted).map(x -> Math.abs(x - median)).boxed().toList();
        return NORMAL * of(distances).median();
    }

    /** The share of numbers from one to another, both included. */
    public double share(double from, double to) {
        return (double) Arrays.stream(sorted).filter(x -> x >= from && x <= to).count() / sorted.length;
    }
}
