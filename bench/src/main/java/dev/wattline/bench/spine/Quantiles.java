package dev.wattline.bench.spine;

import java.util.Arrays;

/** Quantiles of a series by the nearest rank: the smallest value that so large a share of the series does not exceed. */
final class Quantiles {
    private final double[] sorted;

    /**
     * @throws IllegalArgumentException if there are no values
     */
    Quantiles(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("there are no quantiles of nothing");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /**
     * The quantile of a share.
     *
     * @param share above 0, at most 1
     */
    double at(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("expected a share above 0 and at most 1, got " + share);
        }
        // What 0.99 * 200 is above 198 in binary must not make it the next rank.
        return sorted[(int) Math.ceil(share * sorted.length - 1e-9) - 1];
    }

    double median() {
        return at(0.5);
    }

    double p99() {
        return at(0.99);
    }

    double max() {
        return sorted[sorted.length - 1];
    }
}
