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
    private static final int MOST_NEEDED = 10_000;

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

    /**
     * How many values it takes for the mean's 95 % interval to be no wider than this share of the mean either way, at the
     * standard deviation of these values; 0 where that is not known, or where more than 10,000 would be needed.
     */
    public int neededFor(double share) {
        for (int n = 2; !Double.isNaN(variation()) && n <= MOST_NEEDED; n++) {
            if (new TDistribution(n - 1).inverseCumulativeProbability(LEVEL) * variation() / Math.sqrt(n) <= share) {
                return n;
            }
        }
        return 0;
    }

    /**
     * Half the mean's interval with what the instrument itself may be off by, in quadrature: the latter is the same in all
     * values, and is not made smaller by their number. NaN where one of the two is not known.
     *
     * @param instrument half of the instrument's own 95 % interval
     */
    public double halfWidthWith(double instrument) {
        return Math.hypot((high - low) / 2, instrument);
    }

    /** Standard deviation over the mean; NaN if there is none. */
    public double variation() {
        return sd / Math.abs(mean);
    }

    /**
     * A group against another: the ratio of the geometric means less 1, with its 95 % interval by Student's or Welch's test on
     * the logarithms. NaN where a value is not above 0; the interval is NaN where a group has fewer than two values.
     *
     * @param change 0.02 for 2 % more
     * @param probability of a change as far from 0 by chance where there is none; NaN where the values do not scatter
     */
    public record Change(double change, double low, double high, double probability) {
        /** Of a group against the baseline by Welch's test. */
        public static Change of(double[] group, double[] baseline) {
            double[] one = Arrays.stream(group).map(Math::log).toArray();
            double[] two = Arrays.stream(baseline).map(Math::log).toArray();
            double difference = new Mean().evaluate(one) - new Mean().evaluate(two);
            if (one.length < 2 || two.length < 2) {
                return new Change(Math.expm1(difference), Double.NaN, Double.NaN, Double.NaN);
            }
            double a = new Variance().evaluate(one) / one.length;
            double b = new Variance().evaluate(two) / two.length;
            double freedom = (a + b) * (a + b) / (a * a / (one.length - 1) + b * b / (two.length - 1));
            return of(difference, Math.sqrt(a + b), freedom);
        }

        /**
         * Of a group against the baseline by Student's test on the differences of pairs: what both of a pair share, such as
         * the hour, is in neither the change nor its interval.
         *
         * @param group each value was measured together with that at the same place in the baseline
         */
        public static Change ofPairs(double[] group, double[] baseline) {
            double[] differences = new double[group.length];
            for (int i = 0; i < group.length; i++) {
                differences[i] = Math.log(group[i]) - Math.log(baseline[i]);
            }
            double difference = new Mean().evaluate(differences);
            return differences.length < 2
                    ? new Change(Math.expm1(difference), Double.NaN, Double.NaN, Double.NaN)
                    : of(
                            difference,
                            Math.sqrt(new Variance().evaluate(differences) / differences.length),
                            differences.length - 1);
        }

        private static Change of(double difference, double error, double freedom) {
            double change = Math.expm1(difference);
            if (error == 0) {
                return new Change(change, change, change, Double.NaN);
            } else if (Double.isNaN(error)) { // a value is not above 0
                return new Change(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
            }
            TDistribution student = new TDistribution(freedom);
            double half = student.inverseCumulativeProbability(LEVEL) * error;
            return new Change(
                    change,
                    Math.expm1(difference - half),
                    Math.expm1(difference + half),
                    2 * student.cumulativeProbability(-Math.abs(difference) / error));
        }
    }
}
