package dev.wattline.mock.ptd;

import java.util.Locale;

/** Average, least and greatest of one quantity over the valid samples, and the number of the others. */
final class WattsTally {
    private long samples;
    private long errors;
    private double sum;
    private double min;
    private double max;

    void add(double value, boolean valid) {
        samples++;
        if (!valid) {
            errors++;
            return;
        }
        boolean first = valid() == 1;
        sum += value;
        min = first ? value : Math.min(min, value);
        max = first ? value : Math.max(max, value);
    }

    long samples() {
        return samples;
    }

    private long valid() {
        return samples - errors;
    }

    /** {@code <avg>,<min>,<max>,<samples>,<errors>,<valid>}; the three values are -1 while there is none. */
    String fields() {
        if (valid() == 0) {
            return String.format(Locale.ROOT, "%f,%f,%f,%d,%d,%d", -1.0, -1.0, -1.0, samples, errors, 0);
        }
        return String.format(Locale.ROOT, "%f,%f,%f,%d,%d,%d", sum / valid(), min, max, samples, errors, valid());
    }

    /** The line that closes a measurement on standard output. */
    String closingLine() {
        double average = valid() == 0 ? -1 : sum / valid();
        return String.format(
                Locale.ROOT,
                "Avg watts %f, min watts %f, max watts %f, samples %d, errors %d, valid %d",
                average,
                valid() == 0 ? -1 : min,
                valid() == 0 ? -1 : max,
                samples,
                errors,
                valid());
    }
}
