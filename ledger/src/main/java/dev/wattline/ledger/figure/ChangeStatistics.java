package dev.wattline.ledger.figure;

import dev.wattline.ledger.figure.FigureContent.Change;
import java.util.List;

/**
 * What the changes of a histogram come to, in percent.
 *
 * @param negative how many are below 0
 * @param shareAbove50Percent the share of those at or above 50 %, in percent
 */
public record ChangeStatistics(
        int n, double mean, double median, double min, double max, int negative, double shareAbove50Percent) {

    /** Of at least one change. */
    public static ChangeStatistics of(List<Change> changes) {
        double[] sorted = changes.stream().mapToDouble(Change::percent).sorted().toArray();
        int n = sorted.length;
        double sum = 0;
        int negative = 0;
        int above = 0;
        for (double value : sorted) {
            sum += value;
            negative += value < 0 ? 1 : 0;
            above += value >= 50 ? 1 : 0;
        }
        return new ChangeStatistics(
                n,
                sum / n,
                (sorted[(n - 1) / 2] + sorted[n / 2]) / 2,
                sorted[0],
                sorted[n - 1],
                negative,
                100.0 * above / n);
    }
}
