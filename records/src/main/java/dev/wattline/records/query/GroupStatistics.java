package dev.wattline.records.query;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.moment.Mean;
import org.hipparchus.stat.descriptive.moment.Variance;

/**
 * What the values of a group of sessions come to. NaN stands for what so few values do not tell.
 *
 * @param number of values
 * @param low lower end of the mean's 95 % interval by Student's t, which knows nothing of the analyzer's own uncertainty
 * @param high upper end
 * @param flagged how many values lie further than 3.5 robust standard deviations from the median, of 5 or more; they count
 *     all the same
 */
public record GroupStatistics(
        int number,
        double mean,
        double sd,
        double low,
        double high,
        double least,
        double median,
        double greatest,
        int flagged) {
    private static final double LEVEL = 0.975;
    private static final double FAR = 3.5;
    private static final double MAD_TO_SD = 1.4826;
    private static final int ENOUGH_TO_FLAG = 5;

    /** Of these values. */
    public static GroupStatistics of(double[] values) {
        int n = values.length;
        double mean = new Mean().evaluate(values);
        double sd = n < 2 ? Double.NaN : Math.sqrt(new Variance().evaluate(values));
        double half =
                n < 2 ? Double.NaN : new TDistribution(n - 1).inverseCumulativeProbability(LEVEL) * sd / Math.sqrt(n);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new GroupStatistics(
                n,
                mean,
                sd,
                mean - half,
                mean + half,
                n == 0 ? Double.NaN : sorted[0],
                median(sorted),
                n == 0 ? Double.NaN : sorted[n - 1],
                flagged(sorted));
    }

    private static double median(double[] sorted) {
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    private static int flagged(double[] values) {
        int number = 0;
        for (boolean far : farOff(values)) {
            number += far ? 1 : 0;
        }
        return number;
    }

    /** Which of the values lie further than 3.5 robust standard deviations from the median, of 5 or more. */
    public static boolean[] farOff(double[] values) {
        boolean[] far = new boolean[values.length];
        if (values.length < ENOUGH_TO_FLAG) {
            return far;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double middle = median(sorted);
        double[] away = Arrays.stream(sorted)
                .map(value -> Math.abs(value - middle))
                .sorted()
                .toArray();
        double limit = FAR * MAD_TO_SD * median(away);
        for (int i = 0; i < values.length; i++) {
            far[i] = limit > 0 && Math.abs(values[i] - middle) > limit;
        }
        return far;
    }

    /** Standard deviation over the mean; NaN if there is none. */
    public double variation() {
        return sd / Math.abs(mean);
    }

    /**
     * A group against another: the ratio of the geometric means less 1, with its 95 % interval by Welch's test on the
     * logarithms. NaN where a value is not above 0; the interval is NaN where a group has fewer than two values.
     *
     * @param change 0.02 for 2 % more
     */
    public record Change(double change, double low, double high) {
        /** Of a group against the baseline. */
        public static Change of(double[] group, double[] baseline) {
            double[] one = Arrays.stream(group).map(Math::log).toArray();
            double[] two = Arrays.stream(baseline).map(Math::log).toArray();
            double difference = new Mean().evaluate(one) - new Mean().evaluate(two);
            double half = Double.NaN;
            if (one.length > 1 && two.length > 1) {
                double a = new Variance().evaluate(one) / one.length;
                double b = new Variance().evaluate(two) / two.length;
                double freedom = (a + b) * (a + b) / (a * a / (one.length - 1) + b * b / (two.length - 1));
                half = a + b == 0
                        ? 0
                        : new TDistribution(freedom).inverseCumulativeProbability(LEVEL) * Math.sqrt(a + b);
            }
            return new Change(Math.expm1(difference), Math.expm1(difference - half), Math.expm1(difference + half));
        }
    }
}
