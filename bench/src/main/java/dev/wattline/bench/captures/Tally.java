package dev.wattline.bench.captures;

import java.util.Arrays;
import java.util.Locale;

/** Errors of one quantity over many cases, against a tolerance. */
final class Tally {
    private final String name;
    private final double tolerance;
    private double[] errors = new double[64];
    private int count;
    private int inside;
    private int withInterval;
    private int refused;
    private String worstCase = "";
    private double worst = -1;

    Tally(String name, double tolerance) {
        this.name = name;
        this.tolerance = tolerance;
    }

    void add(double error, String which) {
        if (count == errors.length) {
            errors = Arrays.copyOf(errors, 2 * count);
        }
        errors[count++] = Math.abs(error);
        if (Math.abs(error) > worst) {
            worst = Math.abs(error);
            worstCase = which;
        }
    }

    void interval(boolean holds) {
        withInterval++;
        inside += holds ? 1 : 0;
    }

    /** The method gave no answer. */
    void refused() {
        refused++;
    }

    int count() {
        return count;
    }

    /** Share of cases within the tolerance, of those with an answer. */
    double share() {
        int within = 0;
        for (int i = 0; i < count; i++) {
            within += errors[i] <= tolerance ? 1 : 0;
        }
        return count == 0 ? 1 : (double) within / count;
    }

    double insideShare() {
        return withInterval == 0 ? 1 : (double) inside / withInterval;
    }

    Object[] row() {
        double[] sorted = Arrays.copyOf(errors, count);
        Arrays.sort(sorted);
        return new Object[] {
            name,
            count,
            refused,
            tolerance,
            quantile(sorted, 0.5),
            quantile(sorted, 0.95),
            quantile(sorted, 1),
            count == 0 ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share()),
            withInterval == 0 ? "-" : String.format(Locale.ROOT, "%.1f", 100 * insideShare()),
            worstCase
        };
    }

    @Override
    public String toString() {
        return name + ": " + count + " answers, " + refused + " without, worst " + worst + " in " + worstCase;
    }

    private static String quantile(double[] sorted, double share) {
        return sorted.length == 0
                ? "-"
                : String.format(Locale.ROOT, "%.4f", sorted[(int) Math.ceil(share * (sorted.length - 1))]);
    }
}
