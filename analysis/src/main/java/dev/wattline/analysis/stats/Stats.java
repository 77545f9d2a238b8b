package dev.wattline.analysis.stats;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;

/** Location, spread and long-run variance of series. None of the functions changes its argument. */
public final class Stats {
    /** Makes the median absolute deviation of a normal distribution its standard deviation. */
    public static final double MAD_TO_SD = 1.4826;

    private Stats() {}

    /** Mean; NaN of nothing. */
    public static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Sample variance, with n - 1; 0 of fewer than two values. */
    public static double variance(double[] values) {
        if (values.length < 2) {
            return 0;
        }
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.length - 1);
    }

    /** Sample standard deviation. */
    public static double sd(double[] values) {
        return Math.sqrt(variance(values));
    }

    /** Median; NaN of nothing. */
    public static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /** Quantile with linear interpolation between order statistics (type 7); NaN of nothing. */
    public static double quantile(double[] values, double share) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] parted = values.clone();
        double position = share * (parted.length - 1);
        int below = (int) Math.floor(position);
        part(parted, below);
        double next = below == parted.length - 1 ? parted[below] : Double.POSITIVE_INFINITY;
        for (int i = below + 1; i < parted.length; i++) {
            next = Math.min(next, parted[i]);
        }
        return parted[below] + (position - below) * (next - parted[below]);
    }

    /**
     * Puts the value that has this place in rising order there, and the lower ones before it (Hoare's selection): the lag's
     * search takes a median some ten thousand times, for which sorting took most of its time.
     */
    private static void part(double[] values, int place) {
        if (Arrays.stream(values).anyMatch(Double::isNaN)) {
            Arrays.sort(values);
            return;
        }
        int low = 0;
        int high = values.length - 1;
        while (low < high) {
            double pivot = values[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double kept = values[i];
                    values[i++] = values[j];
                    values[j--] = kept;
                }
            }
            low = place >= i ? i : low;
            high = place <= j ? j : high;
            if (place > j && place < i) {
                return;
            }
        }
    }

    /** Median absolute deviation, scaled to the standard deviation of a normal distribution. */
    public static double madSd(double[] values) {
        double median = median(values);
        double[] deviations = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            deviations[i] = Math.abs(values[i] - median);
        }
        return MAD_TO_SD * median(deviations);
    }

    /**
     * Long-run variance with Bartlett's weights up to this lag: {@code g0 + 2 sum (1 - l/(L+1)) gl}, the autocovariances
     * with 1/n. Summing windows of L + 1 values gives the same as summing lags, in time linear in n.
     */
    public static double longRunVariance(double[] values, int lag) {
        double mean = mean(values);
        double[] centred = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            centred[i] = values[i] - mean;
        }
        return bartlett(centred, centred, lag);
    }

    /** The long-run covariance of two series that are centred already, with Bartlett's weights up to this lag. */
    public static double bartlett(double[] first, double[] second, int lag) {
        int n = first.length;
        int window = lag + 1;
        double a = 0;
        double b = 0;
        double sum = 0;
        for (int i = 0; i < n + lag; i++) {
            if (i < n) {
                a += first[i];
                b += second[i];
            }
            if (i >= window) {
                a -= first[i - window];
                b -= second[i - window];
            }
            sum += a * b;
        }
        return sum / ((double) n * window);
    }

    /** Autocorrelation at lag 1. */
    public static double lag1(double[] values) {
        double mean = mean(values);
        double product = 0;
        double square = 0;
        for (int i = 0; i < values.length; i++) {
            double centred = values[i] - mean;
            square += centred * centred;
            if (i > 0) {
                product += centred * (values[i - 1] - mean);
            }
        }
        return square == 0 ? 0 : product / square;
    }

    /** The two-sided 95 % quantile of Student's t. */
    public static double t95(double degreesOfFreedom) {
        return new TDistribution(degreesOfFreedom).inverseCumulativeProbability(0.975);
    }
}
