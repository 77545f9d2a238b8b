package dev.wattline.mock.ptd;

import java.util.Locale;
import java.util.OptionalDouble;

/** The uncertainties of a measurement's samples, as the {@code Uncertainty} command reports them. */
final class UncertaintyTally {
    /** Above this fraction a sample is invalid. */
    static final double LIMIT = 0.01;

    private long invalid;
    private long valid;
    private long unknown;
    private double sum;
    private double min = 1e7;
    private double max;

    /** Counts one sample's uncertainty as a fraction; empty if it could not be evaluated. */
    void add(OptionalDouble fraction) {
        if (fraction.isEmpty()) {
            unknown++;
            return;
        }
        double value = fraction.getAsDouble();
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (value > LIMIT) {
            invalid++;
        } else {
            valid++;
        }
    }

    /**
     * {@code <avg>,<min>,<max>,<total>,<invalid>,<valid>,<unknown>}. If none is known the average is {@code -1.0}, with
     * one decimal, and least and greatest keep their start values.
     */
    String fields() {
        long known = invalid + valid;
        String average = known == 0 ? "-1.0" : Quadruple.number(sum / known);
        return String.format(
                Locale.ROOT, "%s,%f,%f,%d,%d,%d,%d", average, min, max, known + unknown, invalid, valid, unknown);
    }
}
