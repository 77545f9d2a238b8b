package dev.wattline.analysis.clock;

import dev.wattline.analysis.series.WallSeries;
import dev.wattline.analysis.stats.Stats;
import java.util.Arrays;

/**
 * How much each of the analyzer's values tells of the lag. A load that repeats within seconds beats with seconds and polls,
 * and looks alike at lags that are not the true one; a step between two quiet stretches does not. So a value counts as one
 * over the median change from second to second around it, which a single step does not raise.
 */
final class QuietSeconds {
    private static final int AROUND = 10; // values before and behind
    private static final double QUIET = 0.1; // share of the values that count fully

    private QuietSeconds() {}

    /** The weights by the analyzer's values. */
    static double[] weights(WallSeries wall) {
        int n = wall.size();
        double[] changes = new double[n];
        for (int i = 0; i < n; i++) {
            changes[i] = i == 0 ? Double.NaN : Math.abs(wall.watts(i) - wall.watts(i - 1));
        }
        double[] rough = new double[n];
        for (int i = 0; i < n; i++) {
            rough[i] = Stats.median(
                    known(Arrays.copyOfRange(changes, Math.max(0, i - AROUND), Math.min(n, i + AROUND + 1))));
        }
        double least = Stats.quantile(known(rough), QUIET);
        // A log that stands still to the last digit has no scale of its own: all of its values count alike.
        return Arrays.stream(rough)
                .map(watts -> least > 0 ? 1 / Math.hypot(Double.isNaN(watts) ? least : watts, least) : 1)
                .toArray();
    }

    private static double[] known(double[] values) {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    }
}
